import { expect, test } from 'vitest';
import type { Operation } from '../../../../tracking/conversion/conversion.ts';
import { dataManagerEvent } from '../../../../tracking/google-data-manager/payload.ts';
import { dataManagerRequest } from '../../../../tracking/google-data-manager/request.ts';
import { expectRequest } from '../../../support/payload-match.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';
import type { PayloadCase } from '../../../support/tracking-order.ts';
import {
  FIXTURE_NOW,
  fixtureConsentStates,
  fixtureConversion,
  fixtureSettings,
} from '../../../support/tracking-order.ts';

const cases = trackingCases<PayloadCase>('payload_google_data_manager');

function build(entry: PayloadCase, operation: Operation) {
  return dataManagerEvent(fixtureConversion(entry.order), fixtureSettings(entry.config), {
    operation,
    consent: fixtureConsentStates(entry),
    transactionIdPrefix: entry.config.google.transaction_id_prefix,
    now: FIXTURE_NOW,
    maxAgeDays: 90,
  });
}

test.each(cases)('$id: an order becomes an event, or the reason why not', (entry) => {
  const { google } = entry.config;
  const operation = entry.operation === 'restatement' ? 'restatement' : 'conversion';
  const built = build(entry, operation);

  expect(built.issue).toBe(entry.expected_issue?.code);
  if (built.event === undefined) return;
  const request = dataManagerRequest({
    operatingAccountId: google.operating_account_id,
    loginAccountId: google.login_account_id ?? undefined,
    conversionActionId: google.conversion_action_id,
    isTrial: false,
    accessToken: 'token',
  });
  expectRequest(request, [built.event], entry);
});

test('a conversion cannot be taken back', () => {
  const [entry] = cases;

  expect(entry && build(entry, 'retraction').issue).toBe('retraction_not_supported');
});
