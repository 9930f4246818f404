import { expect, test } from 'vitest';
import { CODES } from '../../../../cli/kernel/codes.ts';
import type { Diagnostic } from '../../../../cli/kernel/diagnostic.ts';
import { shippedPlan } from '../../../../tracking/plan/read-plan.ts';
import { checkFile } from '../../../../tracking/validate/check-file.ts';
import { trackingFixture } from '../../../support/tracking-fixture.ts';

interface Cases {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly cases: readonly { id: string; push: object; problems: readonly string[] }[];
}

const { rules, cases } = trackingFixture<Cases>('datalayer_events');
const plan = shippedPlan();

function check(pushes: unknown): readonly Diagnostic[] {
  return checkFile(JSON.stringify(pushes), 'pushes.json', plan).diagnostics;
}

function codes(pushes: unknown): readonly string[] {
  return check(pushes).map(({ code }) => code);
}

test.each(cases.map((one) => [one.id, one] as const))('%s', (_, { push, problems }) => {
  const errors = check(push).filter(({ severity }) => severity === 'error');

  const slugs = errors.map(({ code }) => CODES[code].slug.replaceAll('-', '_'));
  expect(slugs.toSorted()).toEqual(problems.toSorted());
});

test('the dictionary keeps to the rules of Google Analytics', () => {
  const needing = Object.entries(plan.events).filter(([, { items }]) => items === 'required');
  const withOrder = Object.entries(plan.events).filter(([, { required }]) =>
    required.includes('transaction_id'),
  );

  expect(plan.items.most).toBe(rules['items_max']);
  expect(needing.map(([name]) => name)).toEqual(rules['items_required']);
  expect(withOrder.map(([name]) => name)).toEqual(rules['transaction_id_required']);
});

const item = { item_id: 'A', item_name: 'a', price: 10, quantity: 1 };

function purchase(ecommerce: object, more: object = {}): object {
  const whole = { transaction_id: 'ped-1', currency: 'BRL', value: 10, items: [item] };
  return { event: 'purchase', event_id: 'p.1', ...more, ecommerce: { ...whole, ...ecommerce } };
}

test.each([
  ['no order', purchase({ transaction_id: '' }), 'CX8230'],
  ['a value without a currency', purchase({ currency: undefined }), 'CX8231'],
  ['an item without id and name', purchase({ items: [{ price: 1 }] }), 'CX8232'],
  ['no items', purchase({ items: [] }), 'CX8233'],
  ['e-commerce without an event', { ecommerce: { items: [item] } }, 'CX8233'],
  ['201 items', purchase({ items: Array.from({ length: 201 }, () => item) }), 'CX8234'],
  ['a value as a text', purchase({ value: '10.00' }), 'CX8235'],
  ['a price as a text', purchase({ items: [{ ...item, price: 'R$ 10,00' }] }), 'CX8235'],
  ['an e-mail address', purchase({ coupon: 'ana@loja.com.br' }), 'CX8236'],
  ['a CPF', purchase({}, { note: 'CPF 123.456.789-09' }), 'CX8236'],
  ['a phone number', purchase({}, { contact: '(11) 98765-4321' }), 'CX8236'],
  ['a name by its key', purchase({ customer_name: 'Ana' }), 'CX8236'],
  ['a misspelt event', { event: 'purchse', event_id: 'p.1' }, 'CX8238'],
  ['an unknown event with e-commerce', { event: 'zzz', ecommerce: { items: [item] } }, 'CX8238'],
  ['no event id', purchase({}, { event_id: '' }), 'CX8239'],
  ['no value', purchase({ value: undefined }), 'CX8240'],
  ['a currency in small letters', purchase({ currency: 'brl' }), 'CX8241'],
])('%s is found', (_, push, code) => {
  expect(codes([push])).toEqual([code]);
});

test.each([
  ['user data has a place of its own', purchase({}, { user_data: { email: 'ana@loja.com.br' } })],
  ['events of Tag Manager and of the site itself pass', { event: 'gtm.js', 'gtm.start': 1 }],
  ['a site may have events of its own', { event: 'newsletter_popup' }],
  [
    'a refund without items is a whole one',
    { event: 'refund', ecommerce: { transaction_id: '1' } },
  ],
])('%s', (_, push) => {
  expect(codes([push])).toEqual([]);
});

test('what an earlier push left is found, and clearing it helps', () => {
  expect(codes([purchase({}), purchase({})])).toEqual(['CX8237']);
  expect(codes([purchase({}), { ecommerce: null }, purchase({})])).toEqual([]);
});

test('a problem carries its JSON path, its line and what to do, and never the personal datum', () => {
  const text = JSON.stringify([purchase({ coupon: 'ana@loja.com.br' })], undefined, 2);
  const [found] = checkFile(text, 'pushes.json', plan).diagnostics;

  expect(found?.notes).toEqual(['JSON path: [0].ecommerce.coupon']);
  expect(text.slice(found?.labels[0]?.span.start, found?.labels[0]?.span.end)).toBe(
    '"ana@loja.com.br"',
  );
  expect(found?.hint).toMatch(/user_data/);
  expect(JSON.stringify(found)).not.toContain('ana@');
});

test.each([
  ['a comma too many', '[{"event": "search"},]', 'CX8205', 21],
  ['a missing comma', '{"event": "search" "event_id": 1}', 'CX8205', 19],
  ['a text that ends early', '{"event": "sea', 'CX8205', 14],
  ['a list of numbers', '[1, 2]', 'CX8204', 0],
  ['a map of something else', '{"name": "x"}', 'CX8204', 0],
])('%s is no file to check', (_, text, code, start) => {
  const { value, diagnostics } = checkFile(text, 'a.json', plan);

  expect(value).toBeUndefined();
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
  expect(diagnostics[0]?.labels[0]?.span.start).toBe(start);
});
