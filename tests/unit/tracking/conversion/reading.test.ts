import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { ageIssue } from '../../../../tracking/conversion/age.ts';
import { batchesOf, splitBatch } from '../../../../tracking/conversion/batches.ts';
import type { DestinationAnswer, Reading } from '../../../../tracking/conversion/reading.ts';
import { readGoogleAdsAnswer } from '../../../../tracking/google-ads/read-answer.ts';
import { readDataManagerAnswer } from '../../../../tracking/google-data-manager/read-answer.ts';
import { metaEvent } from '../../../../tracking/meta-capi/payload.ts';
import { readMetaAnswer } from '../../../../tracking/meta-capi/read-answer.ts';
import { readTikTokAnswer } from '../../../../tracking/tiktok-events/read-answer.ts';
import { DESTINATION_KINDS } from '../../../../tracking/outbox/kinds.ts';
import { isResendable, retryDelayMs } from '../../../../tracking/outbox/retry.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';
import type { PayloadCase } from '../../../support/tracking-order.ts';
import { fixtureConversion, fixtureSettings } from '../../../support/tracking-order.ts';

type Platform = 'meta' | 'google_ads' | 'google_data_manager' | 'tiktok';

const READ: Readonly<Record<Platform, (answer: DestinationAnswer, sent: number) => Reading>> = {
  meta: readMetaAnswer,
  google_ads: readGoogleAdsAnswer,
  google_data_manager: readDataManagerAnswer,
  tiktok: readTikTokAnswer,
};

interface ResponseCase {
  readonly platform: Platform;
  readonly sent: number;
  readonly status: number;
  readonly body: JsonValue;
  readonly expected: {
    readonly per_event?: readonly string[];
    readonly action?: 'split';
    readonly destination: string;
    readonly keep_request_id?: string;
  };
}

describe('what a platform answers', () => {
  test.each(trackingCases<ResponseCase>('responses'))('$id: $platform $status', (entry) => {
    const { status, body, sent, expected } = entry;
    const reading = READ[entry.platform]({ status, body }, sent);

    expect(reading.destination).toBe(expected.destination);
    expect(reading.action).toBe(expected.action ?? 'settle');
    if (reading.action === 'split') return;
    expect(reading.perEvent.map(({ outcome }) => outcome)).toEqual(expected.per_event);
    if (expected.keep_request_id !== undefined) {
      expect(reading.requestId).toBe(expected.keep_request_id);
    }
  });

  const summary = (reading: Reading) =>
    reading.action === 'split'
      ? 'split'
      : `${reading.destination} ${reading.perEvent.map(({ outcome }) => outcome).join(' ')}`;
  const graph = (code: number, subcode?: number) => ({
    error: { code, ...(subcode === undefined ? {} : { error_subcode: subcode }) },
  });
  const google = (reason: string, field: string) => ({
    error: { status: 'INVALID_ARGUMENT', details: [{ fieldViolations: [{ field, reason }] }] },
  });
  const upload = (name: string) => ({
    partialFailureError: {
      details: [
        {
          errors: [
            {
              errorCode: { conversionUploadError: name },
              location: { fieldPathElements: [{ fieldName: 'conversions', index: 0 }] },
            },
          ],
        },
      ],
    },
    results: [{}],
  });

  test.each<readonly [Platform, number, JsonValue, string]>([
    ['meta', 500, graph(190), 'pause_auth retry'],
    ['meta', 400, graph(100, 33), 'pause_config retry'],
    ['meta', 400, graph(613), 'ok retry'],
    ['meta', 400, graph(999), 'ok dead'],
    ['meta', 200, 'hello', 'ok retry'],
    ['meta', 403, '', 'pause_auth retry'],
    ['tiktok', 200, { code: 20001 }, 'ok delivered'],
    ['tiktok', 200, { code: 40002 }, 'ok dead'],
    ['tiktok', 200, { code: 50002 }, 'ok retry'],
    ['tiktok', 404, '', 'pause_config retry'],
    ['google_data_manager', 200, {}, 'ok retry'],
    ['google_data_manager', 429, { error: { status: 'RESOURCE_EXHAUSTED' } }, 'ok retry'],
    [
      'google_data_manager',
      400,
      google('INVALID_CONVERSION_ACTION_ID', 'destinations[0]'),
      'pause_config retry',
    ],
    [
      'google_data_manager',
      400,
      google('REQUIRED_FIELD_MISSING', 'destinations[0].operating_account'),
      'pause_config retry',
    ],
    [
      'google_data_manager',
      400,
      google('REQUIRED_FIELD_MISSING', 'events.events[0].event_timestamp'),
      'ok dead',
    ],
    ['google_ads', 401, { error: { code: 401 } }, 'pause_auth retry'],
    ['google_ads', 200, upload('TOO_RECENT_EVENT'), 'ok retry'],
    ['google_ads', 200, upload('CLICK_NOT_FOUND'), 'ok dead'],
    ['google_ads', 200, upload('CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE'), 'pause_config retry'],
    ['google_ads', 200, upload('CONVERSION_NOT_FOUND'), 'ok retry'],
  ])('%s: HTTP %i %j is %s', (platform, status, body, expected) => {
    expect(summary(READ[platform]({ status, body }, 1))).toBe(expected);
  });

  test('fewer events received than sent is a warning', () => {
    const body = { events_received: 1, fbtrace_id: 'A1' };

    expect(readMetaAnswer({ status: 200, body }, 2)).toMatchObject({
      warning: 'events_received_mismatch',
      requestId: 'A1',
    });
  });
});

interface BatchCase {
  readonly platform: Platform;
  readonly events?: number;
  readonly expected_sizes?: readonly number[];
  readonly now?: string;
  readonly event_time?: string;
  readonly action_source?: 'website' | 'physical_store';
  readonly expected?: string;
}

const KINDS = {
  meta: 'meta-capi',
  google_ads: 'google-ads',
  google_data_manager: 'google-data-manager',
  tiktok: 'tiktok-events',
} as const;

describe('batches and age', () => {
  const cases = trackingCases<BatchCase>('batching_and_age');

  test.each(cases.filter(({ events }) => events !== undefined))('$id: $events events', (entry) => {
    const items = Array.from({ length: entry.events ?? 0 }, (_, index) => index);
    const batches = batchesOf(items, DESTINATION_KINDS[KINDS[entry.platform]].batchSize);

    expect(batches.map(({ length }) => length)).toEqual(entry.expected_sizes);
    expect(batches.flat()).toEqual(items);
  });

  const [order] = trackingCases<PayloadCase>('payload_meta');
  const aged = cases.filter(({ event_time: time }) => time !== undefined);

  test.each(aged)('$id: $event_time in $action_source', (entry) => {
    if (order === undefined) throw new Error('no order');
    const occurredAt = Date.parse(entry.event_time ?? '');
    const actionSource = entry.action_source ?? 'website';
    const conversion = { ...fixtureConversion(order.order), occurredAt, actionSource };
    const built = metaEvent(conversion, fixtureSettings(order.config), Date.parse(entry.now ?? ''));

    expect(built.issue ?? 'accept').toBe(entry.expected);
  });

  test('clocks may differ by a minute', () => {
    expect(ageIssue(60_000, 0, 7)).toBeUndefined();
    expect(ageIssue(60_001, 0, 7)).toBe('in_future');
  });

  test('a refused batch is halved, and a small one sent one by one', () => {
    const sizes = (count: number) =>
      splitBatch(Array.from({ length: count }, () => 0)).map(({ length }) => length);

    expect(sizes(1_000)).toEqual([500, 500]);
    expect(sizes(9)).toEqual([5, 4]);
    expect(sizes(8)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe('another try', () => {
  test('comes later each time, a day later at most', () => {
    const minutes = [1, 2, 3, 8, 12].map((attempts) => retryDelayMs(attempts) / 60_000);

    expect(minutes).toEqual([5, 10, 20, 640, 1_440]);
  });

  test('is not made once the platform has forgotten the id', () => {
    const hour = 3_600_000;

    expect(isResendable(undefined, 0, true)).toBe(true);
    expect(isResendable(0, 47 * hour, true)).toBe(true);
    expect(isResendable(0, 47 * hour + 1, true)).toBe(false);
    expect(isResendable(0, 500 * hour, false)).toBe(true);
  });
});
