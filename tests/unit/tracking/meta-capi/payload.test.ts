import { expect, test } from 'vitest';
import type { Person } from '../../../../tracking/conversion/conversion.ts';
import { metaEvent } from '../../../../tracking/meta-capi/payload.ts';
import { metaRequest } from '../../../../tracking/meta-capi/request.ts';
import { expectRequest } from '../../../support/payload-match.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';
import type { PayloadCase } from '../../../support/tracking-order.ts';
import {
  FIXTURE_NOW,
  fixtureConversion,
  fixtureSettings,
} from '../../../support/tracking-order.ts';

const cases = trackingCases<PayloadCase>('payload_meta');

test.each(cases)('$id: an order becomes an event, or the reason why not', (entry) => {
  const { config, order } = entry;
  const built = metaEvent(fixtureConversion(order), fixtureSettings(config), FIXTURE_NOW);

  expect(built.issue).toBe(entry.expected_issue?.code);
  if (built.event === undefined) return;
  const request = metaRequest({
    pixelId: config.meta.pixel_id,
    apiVersion: config.meta.api_version,
    testEventCode: config.meta.test_event_code,
    accessToken: undefined,
  });
  expectRequest(request, [built.event], entry);
});

const [first] = cases;
if (first === undefined) throw new Error('no cases');
const settings = fixtureSettings(first.config);
const whole = fixtureConversion(first.order);
const nobody: Person = {
  customerId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  birthDate: null,
  gender: null,
  city: null,
  state: null,
  postalCode: null,
  country: null,
  ip: null,
  userAgent: null,
};
const noClick = { ...whole.click, fbclid: null, fbc: null, fbp: null };
const inStore = { ...whole, actionSource: 'physical_store' as const, click: noClick };

test.each([
  [{ city: 'São Paulo', state: 'SP', country: 'BR', gender: 'f' }, 'insufficient_user_data'],
  [{ birthDate: '1990-03-02', userAgent: 'x' }, 'insufficient_user_data'],
  [{ firstName: 'Ana', gender: 'f' }, 'insufficient_user_data'],
  [{ lastName: 'Souza', gender: 'f' }, 'insufficient_user_data'],
  [{ firstName: 'Ana', lastName: 'Souza', gender: 'f' }, undefined],
  [{ phone: '11987654321' }, undefined],
])('with nobody but %j the event is refused: %s', (known, issue) => {
  const person = { ...nobody, ...known };

  expect(metaEvent({ ...inStore, person }, settings, FIXTURE_NOW).issue).toBe(issue);
});

test('a private network address is left out, and so is what is missing', () => {
  const person = { ...whole.person, ip: '192.168.0.7', gender: 'outro', phone: '' };
  const built = metaEvent({ ...whole, person }, settings, FIXTURE_NOW);

  const user = built.event?.['user_data'];
  expect(user).not.toHaveProperty('client_ip_address');
  expect(user).not.toHaveProperty('ge');
  expect(user).not.toHaveProperty('ph');
});

test('the sum of the items is exact, and 0 is a value', () => {
  const items = [0, 1, 2].map((index) => ({
    id: `${index}`,
    name: undefined,
    category: undefined,
    quantity: 1,
    unitPrice: '0.10',
  }));
  const byItems = metaEvent({ ...whole, items }, { ...settings, valueBasis: 'items' }, FIXTURE_NOW);
  const free = metaEvent({ ...whole, total: '0.00' }, settings, FIXTURE_NOW);
  const unpriced = metaEvent({ ...whole, total: undefined }, settings, FIXTURE_NOW);

  expect(byItems.event?.['custom_data']).toMatchObject({ value: 0.3 });
  expect(free.event?.['custom_data']).toMatchObject({ value: 0 });
  expect(unpriced.issue).toBe('missing_value');
});
