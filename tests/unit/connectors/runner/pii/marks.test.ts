import { expect, test } from 'vitest';
import { sha256 } from '../../../../../cli/kernel/hash.ts';
import { belongs } from '../../../../../connectors/runner/pii/belongs.ts';
import { ErasedPeople, keyedDigest } from '../../../../../connectors/runner/pii/erased-people.ts';
import { withoutTraces } from '../../../../../connectors/runner/pii/erased-record.ts';
import { markOf, marksOf } from '../../../../../connectors/runner/pii/marks.ts';
import { spelledIn, spellingOf } from '../../../../../connectors/runner/pii/spellings.ts';
import { orders } from '../../../../../connectors/nuvemshop/orders.ts';
import { customers } from '../../../../../connectors/nuvemshop/customers.ts';
import type { Stream } from '../../../../../connectors/sdk/definition.ts';

const PLACE = { platform: 'nuvemshop', accountId: '1' };
const ORDERS = orders as Stream;
const SECRET = 'secret-of-a-test-0123456789';
const mark = (kind: 'email' | 'phone' | 'document', value: string) => {
  const made = markOf(kind, value);
  if (made === undefined) throw new Error(`${value} names nobody`);
  return made;
};

test.each([
  ['email', ' Ana@Example.com', 'ana@example.com'],
  ['phone', '(11) 98765-4321', '+55 11 98765-4321'],
  ['document', '529.982.247-25', '52998224725'],
] as const)('%s `%s` is the same as `%s`, and as its hash', (kind, one, other) => {
  const normal = kind === 'phone' ? '5511987654321' : kind === 'email' ? 'ana@example.com' : other;

  expect(markOf(kind, one)).toEqual(markOf(kind, other));
  expect(markOf(kind, one)).toMatchObject({ digest: `${kind}:${sha256(normal)}` });
  expect(markOf(kind, sha256(normal))?.digest).toBe(markOf(kind, one)?.digest);
});

test.each([
  ['email', 'nobody'],
  ['phone', '0'],
  ['document', '000'],
] as const)('%s `%s` names nobody', (kind, value) => {
  expect(markOf(kind, value)).toBeUndefined();
});

test('an order has the marks of its contact, of its customer and of the account', () => {
  const record = {
    id: 7,
    contact_email: 'ana@example.com',
    customer: { id: 12, email: 'ANA@example.com', identification: '529.982.247-25' },
  };

  const kinds = marksOf(record, ORDERS, PLACE).map(({ kind, isOwn }) => `${kind} ${isOwn}`);

  expect(kinds.toSorted()).toEqual(['account false', 'document true', 'email false']);
});

test('an account is the same in an order and in its own record, and another one at another store', () => {
  const ofOrder = marksOf({ id: 7, customer: { id: 12 } }, ORDERS, PLACE);
  const own = marksOf({ id: 12 }, customers as Stream, PLACE);
  const elsewhere = marksOf({ id: 12 }, customers as Stream, { ...PLACE, accountId: '2' });

  expect(ofOrder[0]?.digest).toBe(own[0]?.digest);
  expect(own[0]?.isOwn).toBe(true);
  expect(elsewhere[0]?.digest).not.toBe(own[0]?.digest);
});

test('a shared number decides only where nobody else is named', () => {
  const [ana, other, phone] = [
    mark('email', 'ana@example.com'),
    mark('email', 'other@example.com'),
    mark('phone', '(11) 98765-4321'),
  ];
  const isKnown = ({ digest }: { digest: string }) =>
    digest === ana.digest || digest === phone.digest;

  expect(belongs([ana, other], isKnown)).toBe(true);
  expect(belongs([phone], isKnown)).toBe(true);
  expect(belongs([phone, other], isKnown)).toBe(false);
  expect(belongs([other], isKnown)).toBe(false);
});

test('who was erased is known by the secret, and by nothing else', () => {
  const digest = keyedDigest(SECRET, mark('email', 'ana@example.com'));
  const record = { id: 7, contact_email: 'Ana@example.com' };

  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digest).not.toBe(sha256('ana@example.com'));
  const people = (secret: string) => new ErasedPeople(secret, new Set([digest]));
  expect(people(SECRET).ownRecord(record, ORDERS, PLACE)).toBe(true);
  expect(people('another-secret-0123456789').ownRecord(record, ORDERS, PLACE)).toBe(false);
});

test('traces go, and texts in which the person stands; what is bought stays', () => {
  const record = {
    id: 7,
    total: '19.90',
    contact_email: 'ana@example.com',
    contact_phone: '+55 11 98765-4321',
    customer: { id: 12, name: 'Ana' },
    landing_url: 'https://loja.example/?gclid=x',
    client_details: { browser_ip: '177.32.10.9', user_agent: 'Mozilla' },
    products: [
      { name: 'Camisa', note: 'ligar (11) 98765-4321' },
      { name: 'Caneca', url: 'https://loja.example/?e=ana%40example.com' },
    ],
  };

  expect(withoutTraces(record, ORDERS)).toEqual({
    id: 7,
    total: '19.90',
    contact_email: null,
    contact_phone: null,
    customer: { id: null, name: 'Ana' },
    landing_url: null,
    client_details: null,
    products: [
      { name: 'Camisa', note: null },
      { name: 'Caneca', url: null },
    ],
  });
});

test.each([
  ['(11) 98765-4321', true],
  ['+55 11 98765 4321', true],
  ['5511987654321', true],
  ['11 9876 5432', false],
  ['order 119876, total 54321', false],
])('the number is found in `%s`: %s', (text, isFound) => {
  const spelling = spellingOf('phone', '+5511987654321');

  expect(spelledIn(text, spelling === undefined ? [] : [spelling])).toBe(isFound);
});
