import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { YamlEntry, YamlMap, YamlValue } from '../yaml.ts';
import { entryOf, plainValue, valueOf } from '../yaml.ts';
import type { Range, RawConfig, TestDeclaration } from './declarations.ts';
import { argumentsTwice, testsTwice, testWithoutName } from './messages.ts';

/** The file that is read, and what was found wrong with it. */
export interface Reading {
  readonly file: string;
  readonly diagnostics: Diagnostic[];
}

/** Configs that may stand beside the arguments of a test, as dbt allows. */
const TEST_CONFIG_KEYS: ReadonlySet<string> = new Set([
  'enabled',
  'severity',
  'tags',
  'meta',
  'warn_if',
  'error_if',
  'fail_calc',
  'where',
  'limit',
  'store_failures',
  'store_failures_as',
  'schema',
  'database',
  'alias',
  'group',
]);

/** The tests that an entry lists under `data_tests` or `tests`. */
export function readTests(
  node: YamlMap,
  column: string | undefined,
  reading: Reading,
): readonly TestDeclaration[] {
  const current = entryOf(node, 'data_tests');
  const legacy = entryOf(node, 'tests');
  if (current !== undefined && legacy !== undefined) {
    reading.diagnostics.push(
      testsTwice({ file: reading.file, start: legacy.keyStart, end: legacy.keyEnd }),
    );
  }
  const list = (current ?? legacy)?.value;
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item) => {
    const test = readTest(item, column, reading);
    return test === undefined ? [] : [test];
  });
}

function readTest(
  item: YamlValue,
  column: string | undefined,
  reading: Reading,
): TestDeclaration | undefined {
  if (item.kind === 'scalar') {
    return declarationOf(
      String(item.value),
      { entries: [], range: [item.start, item.end], column },
      reading,
    );
  }
  if (item.kind !== 'map') return undefined;
  const explicit = valueOf(item, 'test_name');
  if (explicit?.kind === 'scalar') {
    const entries = item.entries.filter(({ key }) => key !== 'test_name');
    return declarationOf(
      String(explicit.value),
      { entries, range: [item.start, item.end], column },
      reading,
    );
  }
  const [only, ...others] = item.entries;
  if (only === undefined || others.length > 0) {
    reading.diagnostics.push(
      testWithoutName({ file: reading.file, start: item.start, end: item.end }),
    );
    return undefined;
  }
  const entries = only.value.kind === 'map' ? only.value.entries : [];
  return declarationOf(only.key, { entries, range: [only.keyStart, only.keyEnd], column }, reading);
}

interface TestParts {
  readonly entries: readonly YamlEntry[];
  readonly range: Range;
  readonly column: string | undefined;
}

function declarationOf(written: string, parts: TestParts, reading: Reading): TestDeclaration {
  const dot = written.indexOf('.');
  const namespace = dot < 0 ? undefined : written.slice(0, dot);
  const config: Record<string, unknown> = {};
  const beside: Record<string, unknown> = {};
  const texts: Record<string, string> = {};
  let nested: RawConfig | undefined;
  for (const { key, value } of parts.entries) {
    const plain = plainValue(value);
    if (key === 'arguments' && value.kind === 'map') nested = plain as RawConfig;
    else if (key === 'config') Object.assign(config, plain);
    else if (key === 'name' || key === 'description') texts[key] = textOf(value);
    else if (TEST_CONFIG_KEYS.has(key)) config[key] ??= plain;
    else beside[key] = plain;
  }
  if (nested !== undefined && Object.keys(beside).length > 0) {
    const [start, end] = parts.range;
    reading.diagnostics.push(
      argumentsTwice(written, Object.keys(beside), { file: reading.file, start, end }),
    );
  }
  const columnArgument = parts.column === undefined ? {} : { column_name: parts.column };
  return {
    name: written.slice(dot + 1),
    ...(namespace === undefined ? {} : { namespace }),
    arguments: { ...columnArgument, ...beside, ...nested },
    config,
    ...(texts['name'] === undefined || texts['name'] === '' ? {} : { customName: texts['name'] }),
    description: texts['description'] ?? '',
    ...(parts.column === undefined ? {} : { column: parts.column }),
    range: parts.range,
  };
}

function textOf(node: YamlValue): string {
  return node.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}
