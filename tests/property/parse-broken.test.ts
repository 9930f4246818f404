import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseProject } from '../../cli/parse/parse-project.ts';
import { loadProject } from '../../cli/project/load-project.ts';
import { writeProject } from '../support/project-files.ts';

const PROJECT = `name: shop
client: { name: Loja, timezone: America/Sao_Paulo }
targets:
  dev: { type: local, threads: 2 }
vars: { a: 1 }
models:
  staging: { +materialized: table }
on-run-start: ["select 1"]
`;

const PROPERTIES = `models:
  - name: m
    description: "{{doc 'x'}}"
    columns:
      - name: id
        data_tests: [unique, { accepted_values: { arguments: { values: [1, 2] } } }]
    versions: [{ v: 1 }, { v: 2 }]
sources:
  - name: s
    freshness: { warn_after: { count: 1, period: hour } }
    tables: [{ name: t }]
unit_tests: [{ name: u, model: m, given: [], expect: { rows: [] } }]
`;

const scrap = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '\n',
  '\t',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: *a',
  '? ',
  '!!x ',
  '{{',
  '}}',
  '${X}',
  'null',
  '#',
  '\u0000',
  '~',
  '%',
  '- - -',
);

/** A text with pieces cut out, doubled or put in. */
const damaged = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(12), scrap), { minLength: 1, maxLength: 4 })
    .map((damages) =>
      damages.reduce(
        (whole, [at, length, piece]) => whole.slice(0, at) + piece + whole.slice(at + length),
        text,
      ),
    );

test('a damaged project gives diagnostics with places, never a throw', async () => {
  await fc.assert(
    fc.asyncProperty(damaged(PROJECT), damaged(PROPERTIES), async (project, properties) => {
      const directory = writeProject({
        'cortex_project.yml': project,
        'models/_m.yml': properties,
        'models/m_v1.sql': 'select 1',
      });

      const { value, diagnostics } = await loadProject({
        projectDir: directory,
        environment: {},
        usesCache: false,
      });
      const all = value === undefined ? diagnostics : parseProject(value).diagnostics;

      if (value === undefined) expect(all).not.toEqual([]);
      expect(all.filter(({ labels }) => labels.length === 0)).toEqual([]);
      rmSync(directory, { recursive: true, force: true });
    }),
    { numRuns: 400 },
  );
});

test('anchors that multiply without end, and values nested without end, are refused', async () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x]'];
  for (const [index, name] of Array.from('bcdefgh').entries()) {
    const before = 'abcdefgh'[index];
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
  }
  for (const text of [
    bomb.join('\n'),
    `models: ${'['.repeat(5000)}`,
    `models: ${'['.repeat(300)}${']'.repeat(300)}`,
  ]) {
    const directory = writeProject({ 'models/_m.yml': text });
    const { value } = await loadProject({
      projectDir: directory,
      environment: {},
      usesCache: false,
    });

    const codes =
      value === undefined ? [] : parseProject(value).diagnostics.map(({ code }) => code);

    expect(codes).toEqual(['CX1103']);
  }
});
