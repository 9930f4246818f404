import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { packManifest } from '../../docs/pack/pack-manifest.ts';
import { commandsPage } from '../../docs/pages/commands-page.ts';
import { dataDictionaryPages } from '../../docs/pages/data-dictionary-page.ts';
import { platformPages } from '../../docs/pages/platform-page.ts';
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

test.each(Object.entries(platformPages()))(
  'docs/%s is what the platform declares',
  (path, text) => {
    expect(readFileSync(join(root, 'docs', path), 'utf8')).toBe(text);
  },
);

test.each(Object.entries(dataDictionaryPages(await packManifest())))(
  'docs/%s is what the models of the pack say',
  (path, text) => {
    expect(readFileSync(join(root, 'docs', path), 'utf8')).toBe(text);
  },
);
