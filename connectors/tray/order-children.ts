import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { ChildTable } from '../sdk/definition.ts';
import { ancestor } from '../sdk/value-source.ts';
import { brasiliaTime, reference } from './columns.ts';

const LINES = 'Order.ProductsSold';
const lineId = () => bigint(ancestor('ProductsSold.id'), 'Line of the order');

/** Lists inside an order. */
export const orderChildren: readonly ChildTable[] = [
  {
    name: 'order_lines',
    description:
      'Lines of an order. The parts of a kit stand beside the kit itself (kit_product_id): counting both ' +
      'doubles the units',
    path: LINES,
    parentKey: ['order_id'],
    key: ['line_id'],
    columns: {
      line_id: bigint('ProductsSold.id', 'Id of the line'),
      product_id: reference('ProductsSold.product_id', 'Product'),
      variant_id: reference('ProductsSold.variant_id', 'Variant, NULL where there is none'),
      kit_product_id: reference('ProductsSold.product_kit_id', 'Kit that the line is a part of'),
      name: text('ProductsSold.name', 'Name of the product at that time'),
      original_name: text('ProductsSold.original_name', 'Name of the product in the catalogue'),
      reference: text('ProductsSold.reference', 'Stock keeping unit'),
      ean: text('ProductsSold.ean', 'Barcode (EAN)'),
      brand: text('ProductsSold.brand', 'Brand'),
      model: text('ProductsSold.model', 'Model'),
      quantity: decimal('ProductsSold.quantity', 'Units'),
      price: decimal('ProductsSold.price', 'Price of one unit'),
      original_price: decimal('ProductsSold.original_price', 'Price before a promotion'),
      cost_price: decimal('ProductsSold.cost_price', 'Cost of one unit'),
      weight_grams: decimal('ProductsSold.weight', 'Weight of one unit in grams'),
      is_giveaway: flag('ProductsSold.is_giveaway', 'It was given away'),
      is_virtual: flag('ProductsSold.virtual_product', 'It is a file, not a thing'),
      additional_information: longText(
        'ProductsSold.additional_information',
        'What the customer added to the line',
      ),
    },
  },
  {
    name: 'order_line_skus',
    description: 'Values of the variant of a line: size, colour',
    path: `${LINES}[].ProductsSold.Sku`,
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      line_id: lineId(),
      type: text('type', 'What variants differ in: Tamanho, Cor'),
      value: text('value', 'What this one is in it'),
    },
  },
  {
    name: 'order_line_categories',
    description: 'Categories of the product of a line',
    path: `${LINES}[].ProductsSold.Category`,
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      line_id: lineId(),
      category_id: reference('id', 'Category'),
      category_name: text('name', 'Its name'),
      is_main: flag('main_category', 'It is the main category of the product'),
    },
  },
  {
    name: 'order_payments',
    description: 'Payments of an order',
    path: 'Order.Payment',
    parentKey: ['order_id'],
    key: ['payment_id'],
    columns: {
      payment_id: bigint('Payment.id', 'Id of the payment'),
      payment_method_id: reference('Payment.payment_method_id', 'Payment method'),
      method: text('Payment.method', 'Name of the payment method'),
      value: decimal('Payment.value', 'Amount'),
      paid_on: date('Payment.date', 'Day of the payment, in Brasília'),
      created_at: brasiliaTime('Payment.created', 'When it was recorded'),
      modified_at: brasiliaTime('Payment.modified', 'When it last changed'),
    },
  },
  {
    name: 'order_invoices',
    description: 'Invoices (notas fiscais) of an order',
    path: 'Order.OrderInvoice',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      invoice_id: reference('OrderInvoice.id', 'Id of the invoice'),
      number: text('OrderInvoice.number', 'Number'),
      series: text('OrderInvoice.serie', 'Series'),
      value: decimal('OrderInvoice.value', 'Amount'),
      issued_on: date('OrderInvoice.issue_date', 'Day on which it was issued'),
    },
  },
  {
    name: 'order_marketplaces',
    description: 'The marketplace that an order came from; e-mails of its customers are masked',
    path: 'Order.MarketplaceOrder',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      marketplace_name: text('MarketplaceOrder.marketplace_name', 'Name of the marketplace'),
      marketplace_order_id: text('MarketplaceOrder.marketplace_order_id', 'Its number there'),
      seller_name: text('MarketplaceOrder.marketplace_seller_name', 'The store’s name there'),
      internal_status: text('MarketplaceOrder.marketplace_internal_status', 'Its status there'),
      created_at: brasiliaTime('MarketplaceOrder.created', 'When it was taken over'),
      updated_at: brasiliaTime('MarketplaceOrder.updated', 'When that last changed'),
    },
  },
  {
    name: 'order_addresses',
    description: 'Addresses of the customer of an order',
    path: 'Order.Customer.CustomerAddresses',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      address_id: reference('CustomerAddress.id', 'Id of the address'),
      recipient: text('CustomerAddress.recipient', 'Who receives'),
      address: text('CustomerAddress.address', 'Street'),
      number: text('CustomerAddress.number', 'Number of the house'),
      complement: text('CustomerAddress.complement', 'Floor, flat or other complement'),
      neighborhood: text('CustomerAddress.neighborhood', 'Neighbourhood'),
      city: text('CustomerAddress.city', 'City'),
      state: text('CustomerAddress.state', 'State, two letters'),
      zip_code: text('CustomerAddress.zip_code', 'Postal code (CEP)'),
      country: text('CustomerAddress.country', 'Country'),
      type: integer('CustomerAddress.type', 'Kind of address'),
      is_active: flag('CustomerAddress.active', 'It is in use'),
    },
  },
];
