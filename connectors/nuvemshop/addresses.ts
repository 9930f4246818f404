import type { Column } from '../sdk/columns.ts';
import { text } from '../sdk/columns/text.ts';
import type { PiiPath } from '../sdk/definition.ts';

/** Fields of an address with what they mean. */
const FIELDS: Readonly<Record<string, string>> = {
  address: 'Street',
  number: 'Number of the house',
  floor: 'Floor, flat or other complement',
  locality: 'Neighbourhood',
  city: 'City',
  province: 'State',
  zipcode: 'Postal code (CEP), with or without the hyphen',
  country: 'ISO 3166 code of the country',
};

/** Columns of an address whose fields begin with `from`, named with `to` before: `billing_city`. */
export function addressColumns(from: string, to: string, of: string): Record<string, Column> {
  const columns = Object.entries(FIELDS).map(([field, meaning]) => [
    `${to}${field}`,
    text(`${from}${field}`, `${meaning} of the ${of} address`),
  ]);
  return Object.fromEntries(columns) as Record<string, Column>;
}

/** Personal parts of an address: who and where, but not the city, which reports are made by. */
export function addressPii(from: string): readonly PiiPath[] {
  return [
    { path: `${from}name`, kind: 'name' },
    { path: `${from}phone`, kind: 'phone' },
    { path: `${from}address`, kind: 'address' },
    { path: `${from}number`, kind: 'address' },
    { path: `${from}floor`, kind: 'address' },
    { path: `${from}zipcode`, kind: 'address' },
  ];
}
