import type { Column } from '../sdk/columns.ts';
import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import { shopMoney } from './money.ts';

type Columns = Readonly<Record<string, Column>>;

const STATE: Columns = {
  id: text('id', 'Global id of the order, `gid://shopify/Order/…`', { length: 100 }),
  legacy_resource_id: bigint('legacyResourceId', 'Number of the order in the older REST interface'),
  name: text('name', 'Name of the order as people see it, such as `#1001`'),
  number: integer('number', 'Number of the order within the shop'),
  confirmation_number: text('confirmationNumber', 'Code that the buyer was given'),
  customer_id: text('customer.id', 'Global id of the customer; NULL for a sale at the counter', {
    length: 100,
  }),
  customer_legacy_resource_id: bigint('customer.legacyResourceId', 'Number of the customer'),
  email: text('email', 'E-mail address that the buyer gave', { length: 320 }),
  phone: text('phone', 'Telephone number that the buyer gave'),
  created_at: instant('createdAt', 'When the order was made in Shopify, UTC'),
  processed_at: instant(
    'processedAt',
    'When the buyer placed the order, UTC; imports keep the old time',
  ),
  updated_at: instant(
    'updatedAt',
    'Last change of the order, refunds and fulfilments included, UTC',
  ),
  cancelled_at: instant('cancelledAt', 'When the order was cancelled, UTC'),
  cancel_reason: text(
    'cancelReason',
    'Why the order was cancelled: `CUSTOMER`, `FRAUD`, `INVENTORY` …',
  ),
  closed_at: instant('closedAt', 'When the order was archived, UTC'),
  financial_status: text(
    'displayFinancialStatus',
    'State of the payment: `PAID`, `PENDING`, `REFUNDED` …',
  ),
  fulfillment_status: text('displayFulfillmentStatus', 'State of the delivery'),
  is_test: flag('test', 'An order made to try the shop out; not a sale'),
  is_edited: flag('edited', 'Lines were changed after the order was placed'),
  taxes_included: flag('taxesIncluded', 'Prices contain the taxes'),
};

const MONEY: Columns = {
  currency: text('currencyCode', 'Currency of the shop, ISO 4217', { length: 3 }),
  presentment_currency: text('presentmentCurrencyCode', 'Currency that the buyer saw', {
    length: 3,
  }),
  subtotal_price: shopMoney('subtotalPriceSet', 'Lines after discounts, as placed'),
  total_discounts: shopMoney('totalDiscountsSet', 'All discounts, as placed'),
  total_shipping_price: shopMoney('totalShippingPriceSet', 'Freight, as placed'),
  total_tax: shopMoney('totalTaxSet', 'Taxes, as placed'),
  total_price: shopMoney('totalPriceSet', 'What the buyer was asked for, as placed'),
  total_refunded: shopMoney('totalRefundedSet', 'Money given back so far'),
  net_payment: shopMoney('netPaymentSet', 'Money received less money given back'),
  current_subtotal_price: shopMoney('currentSubtotalPriceSet', 'Lines after edits and returns'),
  current_total_discounts: shopMoney(
    'currentTotalDiscountsSet',
    'Discounts after edits and returns',
  ),
  current_total_price: shopMoney('currentTotalPriceSet', 'Total after edits and returns'),
  current_total_tax: shopMoney('currentTotalTaxSet', 'Taxes after edits and returns'),
  total_outstanding: shopMoney('totalOutstandingSet', 'What is still to be paid'),
  total_weight: bigint('totalWeight', 'Weight in grams'),
};

const ORIGIN: Columns = {
  discount_codes: json('discountCodes', 'Codes that the buyer typed'),
  payment_gateways: json('paymentGatewayNames', 'Ways of payment that were used'),
  tags: json('tags', 'Tags of the order'),
  note: longText('note', 'Note of the buyer or the shop'),
  source_name: text('sourceName', 'Where the order came from: `web`, `pos`, a draft, another app'),
  source_identifier: text('sourceIdentifier', 'The order’s id at its source'),
  customer_locale: text('customerLocale', 'Language of the buyer', { length: 20 }),
  client_ip: text('clientIp', 'Internet address of the buyer', { length: 45 }),
  shipping_city: text('shippingAddress.city', 'City that the order goes to'),
  shipping_province_code: text('shippingAddress.provinceCode', 'State that the order goes to', {
    length: 10,
  }),
  shipping_country_code: text('shippingAddress.countryCodeV2', 'Country that the order goes to', {
    length: 2,
  }),
  shipping_zip: text('shippingAddress.zip', 'Postal code that the order goes to', { length: 20 }),
};

/** The session that led to the order and the first one, once Shopify has worked them out (`journey_ready`). */
const JOURNEY: Columns = {
  journey_ready: flag('customerJourneySummary.ready', 'Shopify has worked the visits out'),
  customer_order_index: integer(
    'customerJourneySummary.customerOrderIndex',
    'Orders of the customer before this one',
  ),
  days_to_conversion: integer(
    'customerJourneySummary.daysToConversion',
    'Days from the first visit to the order',
  ),
  ...visit('first_visit', 'customerJourneySummary.firstVisit', 'first'),
  ...visit('last_visit', 'customerJourneySummary.lastVisit', 'last'),
};

function visit(prefix: string, path: string, which: string): Columns {
  return {
    [`${prefix}_at`]: instant(`${path}.occurredAt`, `When the ${which} visit began, UTC`),
    [`${prefix}_landing_page`]: longText(
      `${path}.landingPage`,
      `Address at which the ${which} visit began`,
    ),
    [`${prefix}_referrer`]: longText(
      `${path}.referrerUrl`,
      `Page that the ${which} visit came from`,
    ),
    [`${prefix}_source`]: text(
      `${path}.source`,
      `Source of the ${which} visit, as Shopify names it`,
    ),
    [`${prefix}_utm_source`]: text(
      `${path}.utmParameters.source`,
      `utm_source of the ${which} visit`,
    ),
    [`${prefix}_utm_medium`]: text(
      `${path}.utmParameters.medium`,
      `utm_medium of the ${which} visit`,
    ),
    [`${prefix}_utm_campaign`]: text(
      `${path}.utmParameters.campaign`,
      `utm_campaign of the ${which} visit`,
    ),
    [`${prefix}_utm_content`]: text(
      `${path}.utmParameters.content`,
      `utm_content of the ${which} visit`,
    ),
    [`${prefix}_utm_term`]: text(`${path}.utmParameters.term`, `utm_term of the ${which} visit`),
  };
}

export const ORDER_COLUMNS: Columns = { ...STATE, ...MONEY, ...ORIGIN, ...JOURNEY };

export const LINE_COLUMNS: Columns = {
  id: text('id', 'Global id of the line', { length: 100 }),
  name: text('name', 'Product and variant at the time of the sale', { length: 500 }),
  title: text('title', 'Product at the time of the sale', { length: 500 }),
  variant_title: text('variantTitle', 'Variant at the time of the sale'),
  sku: text('sku', 'Stock keeping unit'),
  vendor: text('vendor', 'Maker of the product'),
  product_id: text('product.id', 'Global id of the product; NULL once it is deleted', {
    length: 100,
  }),
  product_legacy_resource_id: bigint('product.legacyResourceId', 'Number of the product'),
  variant_id: text('variant.id', 'Global id of the variant; NULL once it is deleted', {
    length: 100,
  }),
  variant_legacy_resource_id: bigint('variant.legacyResourceId', 'Number of the variant'),
  quantity: integer('quantity', 'Units, as placed'),
  current_quantity: integer(
    'currentQuantity',
    'Units after edits and returns; 0 for a removed line',
  ),
  refundable_quantity: integer('refundableQuantity', 'Units that can still be given back'),
  is_gift_card: flag('isGiftCard', 'The line sells a gift card'),
  requires_shipping: flag('requiresShipping', 'The line has to be delivered'),
  original_unit_price: shopMoney('originalUnitPriceSet', 'Price of a unit before discounts'),
  discounted_unit_price: shopMoney(
    'discountedUnitPriceAfterAllDiscountsSet',
    'Price of a unit after all discounts',
  ),
  original_total: shopMoney('originalTotalSet', 'Units times price, before discounts'),
  discounted_total: shopMoney('discountedTotalSet', 'The line after its own discounts'),
  total_discount: shopMoney('totalDiscountSet', 'Discounts of the line itself'),
};
