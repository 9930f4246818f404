import type { Touch } from '../shop/journey-records.ts';
import { splitWhole } from '../shop/money.ts';
import type { OrderAt, OrderLine } from '../shop/order-records.ts';
import { innerConnection } from './connection.ts';
import { globalId, legacyId } from './ids.ts';
import { GATEWAYS, refundsOf, transactionsOf } from './payments.ts';
import { dateTime, mailingAddress, moneyBag, optionalDateTime } from './values.ts';

/** An order as the Admin API shows it at the instant of the request. */
export function orderRecord(found: OrderAt) {
  const { order } = found;
  return {
    id: globalId('Order', order.index),
    legacyResourceId: legacyId('Order', order.index),
    name: `#${1001 + order.index}`,
    number: 1001 + order.index,
    confirmationNumber: `C${String(order.index).padStart(9, '0')}`,
    customer:
      order.accountId === undefined
        ? null
        : {
            id: globalId('Customer', order.accountId),
            legacyResourceId: legacyId('Customer', order.accountId),
          },
    ...timesOf(found),
    ...statesOf(found),
    ...amountsOf(found),
    ...buyerOf(found),
    customerJourneySummary: journeyOf(order.visit),
    discountApplications: innerConnection(discountsOf(found)),
    shippingLines: innerConnection(shippingOf(found)),
    lineItems: innerConnection(linesOf(found)),
    refunds: () => refundsOf(found),
    transactions: () => transactionsOf(found),
  };
}

function timesOf(found: OrderAt) {
  const placed = dateTime(found.order.placedAt);
  return {
    createdAt: placed,
    processedAt: placed,
    updatedAt: dateTime(found.updatedAt),
    cancelledAt: optionalDateTime(found.cancelledAt),
    cancelReason: found.cancelReason?.toUpperCase() ?? null,
    closedAt: found.status === 'closed' ? optionalDateTime(found.deliveredAt) : null,
  };
}

function statesOf({ order, paymentStatus, fulfilment, events }: OrderAt) {
  return {
    currencyCode: 'BRL',
    presentmentCurrencyCode: 'BRL',
    displayFinancialStatus: paymentStatus.toUpperCase(),
    displayFulfillmentStatus: fulfilment === 'unfulfilled' ? 'UNFULFILLED' : 'FULFILLED',
    test: order.isTest,
    taxesIncluded: true,
    taxExempt: false,
    estimatedTaxes: false,
    edited: events.some(({ kind }) => kind === 'edited'),
    paymentGatewayNames: [GATEWAYS[order.payment.method]],
    tags: [],
    sourceName: order.isTest ? 'shopify_draft_order' : 'web',
    sourceIdentifier: null,
    customerLocale: 'pt-BR',
  };
}

/** As placed, and as it stands after what was given back. */
function amountsOf({ order, refundedAmount, paidAt, refunds }: OrderAt) {
  const { totals } = order;
  const discounts = totals.couponDiscount + totals.paymentDiscount;
  const goods = totals.subtotal - discounts;
  const returned = refunds.reduce(
    (sum, { refund }) => sum + refund.lines.reduce((lines, { amount }) => lines + amount, 0),
    0,
  );
  const received = paidAt === undefined ? 0 : totals.total;
  return {
    subtotalPriceSet: moneyBag(goods),
    totalDiscountsSet: moneyBag(discounts),
    totalShippingPriceSet: moneyBag(totals.shipping),
    totalTaxSet: moneyBag(0),
    totalPriceSet: moneyBag(totals.total),
    totalRefundedSet: moneyBag(refundedAmount),
    netPaymentSet: moneyBag(received - refundedAmount),
    currentSubtotalPriceSet: moneyBag(Math.max(0, goods - returned)),
    currentTotalDiscountsSet: moneyBag(discounts),
    currentTotalPriceSet: moneyBag(totals.total - refundedAmount),
    currentTotalTaxSet: moneyBag(0),
    totalOutstandingSet: moneyBag(totals.total - received),
    totalWeight: String(totals.weightGrams),
    discountCode: order.coupon?.code ?? null,
    discountCodes: order.coupon === undefined ? [] : [order.coupon.code],
  };
}

function buyerOf({ order }: OrderAt) {
  const { contact, recipient } = order;
  const receiver = recipient ?? contact;
  return {
    email: contact.email === '' ? null : contact.email,
    phone: contact.phone === '' ? null : contact.phone,
    note: order.note ?? null,
    customAttributes: contact.document === '' ? [] : [{ key: 'cpf', value: contact.document }],
    clientIp: order.browser.ip,
    billingAddress: mailingAddress(order.index * 2, order.billingAddress, contact),
    shippingAddress: mailingAddress(order.index * 2 + 1, order.shippingAddress, receiver),
  };
}

/** Shopify shows the visit in which the order was placed; with one visit both ends are the same. */
function journeyOf(visit: Touch) {
  const shown = visitRecord(visit);
  return {
    ready: true,
    customerOrderIndex: 0,
    daysToConversion: 0,
    momentsCount: { count: 1, precision: 'EXACT' },
    firstVisit: shown,
    lastVisit: shown,
  };
}

function visitRecord({ orderIndex, landingUrl, at, referrer, channel, utm }: Touch) {
  return {
    id: globalId('CustomerVisit', orderIndex),
    landingPage: landingUrl,
    landingPageHtml: null,
    occurredAt: dateTime(at),
    referralCode: '',
    referrerUrl: referrer === '' ? null : referrer,
    source: utm.source === '' ? channel : utm.source,
    sourceDescription: null,
    sourceType: null,
    marketingEvent: null,
    utmParameters:
      utm.source === ''
        ? null
        : {
            source: utm.source,
            medium: utm.medium,
            campaign: utm.campaign,
            content: utm.content === '' ? null : utm.content,
            term: null,
          },
  };
}

function discountsOf({ order }: OrderAt) {
  const { coupon, totals } = order;
  const common = { allocationMethod: 'ACROSS', targetSelection: 'ALL', targetType: 'LINE_ITEM' };
  const fixed = (amount: number) => ({ __typename: 'MoneyV2', ...moneyBag(amount).shopMoney });
  const found: Readonly<Record<string, unknown>>[] = [];
  if (coupon !== undefined) {
    const { code, discount } = coupon;
    found.push({ __typename: 'DiscountCodeApplication', code, ...common, value: fixed(discount) });
  }
  if (totals.paymentDiscount > 0) {
    found.push({
      __typename: 'AutomaticDiscountApplication',
      title: 'Desconto no Pix',
      ...common,
      value: fixed(totals.paymentDiscount),
    });
  }
  return found.map((discount, index) => ({ ...discount, index }));
}

function shippingOf({ order }: OrderAt) {
  const { service, carrier, price } = order.shipping;
  return [
    {
      id: globalId('ShippingLine', order.index),
      title: service,
      code: carrier,
      source: 'shopify',
      originalPriceSet: moneyBag(price),
      discountedPriceSet: moneyBag(price),
    },
  ];
}

/** Discounts of the order are spread over its lines so that they add up. */
function linesOf(found: OrderAt) {
  const { order } = found;
  const gross = order.lines.map(({ quantity, unitPrice }) => quantity * unitPrice);
  const amounts = [order.totals.couponDiscount, order.totals.paymentDiscount].filter(
    (amount) => amount > 0,
  );
  const shares = amounts.map((amount) => splitWhole(amount, gross));
  return order.lines.map((line, place) =>
    lineRecord(
      line,
      shares.map((parts) => parts[place] ?? 0),
      found,
    ),
  );
}

function lineRecord(line: OrderLine, discounts: readonly number[], { refunds }: OrderAt) {
  const returned = refunds
    .flatMap(({ refund }) => refund.lines)
    .filter((one) => one.line.id === line.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const gross = line.quantity * line.unitPrice;
  const off = discounts.reduce((sum, amount) => sum + amount, 0);
  const values = line.variant.values.join(' / ');
  return {
    id: globalId('LineItem', line.id),
    name: values === '' ? line.name : `${line.name} - ${values}`,
    title: line.name,
    variantTitle: values === '' ? null : values,
    sku: line.variant.sku,
    vendor: line.product.brand,
    quantity: line.quantity,
    currentQuantity: line.quantity - returned,
    unfulfilledQuantity: 0,
    refundableQuantity: line.quantity - returned,
    requiresShipping: !line.isGiftCard,
    isGiftCard: line.isGiftCard,
    taxable: true,
    originalUnitPriceSet: moneyBag(line.unitPrice),
    discountedUnitPriceAfterAllDiscountsSet: moneyBag(
      line.unitPrice - Math.round(off / line.quantity),
    ),
    originalTotalSet: moneyBag(gross),
    discountedTotalSet: moneyBag(gross),
    totalDiscountSet: moneyBag(0),
    discountAllocations: discounts.map((amount, index) => ({
      allocatedAmountSet: moneyBag(amount),
      discountApplication: { __typename: 'DiscountCodeApplication', index },
    })),
    taxLines: [],
    duties: [],
    customAttributes: [],
    product: productOf(line),
    variant: {
      id: globalId('ProductVariant', line.variant.id),
      legacyResourceId: legacyId('ProductVariant', line.variant.id),
      sku: line.variant.sku,
    },
    sellingPlan: null,
  };
}

function productOf({ product }: OrderLine) {
  return {
    id: globalId('Product', product.id),
    legacyResourceId: legacyId('Product', product.id),
  };
}
