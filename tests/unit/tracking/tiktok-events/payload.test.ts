import { expect, test } from 'vitest';
import { tikTokEvent } from '../../../../tracking/tiktok-events/payload.ts';
import { tikTokRequest } from '../../../../tracking/tiktok-events/request.ts';
import { expectRequest } from '../../../support/payload-match.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';
import type { PayloadCase } from '../../../support/tracking-order.ts';
import {
  FIXTURE_NOW,
  fixtureConversion,
  fixtureSettings,
} from '../../../support/tracking-order.ts';

const cases = trackingCases<PayloadCase>('payload_tiktok');
const options = { now: FIXTURE_NOW, maxAgeDays: 28 };

test.each(cases)('$id: an order becomes an event, or the reason why not', (entry) => {
  const { config, order } = entry;
  const built = tikTokEvent(fixtureConversion(order), fixtureSettings(config), options);

  expect(built.issue).toBe(entry.expected_issue?.code);
  if (built.event === undefined) return;
  const request = tikTokRequest({
    pixelCode: config.tiktok.pixel_code,
    testEventCode: config.tiktok.test_event_code,
    accessToken: undefined,
  });
  expectRequest(request, [built.event], entry);
});

test('a network address and a browser name nobody', () => {
  const [first] = cases;
  if (first === undefined) throw new Error('no cases');
  const whole = fixtureConversion(first.order);
  const person = { ...whole.person, email: null, phone: null, customerId: null };
  const click = { ...whole.click, ttclid: null, ttp: null };
  const built = tikTokEvent({ ...whole, person, click }, fixtureSettings(first.config), options);

  expect(built.issue).toBe('no_identifiers');
});
