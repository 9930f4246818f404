import type { Account } from '../shop/people-records.ts';
import type { Order } from '../shop/order-records.ts';
import { dateText, NO_DATE, NO_TIME, timeText } from './answers.ts';
import { customerId } from './ids.ts';

/** A record of the list `/customers`: without phone and address. */
export function listedCustomer(account: Account) {
  const { id, contact, address, createdAt, updatedAt } = account;
  return {
    id: customerId(id),
    name: contact.name,
    cpf: contact.document,
    birth_date: account.birthDate,
    gender: account.gender === 'male' ? '0' : '1',
    email: contact.email,
    cnpj: '',
    last_visit: dateText(updatedAt),
    city: address.city,
    state: address.stateCode,
    newsletter: account.acceptsMarketing ? '1' : '0',
    created: timeText(createdAt),
    registration_date: dateText(createdAt),
    modified: timeText(updatedAt),
    CustomerAddress: [{ id: addressId(id) }],
  };
}

const addressId = (account: number) => String(7000 + account);

/** The answer of `/customers/:id`. */
export function completeCustomer(account: Account) {
  const { contact, address } = account;
  return {
    ...listedCustomer(account),
    rg: '',
    phone: '',
    cellphone: contact.phone,
    nickname: '',
    token: `TK${account.id}`,
    total_orders: String(account.orderCount),
    observation: '',
    type: '0',
    company_name: '',
    state_inscription: '',
    reseller: '0',
    discount: '0.00',
    blocked: '0',
    credit_limit: '0.00',
    indicator_id: '0',
    profile_customer_id: '1',
    last_sending_newsletter: NO_DATE,
    last_purchase: dateText(account.updatedAt),
    last_modification: NO_TIME,
    address: address.street,
    zip_code: address.postalCode,
    number: address.number,
    complement: address.complement,
    neighborhood: address.district,
  };
}

/** `Customer` of a complete order: the account as now, or what a guest typed. */
export function orderCustomer(order: Order, account: Account | undefined) {
  const { contact, billingAddress: address, shippingAddress, recipient } = order;
  const id = order.accountId === undefined ? '0' : customerId(order.accountId);
  return {
    cnpj: '',
    newsletter: account?.acceptsMarketing === true ? '1' : '0',
    created: account === undefined ? NO_TIME : timeText(account.createdAt),
    terms: NO_TIME,
    id,
    name: contact.name,
    registration_date: account === undefined ? NO_DATE : dateText(account.createdAt),
    rg: '',
    cpf: contact.document,
    phone: '',
    cellphone: contact.phone,
    birth_date: account?.birthDate ?? NO_DATE,
    gender: account === undefined ? '' : account.gender === 'male' ? '0' : '1',
    email: contact.email,
    total_orders: String(account?.orderCount ?? 0),
    observation: '',
    type: '0',
    address: address.street,
    zip_code: address.postalCode,
    number: address.number,
    complement: address.complement,
    neighborhood: address.district,
    city: address.city,
    state: address.stateCode,
    country: 'Brasil',
    Extensions: { Profile: { id: '1', name: 'Padrao' }, Profiles: [] },
    CustomerAddresses: [
      {
        CustomerAddress: {
          id: String(900_000 + order.index),
          customer_id: id,
          recipient: recipient?.name ?? contact.name,
          address: shippingAddress.street,
          number: shippingAddress.number,
          complement: shippingAddress.complement,
          neighborhood: shippingAddress.district,
          city: shippingAddress.city,
          state: shippingAddress.stateCode,
          zip_code: shippingAddress.postalCode,
          country: 'Brasil',
          type: '1',
          active: '1',
          description: '',
          type_delivery: '1',
          not_list: '0',
        },
      },
    ],
  };
}
