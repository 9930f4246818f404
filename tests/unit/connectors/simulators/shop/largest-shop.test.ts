import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { LargestShopDay } from '../../../../support/child-largest-shop.ts';

const CHILD = fileURLToPath(new URL('../../../../support/child-largest-shop.ts', import.meta.url));
/** A day's sessions as records take six times as much, and would end the process. */
const HEAP_MB = 128;

test('a day of the largest shop is reported and exported in bounded memory', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${HEAP_MB}`,
    '--import',
    'tsx',
    CHILD,
  ]);

  const { sessions, pageViews, purchases, exported, middle } = JSON.parse(stdout) as LargestShopDay;
  expect(sessions).toBeGreaterThan(400_000);
  expect(exported).toBe(sessions + pageViews + purchases);
  expect(middle).toHaveLength(4000);
  expect(middle).toEqual(middle.toSorted((left, right) => left - right));
}, 120_000);
