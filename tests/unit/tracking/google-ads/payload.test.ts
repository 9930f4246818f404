import { expect, test } from 'vitest';
import type { Conversion, Operation } from '../../../../tracking/conversion/conversion.ts';
import { googleAdsEvent } from '../../../../tracking/google-ads/payload.ts';
import { googleAdsRequest } from '../../../../tracking/google-ads/request.ts';
import { expectRequest } from '../../../support/payload-match.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';
import type { PayloadCase } from '../../../support/tracking-order.ts';
import {
  FIXTURE_NOW,
  fixtureConsentStates,
  fixtureConversion,
  fixtureSettings,
} from '../../../support/tracking-order.ts';

const cases = trackingCases<PayloadCase>('payload_google_ads');

function build(entry: PayloadCase, operation: Operation, changes: Partial<Conversion> = {}) {
  const conversion = { ...fixtureConversion(entry.order), ...changes };
  return googleAdsEvent(conversion, fixtureSettings(entry.config), {
    operation,
    consent: fixtureConsentStates(entry),
    customerId: entry.config.google.operating_account_id,
    conversionActionId: entry.config.google.conversion_action_id,
    transactionIdPrefix: entry.config.google.transaction_id_prefix,
    now: FIXTURE_NOW,
    maxAgeDays: 90,
  });
}

function operationOf({ operation = 'conversion' }: PayloadCase): Operation {
  return operation === 'click_conversion' ? 'conversion' : operation;
}

test.each(cases)('$id: an order becomes an upload or an adjustment', (entry) => {
  const { google } = entry.config;
  const built = build(entry, operationOf(entry));

  expect(built.issue).toBe(entry.expected_issue?.code);
  if (built.event === undefined) return;
  const request = googleAdsRequest(operationOf(entry), {
    customerId: google.operating_account_id,
    loginCustomerId: google.login_account_id ?? undefined,
    apiVersion: google.api_version,
    isTrial: false,
    accessToken: 'token',
    developerToken: undefined,
  });
  expectRequest(request, [built.event], entry);
});

const [first] = cases;
if (first === undefined) throw new Error('no cases');
const { click, person } = fixtureConversion(first.order);

test('both braids at once are refused; gclid goes alone', () => {
  const braids = { ...click, gclid: null, gbraid: 'g', wbraid: 'w' };
  const one = { ...click, wbraid: 'w' };

  expect(build(first, 'conversion', { click: braids }).issue).toBe('gbraid_wbraid_both_set');
  expect(build(first, 'conversion', { click: one }).event).not.toHaveProperty('wbraid');
});

test('nobody and no click is not sent', () => {
  const nobody = { ...person, email: null, phone: null };
  const none = { ...click, gclid: null };

  expect(build(first, 'conversion', { click: none, person: nobody }).issue).toBe('no_identifiers');
});

test('an adjustment after 54 days is too late, a retraction has no value', () => {
  const old = FIXTURE_NOW - 55 * 86_400_000;

  expect(build(first, 'restatement', { occurredAt: old, netTotal: '1' }).issue).toBe('too_old');
  expect(build(first, 'retraction', { changedAt: FIXTURE_NOW }).event).toEqual({
    adjustmentType: 'RETRACTION',
    conversionAction: 'customers/1234567890/conversionActions/555000111',
    orderId: 'ped-1001',
    adjustmentDateTime: '2026-11-23 09:00:00-03:00',
  });
});
