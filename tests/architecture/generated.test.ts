import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandsPage } from '../../docs/pages/commands-page.ts';

const root = resolve(import.meta.dirname, '../..');

test('docs/cli.md is what the tables of commands and flags say (`npm run docs` writes it)', () => {
  expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(commandsPage());
});
