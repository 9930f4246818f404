import type { PiiPath } from '../sdk/definition.ts';

/** Who a customer is, at the record of `/customers` or inside an order. */
export function customerPii(prefix: string): readonly PiiPath[] {
  return [
    { path: `${prefix}name`, kind: 'name' },
    { path: `${prefix}nickname`, kind: 'name' },
    { path: `${prefix}company_name`, kind: 'name' },
    { path: `${prefix}email`, kind: 'email' },
    { path: `${prefix}phone`, kind: 'phone' },
    { path: `${prefix}cellphone`, kind: 'phone' },
    { path: `${prefix}cpf`, kind: 'document' },
    { path: `${prefix}cnpj`, kind: 'document' },
    { path: `${prefix}rg`, kind: 'document' },
    { path: `${prefix}birth_date`, kind: 'birth_date' },
    { path: `${prefix}address`, kind: 'address' },
    { path: `${prefix}number`, kind: 'address' },
    { path: `${prefix}complement`, kind: 'address' },
    { path: `${prefix}zip_code`, kind: 'address' },
    { path: `${prefix}observation`, kind: 'text' },
    { path: `${prefix}token`, kind: 'id' },
  ];
}

const ADDRESS = 'Order.Customer.CustomerAddresses[].CustomerAddress.';

export const orderPii: readonly PiiPath[] = [
  ...customerPii('Order.Customer.'),
  { path: `${ADDRESS}recipient`, kind: 'name' },
  { path: `${ADDRESS}address`, kind: 'address' },
  { path: `${ADDRESS}number`, kind: 'address' },
  { path: `${ADDRESS}complement`, kind: 'address' },
  { path: `${ADDRESS}zip_code`, kind: 'address' },
  { path: 'Order.customer_note', kind: 'text' },
  { path: 'Order.store_note', kind: 'text' },
  // Whoever has the code or the page sees the order.
  { path: 'Order.access_code', kind: 'id' },
  { path: 'Order.urls.payment', kind: 'text' },
];
