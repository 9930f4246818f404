import { describe, expect, test } from 'vitest';
import { facebookClickId } from '../../../../tracking/conversion/click-id.ts';
import type { ConsentPolicy } from '../../../../tracking/conversion/consent.ts';
import { decideConsent } from '../../../../tracking/conversion/consent.ts';
import { centsText, cents } from '../../../../tracking/conversion/money.ts';
import {
  epochSeconds,
  googleAdsTime,
  instantMs,
  rfc3339,
} from '../../../../tracking/conversion/time.ts';
import { dataManagerConsent } from '../../../../tracking/google-data-manager/payload.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';
import { FIXTURE_NOW, fixtureConsent } from '../../../support/tracking-order.ts';

interface TimeCase {
  readonly input: string;
  readonly store_timezone: string;
  readonly assume_timezone: string;
  readonly epoch_seconds: number;
  readonly rfc3339: string;
  readonly google_ads: string;
}

test.each(trackingCases<TimeCase>('time_formats'))(
  '$id: $input as each platform writes it',
  (entry) => {
    const ms = instantMs(entry.input, entry.assume_timezone) ?? Number.NaN;

    expect(epochSeconds(ms)).toBe(entry.epoch_seconds);
    expect(rfc3339(ms)).toBe(entry.rfc3339);
    expect(googleAdsTime(ms, entry.store_timezone)).toBe(entry.google_ads);
  },
);

test('a summer time of the past has its own offset, and nonsense is no time', () => {
  expect(googleAdsTime(Date.parse('2018-12-01T12:00:00Z'), 'America/Sao_Paulo')).toBe(
    '2018-12-01 10:00:00-02:00',
  );
  expect(instantMs('yesterday', 'UTC')).toBeUndefined();
  expect(instantMs('2026-13-40 00:00:00', 'UTC')).toBeUndefined();
  expect(instantMs('2026-02-30 12:00:00', 'UTC')).toBeUndefined();
  expect(instantMs('2026-02-28 24:00:00', 'UTC')).toBeUndefined();
});

interface ClickCase {
  readonly input: {
    readonly fbc_cookie: string | null;
    readonly fbclid: string | null;
    readonly clicked_at: string | null;
  };
  readonly expected: string | null;
}

describe('the click id of Meta', () => {
  test.each(trackingCases<ClickCase>('fbc'))('$id', ({ input, expected }) => {
    const clickedAt = input.clicked_at === null ? undefined : Date.parse(input.clicked_at);
    const found = facebookClickId({ cookie: input.fbc_cookie, fbclid: input.fbclid, clickedAt });

    expect(found ?? null).toBe(expected);
  });

  const cookie = 'fb.1.1794994200000.Old';

  test('another click after the cookie replaces it; the same one and an older one do not', () => {
    const newer = { cookie, fbclid: 'New', clickedAt: 1_794_994_200_001 };

    expect(facebookClickId(newer)).toBe('fb.1.1794994200001.New');
    expect(facebookClickId({ ...newer, fbclid: 'Old' })).toBe(cookie);
    expect(facebookClickId({ ...newer, clickedAt: 1 })).toBe(cookie);
  });

  test('a damaged cookie is no click id, one with an appendix is', () => {
    const none = { fbclid: undefined, clickedAt: undefined };

    expect(facebookClickId({ ...none, cookie: 'fb.1.x' })).toBeUndefined();
    expect(facebookClickId({ ...none, cookie: `${cookie}.AQABAgMB` })).toBe(`${cookie}.AQABAgMB`);
  });
});

interface ConsentCase {
  readonly policy: ConsentPolicy;
  readonly consent: Readonly<Record<string, string>>;
  readonly expected: Readonly<
    Record<
      'meta' | 'tiktok' | 'google',
      {
        readonly send: boolean;
        readonly reason?: string;
        readonly google_dm?: object;
        readonly google_ads?: { readonly adUserData?: string };
      }
    >
  >;
}

describe('consent', () => {
  const cases = trackingCases<ConsentCase>('consent_gating');
  const perPlatform = cases.flatMap((entry) =>
    (['meta', 'tiktok', 'google'] as const).map((platform) => ({ ...entry, platform })),
  );

  test.each(perPlatform)('$id for $platform', ({ policy, consent, expected, platform }) => {
    const scope = platform === 'google' ? 'google' : 'marketing';
    const decision = decideConsent(fixtureConsent(consent), { policy, scope, now: FIXTURE_NOW });

    expect(decision.isAllowed).toBe(expected[platform].send);
    expect(decision.isAllowed ? undefined : decision.reason).toBe(expected[platform].reason);
    if (!decision.isAllowed || platform !== 'google') return;
    expect(dataManagerConsent(decision.states)).toEqual(expected.google.google_dm);
    const adUserData = expected.google.google_ads?.adUserData?.toLowerCase() ?? 'unknown';
    expect(decision.states.adUserData).toBe(adUserData);
  });

  test.each([
    [{ revoked_at: '2026-11-20T00:00:00Z' }, 'consent_revoked'],
    [{ revoked_at: '2026-11-24T00:00:00Z' }, undefined],
    [{ revoked_at: '2026-11-20T00:00:00Z', regranted_at: '2026-11-21T00:00:00Z' }, undefined],
    [
      { revoked_at: '2026-11-22T00:00:00Z', regranted_at: '2026-11-21T00:00:00Z' },
      'consent_revoked',
    ],
  ])('what was said last before sending rules: %j is %s', (words, reason) => {
    const granted = {
      marketing: 'granted',
      ad_user_data: 'granted',
      recorded_at: '2026-11-18T00:00:00Z',
    };
    const decision = decideConsent(fixtureConsent({ ...granted, ...words }), {
      policy: 'legitimate_interest',
      scope: 'marketing',
      now: FIXTURE_NOW,
    });

    expect(decision.isAllowed ? undefined : decision.reason).toBe(reason);
  });
});

test.each([
  ['449.70', '449.70'],
  ['0', '0.00'],
  ['1.005', '1.01'],
  ['-1.005', '-1.01'],
  ['9007199254740993.11', '9007199254740993.11'],
])('%s is %s to the cent', (written, text) => {
  const found = cents(written);

  expect(found === undefined ? undefined : centsText(found)).toBe(text);
});

test.each([
  '2026-11-20 17:32',
  '1987-02-28T00:00:59',
  '2024-02-29 23:59:59.999',
  '2026-01-01 00:00:00.123456789',
])('the time %s without an offset is the same in UTC as with one', (written) => {
  expect(instantMs(written, 'UTC')).toBe(instantMs(`${written}Z`, 'America/Sao_Paulo'));
});
