import { expect, test } from 'vitest';
import {
  accountChanged,
  accountDiffers,
  manyRejects,
  platformNotice,
  readFailed,
  valuesDoNotFit,
  clockDiffers,
} from '../../../../connectors/runner/messages.ts';
import type { FailedOutcome } from '../../../../connectors/sdk/read-failure.ts';

const PLACE = { platform: 'tray', accountId: '7', stream: 'orders' };

const failures: readonly (readonly [string, FailedOutcome])[] = [
  ['CX7201', { action: 'fatal', kind: 'auth', reason: 'the token was withdrawn' }],
  ['CX7202', { action: 'fatal', kind: 'permission', reason: 'read_orders is missing' }],
  ['CX7203', { action: 'fatal', kind: 'account', reason: 'there is no such store' }],
  ['CX7203', { action: 'skip_account', reason: 'the store is suspended' }],
  ['CX7204', { action: 'retry', reason: 'HTTP 503, 6 times' }],
  ['CX7205', { action: 'fatal', kind: 'query', reason: 'no such field' }],
  ['CX7206', { action: 'fatal', kind: 'version', reason: 'v1 has ended' }],
  ['CX7207', { action: 'split_request', reason: 'reduce the amount of data' }],
  ['CX7208', { action: 'stop_until_reset', reason: 'daily limit', waitMs: 90_000 }],
];

test.each(failures)('%s: %j', (code, outcome) => {
  const found = readFailed(outcome, PLACE, { from: '2026-10-01', to: '2026-10-02' });

  expect(found).toMatchObject({
    code,
    message: `\`tray.orders\` of account \`7\` cannot be read: ${outcome.reason}`,
    notes: [
      'the window from 2026-10-01 to 2026-10-02 was not read',
      'what was read before stays in the tables',
    ],
  });
  expect(found.hint).toBeTruthy();
});

test('a limit says when to come back', () => {
  const outcome = { action: 'stop_until_reset', reason: 'daily limit', waitMs: 90_000 } as const;

  expect(readFailed(outcome, PLACE).hint).toBe(
    'run the same command in 2 minutes: it goes on where this one ended',
  );
});

test('an account that changed says what it was and what it is', () => {
  const found = accountChanged(
    { platform: 'tray', accountId: '7' },
    { currency: 'BRL', timeZone: 'America/Sao_Paulo' },
    { currency: 'USD', timeZone: 'America/Sao_Paulo' },
  );

  expect(found).toMatchObject({
    code: 'CX7209',
    message: '`tray` of account `7` now has the currency `USD`',
    notes: ['what was read before has the currency `BRL`', 'nothing of the account was read'],
  });
});

test('an account that differs from the client says in what', () => {
  const found = accountDiffers(
    { platform: 'tray', accountId: '7' },
    { currency: 'BRL', timeZone: 'America/Sao_Paulo' },
    { currency: 'USD', timeZone: 'America/New_York' },
  );

  expect(found).toMatchObject({
    code: 'CX7210',
    severity: 'warning',
    message: '`tray` of account `7` has the currency `USD` and the time zone `America/New_York`',
  });
});

test('records without a key, values that do not fit and notices are counted and placed', () => {
  expect(manyRejects(PLACE, 20, 40)).toMatchObject({
    code: 'CX7211',
    message: '`tray.orders` of account `7`: 20 of 40 records have no key',
  });
  expect(valuesDoNotFit(PLACE, { misfits: 2, rejected: 1 })).toMatchObject({
    code: 'CX7212',
    message: '`tray.orders` of account `7`: 2 values did not fit, and 1 record had no key',
  });
  expect(platformNotice(PLACE, 'rows were sampled')).toMatchObject({
    code: 'CX7213',
    message: '`tray.orders` of account `7`: rows were sampled',
  });
});

test.each([
  [7 * 60_000, '7 minutes ahead of'],
  [-5 * 3_600_000, '5 hours behind'],
  [55 * 86_400_000, '55 days ahead of'],
])('a clock that differs by %d ms is said to be %s', (aheadMs, words) => {
  expect(clockDiffers(PLACE, aheadMs).message).toBe(
    `this machine’s clock is ${words} that of \`tray.orders\` of account \`7\``,
  );
});
