import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CODES } from '../../cli/kernel/codes.ts';
import { errorsPage } from '../../docs/pages/errors-page.ts';

const root = resolve(import.meta.dirname, '../..');

/** The first two digits of a code by the file that may define it. */
const RANGES: Readonly<Record<string, RegExp>> = {
  'command-line': /^CX1[01]/,
  template: /^CX20/,
  references: /^CX21/,
  graph: /^CX30/,
  sql: /^CX31/,
  plan: /^CX40/,
  materialize: /^CX40/,
  database: /^CX5[01]/,
  tests: /^CX60/,
  connectors: /^CX70/,
  'raw-tables': /^CX71/,
  platforms: /^CX72/,
  'tracking-plan': /^CX82/,
  conversions: /^CX75/,
  alerts: /^CX76/,
  pipelines: /^CX77/,
  privacy: /^CX79/,
  internal: /^CX90/,
};

function testTexts(): string {
  const folder = join(root, 'tests');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test\.ts|snap|json|txt)$/.test(name) && !name.startsWith('architecture'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

test('no slug is used twice', () => {
  const slugs = Object.values(CODES).map(({ slug }) => slug);

  expect(slugs.filter((slug, index) => slugs.indexOf(slug) !== index)).toEqual([]);
});

test('no code is defined in two areas, and each stands in its range', () => {
  const folder = join(root, 'cli/kernel/codes');
  const defined = readdirSync(folder).flatMap((file) => {
    const area = file.replace('.ts', '');
    const codes = [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}(CX\d{4}):/gm)].map(
      ([, code = '']) => code,
    );
    return codes.map((code) => ({ area, code }));
  });

  expect(defined.map(({ code }) => code).toSorted()).toEqual(Object.keys(CODES).toSorted());
  expect(defined.filter(({ area, code }) => RANGES[area]?.test(code) !== true)).toEqual([]);
});

test('every code is shown by a test', () => {
  const texts = testTexts();

  expect(Object.keys(CODES).filter((code) => !texts.includes(code))).toEqual([]);
});

test('titles are one line without a full stop, explanations are whole sentences', () => {
  const wrong = Object.entries(CODES).filter(
    ([, { title, explain, slug }]) =>
      /[.\n]$/.test(title) || !/[.`)]$/.test(explain) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug),
  );

  expect(wrong.map(([code]) => code)).toEqual([]);
});

test('docs/errors.md is what the codes say (`npm run docs` writes it)', () => {
  expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(errorsPage());
});
