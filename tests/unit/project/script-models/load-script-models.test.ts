import { expect, test } from 'vitest';
import type { ModelNode } from '../../../../cli/manifest/node.ts';
import { positionAt } from '../../../../cli/kernel/span.ts';
import type { Files } from '../../../support/project-files.ts';
import { load, loaded, parsed } from '../../../support/project-files.ts';

/** A model whose rows are written by `body`, with what stands above it in the file. */
function script(body: string, above = ''): string {
  return `import { model, ref } from 'cortex-analytics/model';
${above}
export default model({
  inputs: { a: ref('a', { columns: { id: 'bigint' }, orderBy: ['id'] }) },
  vars: { as_of: 'text?' },
  columns: { id: 'bigint' },
  async *rows({ inputs, vars }) {
    ${body}
  },
});
`;
}

/** The single mistake of a project: `models/b.ts:2:5 what is wrong`. */
async function mistake(files: Files): Promise<string> {
  const all: Files = { 'models/a.sql': 'select 1 as id', ...files };
  const { diagnostics } = await load(all);
  expect(diagnostics.map(({ code }) => code)).toEqual(['CX1141']);
  const span = diagnostics[0]?.labels[0]?.span;
  const { line, column } = positionAt(all[span?.file ?? ''] ?? '', span?.start ?? 0);
  return `${span?.file}:${line}:${column} ${diagnostics[0]?.notes.join('; ')}`;
}

/** What the first row of a model is, or what its code throws, with the place of it. */
async function firstRow(files: Files): Promise<unknown> {
  const { scriptModels } = await loaded({ 'models/a.sql': 'select 1 as id', ...files });
  const model = scriptModels.get('models/b.ts');
  const rows = model?.rows({ inputs: {}, vars: {} }) as AsyncIterable<unknown>;
  try {
    for await (const row of rows) return row;
  } catch (error) {
    const span = model?.placeOf(error);
    const { line, column } = positionAt(files[span?.file ?? ''] ?? '', span?.start ?? 0);
    return `${span?.file}:${line}:${column} ${(error as Error).message}`;
  }
  return undefined;
}

async function nodeOf(files: Files, name = 'b'): Promise<ModelNode> {
  const { value } = await parsed({ 'models/a.sql': 'select 1 as id', ...files });
  return value.nodes.get(`model.shop.${name}`) as ModelNode;
}

test('a model is a node with its inputs, columns and configuration', async () => {
  const node = await nodeOf({ 'models/b.ts': script('yield { id: 1 };') });

  expect(node.dependsOn).toEqual(['model.shop.a']);
  expect(node.language).toBe('typescript');
  expect(node.config).toMatchObject({ materialized: 'table', column_types: { id: 'bigint' } });
  expect(node.script?.vars).toEqual({ as_of: 'text?' });
  expect(node.script?.inputs).toMatchObject([
    { name: 'a', orderBy: [{ column: 'id', asBytes: false }] },
  ]);
});

test('code may call things of its own as JavaScript calls its globals', async () => {
  const above = 'const Map = 40; function isNaN(number: number) { return number + 2; }';
  const row = await firstRow({
    'models/b.ts': script('yield { id: isNaN(Map) + Math.max(0, 1) };', above),
  });

  expect(row).toEqual({ id: 43 });
});

test('code sees no process, environment, files, network, timers, time or chance', async () => {
  const reached = `[
    typeof process, typeof require, typeof fetch, typeof setTimeout, typeof Buffer, typeof console,
    typeof Math.random, typeof globalThis.process,
  ].join()`;
  expect(await firstRow({ 'models/b.ts': script(`yield { id: ${reached} };`) })).toEqual({
    id: Array.from({ length: 8 }, () => 'undefined').join(),
  });
  expect(await firstRow({ 'models/b.ts': script('yield { id: Date.now() };') })).toBe(
    'models/b.ts:8:22 a model does not know the time: declare a variable such as `as_of`',
  );
  expect(await firstRow({ 'models/b.ts': script('yield { id: new Date() };') })).toContain(
    'models/b.ts:8:17 a model does not know the time',
  );
  expect(
    await firstRow({ 'models/b.ts': script("yield { id: new Date('2026-01-02').getTime() };") }),
  ).toEqual({ id: 1767312000000 });
  expect(await firstRow({ 'models/b.ts': script("yield { id: eval('1') };") })).toContain(
    'models/b.ts:8:17 Code generation from strings disallowed',
  );
});

test('shared files are imported by every form, and are no models', async () => {
  const files = {
    'models/b.ts': script(
      'yield { id: [one, deux, all.three(), three(), base(1)].join() };',
      `import base, {
  one,
  two as deux,
  type Three,
} from './_shared/numbers.ts';
import * as all from './_shared/numbers.ts';
import { three } from './_shared/more.mjs';`,
    ),
    'models/_shared/numbers.ts': `export type Three = 3;
export const one: number = 1;
const second = 2;
export { second as two };
export function three(): Three {
  return 3;
}
export default (by: number) => by * 10;
`,
    'models/_shared/more.mjs': `export { three };
function three() { return 33; }`,
  };
  expect(await firstRow(files)).toEqual({ id: '1,2,3,33,10' });
  expect((await nodeOf(files)).id).toBe('model.shop.b');
});

test('an error keeps its place below an import of several lines', async () => {
  const above = `import {\n  one,\n} from './_numbers.ts';\ninterface Nothing {\n  readonly a?: 1;\n}`;
  const files = {
    'models/b.ts': script("if (one > 0) throw new RangeError('no');", above),
    'models/_numbers.ts': 'export const one = 1;\n',
  };
  expect(await firstRow(files)).toBe('models/b.ts:13:24 no');
});

test('the checksum of a model follows what it imports, whatever imports that', async () => {
  const files = (depth: string): Files => ({
    'models/b.ts': script('yield { id: one };', "import { one } from './_one.ts';"),
    'models/_one.ts': "import { depth } from './_depth.ts';\nexport const one = depth;\n",
    'models/_depth.ts': depth,
    'models/_other.ts': `export const other = '${depth.length}';`,
  });
  const { checksum } = await nodeOf(files('export const depth = 1;'));

  expect((await nodeOf(files('export const depth = 1;'))).checksum).toBe(checksum);
  expect((await nodeOf(files('export const depth = 2;'))).checksum).not.toBe(checksum);
});

test.each([
  ["import { readFileSync } from 'node:fs';", 'models/b.ts:2:'],
  ["import { one } from './a.ts';", '`./a.ts` is no shared file'],
  ["import { one } from './_missing.ts';", '`./_missing.ts` is no shared file'],
  ["const fs = import('node:fs');", 'models/b.ts:2:12 `import` is written at the top'],
  ["export * from './_missing.ts';", 'models/b.ts:2:1 a module exports only'],
  ['const broken: = 1;', 'models/b.ts:2:15'],
  ["throw new Error('at once');", 'models/b.ts:2:7 at once'],
])('`%s` is refused with its place', async (above, complaint) => {
  expect(await mistake({ 'models/b.ts': script('yield { id: 1 };', above) })).toContain(complaint);
});

test.each([
  ['export const a = 1;', 'it has no default export'],
  [
    'export default { inputs: {}, columns: {}, rows() {} };',
    'at `columns`: name at least one column',
  ],
  ["export default { inputs: {}, columns: { a: 'int' } };", 'at `rows`: write a function'],
  ["export default { inputs: {}, columns: { a: 'int' }, rows() {}, row: 1 };", 'row'],
  [
    "import { ref } from 'cortex-analytics/model';\nexport default { inputs: { a: ref('a', { columns: { x: 'integer' } }) }, columns: { a: 'int' }, rows() {} };",
    '`inputs.a.options.columns.x`',
  ],
  [
    "import { ref } from 'cortex-analytics/model';\nexport default { inputs: { a: ref('a', { columns: { x: 'text' }, orderBy: ['y'] }) }, columns: { a: 'int' }, rows() {} };",
    'names `y`, which is not among `columns`',
  ],
])('the definition `%s` is refused', async (text, complaint) => {
  expect(await mistake({ 'models/b.ts': text })).toContain(complaint);
});

test('an unknown ref is reported at its call', async () => {
  const text = script('yield { id: 1 };').replace("ref('a'", "ref('z'");
  const { diagnostics } = await parsed({ 'models/a.sql': 'select 1 as id', 'models/b.ts': text });

  expect(diagnostics.map(({ code }) => code)).toEqual(['CX2101']);
  const { line, column } = positionAt(text, diagnostics[0]?.labels[0]?.span.start ?? 0);
  expect([line, column]).toEqual([4, 16]);
});

test('a model is a table, whatever its folder says, and cannot be configured otherwise', async () => {
  const node = await nodeOf({
    'cortex_project.yml': 'name: shop\nmodels: { shop: { +materialized: view } }\n',
    'models/b.ts': script('yield { id: 1 };'),
  });
  const { diagnostics } = await parsed({
    'models/a.sql': 'select 1 as id',
    'models/b.ts': script('yield { id: 1 };').replace(
      "columns: { id: 'bigint' },\n  async",
      "columns: { id: 'bigint' },\n  config: { materialized: 'view' },\n  async",
    ),
  });

  expect(node.config.materialized).toBe('table');
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'the TypeScript model `b` is configured as `view`, and can only be a table',
  ]);
});
