import { expect, test } from 'vitest';
import { identifierKinds } from '../../../../tracking/outbox/identifiers.ts';
import { matchQuality } from '../../../../tracking/outbox/match-quality.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';

interface QualityCase {
  readonly events: readonly Readonly<Record<string, number>>[];
  readonly expected: Readonly<Record<string, number>>;
}

test.each(trackingCases<QualityCase>('match_quality'))('$id', ({ events, expected }) => {
  const counted = events.map((event) => ({
    events: 1,
    identifiers: Object.keys(event).filter((kind) => event[kind] === 1),
  }));

  expect(matchQuality(counted)).toMatchObject(expected);
});

test('the kinds of identifiers are known by the names that each platform gives them', () => {
  expect(identifierKinds({ user_data: { em: ['x'], fbc: 'y', ct: ['z'] } })).toBe(
    'em,address,click_id',
  );
  const userIdentifiers = [{ phoneNumber: 'x' }, { address: { postalCode: 'y' } }];
  expect(identifierKinds({ userData: { userIdentifiers } })).toBe('ph,address');
});
