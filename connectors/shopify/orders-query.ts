import { ADDRESS, MONEY_BAG, PAGE_INFO } from './fragments.ts';
import type { InnerConnection, Operation } from './graphql.ts';

/** How a connection is asked for: by pages of a size, or whole in a bulk operation. */
type AskConnection = (field: string, first: number, fields: string) => string;

const paged: AskConnection = (field, first, fields) =>
  `${field}(first: ${first}) { ${PAGE_INFO} nodes { ${fields} } }`;
const whole: AskConnection = (field, _first, fields) => `${field} { edges { node { ${fields} } } }`;

const VISIT = `{
  id landingPage landingPageHtml occurredAt referralCode referrerUrl source sourceDescription sourceType
  marketingEvent { id } utmParameters { source medium campaign content term }
}`;

const LINE = `fragment Line on LineItem {
  id name title variantTitle sku vendor quantity currentQuantity unfulfilledQuantity refundableQuantity
  requiresShipping isGiftCard taxable
  originalUnitPriceSet { ...Money } discountedUnitPriceAfterAllDiscountsSet { ...Money }
  originalTotalSet { ...Money } discountedTotalSet { ...Money } totalDiscountSet { ...Money }
  discountAllocations { allocatedAmountSet { ...Money } discountApplication { index } }
  taxLines { title rate ratePercentage priceSet { ...Money } }
  duties { id } customAttributes { key value }
  product { id legacyResourceId } variant { id legacyResourceId sku } sellingPlan { name }
}`;

const DISCOUNT = `__typename index allocationMethod targetSelection targetType
    ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title }
    ... on ManualDiscountApplication { title } ... on ScriptDiscountApplication { title }
    value { __typename ... on PricingPercentageValue { percentage } ... on MoneyV2 { amount currencyCode } }`;

const SHIPPING =
  'id title code source originalPriceSet { ...Money } discountedPriceSet { ...Money }';

/** Everything of an order, with its connections as `connection` asks for them. */
const orderFields = (connection: AskConnection): string => `
  id legacyResourceId name number confirmationNumber email phone customer { id legacyResourceId }
  createdAt processedAt updatedAt cancelledAt cancelReason closedAt
  currencyCode presentmentCurrencyCode displayFinancialStatus displayFulfillmentStatus
  test taxesIncluded taxExempt estimatedTaxes edited
  subtotalPriceSet { ...Money } totalDiscountsSet { ...Money } totalShippingPriceSet { ...Money }
  totalTaxSet { ...Money } totalPriceSet { ...Money } totalRefundedSet { ...Money } netPaymentSet { ...Money }
  currentSubtotalPriceSet { ...Money } currentTotalDiscountsSet { ...Money } currentTotalPriceSet { ...Money }
  currentTotalTaxSet { ...Money } totalOutstandingSet { ...Money }
  totalWeight discountCode discountCodes paymentGatewayNames tags note customAttributes { key value }
  sourceName sourceIdentifier customerLocale clientIp
  billingAddress { ...Address } shippingAddress { ...Address }
  customerJourneySummary {
    ready customerOrderIndex daysToConversion momentsCount { count precision }
    firstVisit ${VISIT} lastVisit ${VISIT}
  }
  ${CONNECTIONS.map(({ field, first, fields }) => connection(field, first, fields)).join('\n  ')}`;

/** What comes with an order at once; the rest is asked for, order by order. */
const CONNECTIONS = [
  { field: 'discountApplications', first: 5, fields: DISCOUNT },
  { field: 'shippingLines', first: 3, fields: SHIPPING },
  { field: 'lineItems', first: 20, fields: '...Line' },
] as const;

const FRAGMENTS = [LINE, ADDRESS, MONEY_BAG].join('\n');

export const ORDERS: Operation = {
  name: 'orders',
  cost: 880,
  document: `query orders($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    ${PAGE_INFO}
    nodes { ${orderFields(paged)} }
  }
}
${FRAGMENTS}`,
};

export const ORDER_CONNECTIONS: readonly InnerConnection[] = CONNECTIONS.map(
  ({ field, fields }) => ({ field, more: moreOf(field, fields) }),
);

/** The nodes of a connection of one order after those that came with it. */
function moreOf(field: string, fields: string): Operation {
  return {
    name: 'moreOfOrder',
    cost: 110,
    document: `query moreOfOrder($id: ID!, $after: String) {
  owner: order(id: $id) {
    connection: ${field}(first: 100, after: $after) { ${PAGE_INFO} nodes { ${fields} } }
  }
}
${field === 'lineItems' ? LINE : ''}
${field === 'discountApplications' ? '' : MONEY_BAG}`,
  };
}

/** All orders of a search as one bulk operation. */
export function ordersInBulk(search: string): string {
  const orders = `orders(query: ${JSON.stringify(search)}) { edges { node { ${orderFields(whole)} } } }`;
  return `{ ${orders} }\n${FRAGMENTS}`;
}
