import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const tests = resolve(import.meta.dirname, '../..');

/** Paths of files below a folder, with slashes. */
function filesOf(folder: string): string[] {
  return readdirSync(join(tests, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tests.length + folder.length + 2));
}

const suites = filesOf('integration/pack').map((path) =>
  readFileSync(join(tests, 'integration/pack', path), 'utf8'),
);

test('every worked example goes through the tables of the pack', () => {
  const examples = filesOf('fixtures/analytics').filter((path) => path !== 'README.md');

  expect(examples.length).toBeGreaterThan(15);
  const unread = examples.filter((path) => !suites.some((text) => text.includes(`'${path}'`)));
  expect(unread).toEqual([]);
});

test('whoever opens a worked example looks at every case of it', () => {
  const openers = suites.filter((text) => /analytics(?:Fixture|Rows)[<(]/.test(text));

  expect(openers.length).toBeGreaterThan(5);
  const careless = openers.filter((text) => !text.includes('expect(unreadCases('));
  expect(careless).toEqual([]);
});
