import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshnessStatus, isChecked } from '../../../../cli/commands/freshness/freshness-status.ts';
import type { FreshnessThreshold } from '../../../../cli/manifest/node-config.ts';

interface Case {
  readonly warn_after: FreshnessThreshold | null;
  readonly error_after: FreshnessThreshold | null;
  readonly age_seconds: number;
  readonly status: 'pass' | 'warn' | 'error' | 'not checked';
}

const fixture = join(import.meta.dirname, '../../../fixtures/transform/freshness.json');
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly cases: readonly Case[] };

test.each(cases)(
  'warn after $warn_after, error after $error_after: $age_seconds s is $status',
  (one) => {
    const freshness = {
      ...(one.warn_after === null ? {} : { warnAfter: one.warn_after }),
      ...(one.error_after === null ? {} : { errorAfter: one.error_after }),
    };

    const status = isChecked(freshness)
      ? freshnessStatus(one.age_seconds * 1000, freshness)
      : 'not checked';

    expect(status).toBe(one.status);
  },
);

test('an empty table is infinitely old', () => {
  const day = { count: 1, period: 'day' } as const;

  expect(freshnessStatus(Infinity, { warnAfter: day })).toBe('warn');
  expect(freshnessStatus(Infinity, { warnAfter: day, errorAfter: day })).toBe('error');
});
