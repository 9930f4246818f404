import type { Cart } from '../shop/order-records.ts';
import type { Account } from '../shop/people-records.ts';
import { decimal } from '../shop/money.ts';
import type { ShopWorld } from '../shop/world-records.ts';
import { innerConnection } from './connection.ts';
import { globalId, legacyId } from './ids.ts';
import type { SearchWindow } from './search.ts';
import { dateTime, mailingAddress, money, moneyBag } from './values.ts';

export function customerRecord(account: Account) {
  const { contact } = account;
  const address = mailingAddress(account.id, account.address, contact);
  return {
    id: globalId('Customer', account.id),
    legacyResourceId: legacyId('Customer', account.id),
    displayName: contact.name,
    firstName: account.firstName,
    lastName: account.lastName,
    email: contact.email,
    phone: contact.phone === '' ? null : contact.phone,
    state: 'ENABLED',
    note: null,
    tags: [],
    taxExempt: false,
    verifiedEmail: true,
    locale: 'pt-BR',
    numberOfOrders: String(account.orderCount),
    amountSpent: money(account.totalSpent),
    defaultEmailAddress: {
      marketingState: account.acceptsMarketing ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED',
      marketingOptInLevel: account.acceptsMarketing ? 'SINGLE_OPT_IN' : null,
      marketingUpdatedAt: account.acceptsMarketing ? dateTime(account.createdAt) : null,
    },
    defaultPhoneNumber: null,
    defaultAddress: { id: address.id },
    addresses: [address],
    createdAt: dateTime(account.createdAt),
    updatedAt: dateTime(account.updatedAt),
  };
}

export function checkoutRecord(cart: Cart) {
  const bag = moneyBag(cart.subtotal);
  return {
    id: globalId('AbandonedCheckout', cart.index),
    abandonedCheckoutUrl: `https://loja.example.com/checkouts/ac/${cart.index}/recover`,
    completedAt: null,
    createdAt: dateTime(cart.abandonedAt),
    updatedAt: dateTime(cart.abandonedAt),
    note: '',
    taxesIncluded: true,
    discountCodes: [],
    customer:
      cart.accountId === undefined
        ? null
        : { id: globalId('Customer', cart.accountId), email: cart.contact.email },
    subtotalPriceSet: bag,
    totalDiscountSet: moneyBag(0),
    totalLineItemsPriceSet: bag,
    totalPriceSet: bag,
    totalTaxSet: moneyBag(0),
    billingAddress: null,
    shippingAddress: mailingAddress(cart.index, cart.shippingAddress, cart.contact),
    lineItems: innerConnection(
      cart.lines.map((line) => ({
        id: globalId('AbandonedCheckoutLineItem', line.id),
        title: line.name,
        quantity: line.quantity,
        variant: {
          id: globalId('ProductVariant', line.variant.id),
          sku: line.variant.sku,
          price: decimal(line.unitPrice),
        },
      })),
    ),
  };
}

/** What was deleted in a window, oldest first. */
export function deletionEvents(
  { accounts, catalog }: ShopWorld,
  window: SearchWindow,
  now: number,
) {
  const customers = accounts.deleted(window, now).map(({ id, deletedAt }) => ({
    at: deletedAt,
    subject: globalId('Customer', id),
    type: 'CUSTOMER',
  }));
  const products = catalog.deletedProducts(window, now).map(({ id, deletedAt }) => ({
    at: deletedAt,
    subject: globalId('Product', id),
    type: 'PRODUCT',
  }));
  return [...customers, ...products]
    .toSorted((a, b) => a.at - b.at || (a.subject < b.subject ? -1 : 1))
    .map(({ at, subject, type }) => ({
      __typename: 'BasicEvent',
      id: `gid://shopify/BasicEvent/${subject.replace(/\D/g, '')}`,
      action: 'destroy',
      appTitle: null,
      createdAt: dateTime(at),
      message: `Somebody deleted a ${type.toLowerCase()}.`,
      subjectId: subject,
      subjectType: type,
    }));
}
