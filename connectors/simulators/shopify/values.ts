import { shortDecimal } from '../shop/money.ts';
import type { Address } from '../shop/people-records.ts';
import { globalId } from './ids.ts';

/** `2026-10-01T02:40:00Z`. */
export function dateTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

export function optionalDateTime(instant: number | undefined): string | null {
  return instant === undefined ? null : dateTime(instant);
}

export function money(centavos: number) {
  return { amount: shortDecimal(centavos), currencyCode: 'BRL' };
}

/** Both currencies of an amount: the generated shop sells in its own only. */
export function moneyBag(centavos: number) {
  return { shopMoney: money(centavos), presentmentMoney: money(centavos) };
}

export function mailingAddress(
  number: number,
  address: Address,
  person: { readonly name: string; readonly phone: string },
) {
  const [firstName = '', ...rest] = person.name.split(' ');
  return {
    id: `${globalId('MailingAddress', number)}?model_name=CustomerAddress`,
    firstName,
    lastName: rest.join(' '),
    name: person.name,
    address1: `${address.street}, ${address.number}`,
    address2: address.complement === '' ? null : address.complement,
    city: address.city,
    company: null,
    country: 'Brazil',
    countryCodeV2: 'BR',
    phone: person.phone === '' ? null : person.phone,
    province: address.state,
    provinceCode: address.stateCode,
    zip: address.postalCode,
  };
}
