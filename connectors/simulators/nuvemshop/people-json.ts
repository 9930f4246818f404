import type { Account, Address, Contact } from '../shop/people-records.ts';
import { decimal } from '../shop/money.ts';
import { timeText } from './answers.ts';
import { addressId, customerId, orderId } from './ids.ts';

/** An address of a customer, as it stands in customers and orders. */
export function addressRecord(
  address: Address,
  { id, contact, at }: { readonly id: number; readonly contact: Contact; readonly at: number },
) {
  return {
    address: address.street,
    city: address.city,
    country: 'BR',
    created_at: timeText(at),
    default: true,
    floor: address.complement,
    id,
    locality: address.district,
    name: contact.name,
    number: address.number,
    phone: contact.phone,
    province: address.state,
    updated_at: timeText(at),
    zipcode: address.postalCode,
  };
}

/** An address as flat fields: `billing_city`, `shipping_city`. */
export function flatAddress(prefix: 'billing' | 'shipping', contact: Contact, address: Address) {
  return {
    [`${prefix}_name`]: contact.name,
    [`${prefix}_phone`]: contact.phone,
    [`${prefix}_address`]: address.street,
    [`${prefix}_number`]: address.number,
    [`${prefix}_floor`]: address.complement,
    [`${prefix}_locality`]: address.district,
    [`${prefix}_zipcode`]: address.postalCode,
    [`${prefix}_city`]: address.city,
    [`${prefix}_province`]: address.state,
    [`${prefix}_country`]: 'BR',
  };
}

/** Who ordered, as the checkout says. */
export function contactFields(contact: Contact) {
  return {
    contact_email: contact.email,
    contact_name: contact.name,
    contact_phone: contact.phone,
    contact_identification: contact.document === '' ? null : contact.document,
  };
}

/** A record of `/customers`. */
export function customerRecord(account: Account) {
  const { id, contact, createdAt, updatedAt, acceptsMarketing } = account;
  const address = addressRecord(account.address, { id: addressId(id), contact, at: createdAt });
  return {
    id: customerId(id),
    name: contact.name,
    email: contact.email,
    identification: contact.document === '' ? null : contact.document,
    phone: contact.phone === '' ? null : contact.phone,
    note: null,
    default_address: address,
    addresses: [address],
    ...flatAddress('billing', contact, account.address),
    extra: {},
    total_spent: decimal(account.totalSpent),
    total_spent_currency: 'BRL',
    last_order_id: account.orderCount === 0 ? null : orderId(account.lastOrderIndex),
    active: true,
    first_interaction: timeText(createdAt),
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
    accepts_marketing: acceptsMarketing,
    accepts_marketing_updated_at: timeText(createdAt),
  };
}
