import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../../cli/platform/log.ts';
import { createDirectory } from '../../support/command-line.ts';

const LARGE = `${'x'.repeat(10_000_000)}\n`;

async function logOnce(path: string, message: string): Promise<void> {
  const log = await openLog(join(path, 'cortex.log'), 'info');
  log.write('info', message);
  log.close();
}

test('a log that has become large is put aside when it is opened, in place of the one before', async () => {
  const directory = createDirectory({ 'cortex.log': LARGE, 'cortex.1.log': 'the one before' });

  await logOnce(directory.path, 'begun anew');
  await logOnce(directory.path, 'went on');

  expect(directory.read('cortex.1.log')).toBe(LARGE);
  expect(directory.read('cortex.log')).toMatch(/^[^\n]*begun anew[^\n]*\n[^\n]*went on[^\n]*\n$/);
  expect(readdirSync(directory.path).toSorted()).toEqual(['cortex.1.log', 'cortex.log']);
});

test('a log that is small is added to', async () => {
  const directory = createDirectory({ 'cortex.log': 'a line\n' });

  await logOnce(directory.path, 'went on');

  expect(directory.read('cortex.log')).toMatch(/^a line\n.*went on/);
  expect(readdirSync(directory.path)).toEqual(['cortex.log']);
});
