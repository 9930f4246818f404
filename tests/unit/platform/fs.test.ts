import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTexts } from '../../../cli/platform/fs.ts';
import { createDirectory } from '../../support/command-line.ts';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

test('a file that holds its text already is not written again', () => {
  const directory = createDirectory();
  const path = join(directory.path, 'compiled/orders.sql');
  writeTexts([[path, 'select 1 as preço\n']]);
  utimesSync(path, LONG_AGO, LONG_AGO);

  writeTexts([[path, 'select 1 as preço\n']]);

  expect(statSync(path).mtime).toEqual(LONG_AGO);
});

test('a file of the same size and another text is replaced', () => {
  const directory = createDirectory();
  const path = join(directory.path, 'compiled/orders.sql');
  writeTexts([[path, 'select 1\n']]);

  writeTexts([[path, 'select 2\n']]);

  expect(directory.read('compiled/orders.sql')).toBe('select 2\n');
});
