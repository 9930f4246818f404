import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandsPage } from '../../docs/pages/commands-page.ts';
import { metaAds } from '../../connectors/meta-ads/platform.ts';
import { tiktokAds } from '../../connectors/tiktok-ads/platform.ts';
import { platformPage } from '../../docs/pages/platform-page.ts';
import { macroLibraryPage } from '../../docs/pages/macro-library-page.ts';
import { testLibraryPage } from '../../docs/pages/test-library-page.ts';

const root = resolve(import.meta.dirname, '../..');

test('docs/cli.md is what the tables of commands and flags say (`npm run docs` writes it)', () => {
  expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(commandsPage());
});

test('docs/macro-library.md is what the shipped macros say and become', () => {
  expect(readFileSync(join(root, 'docs/macro-library.md'), 'utf8')).toBe(macroLibraryPage());
});

test('docs/test-library.md is what the built-in tests declare', () => {
  expect(readFileSync(join(root, 'docs/test-library.md'), 'utf8')).toBe(testLibraryPage());
});

test('docs/connectors/tables are what the platforms declare', () => {
  const table = (name: string) =>
    readFileSync(join(root, 'docs/connectors/tables', `${name}.md`), 'utf8');

  expect(table('meta-ads')).toBe(platformPage(metaAds));
  expect(table('tiktok-ads')).toBe(platformPage(tiktokAds));
});
