import { CortexError } from '../kernel/errors.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { didYouMean } from '../kernel/suggest.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { InferredColumn } from './infer-columns.ts';
import { asList } from './keys.ts';
import { normalizeType } from './infer-columns.ts';

const PLAIN_COLUMN = /^[\p{L}\p{N}_$]+$/u;

/**
 * Compares the columns that the configuration names with those that the query gives, before anything
 * is written. Throws CX4020 for a name the query lacks and CX4021 for a broken contract.
 */
export function checkColumns(node: ModelNode, inferred: readonly InferredColumn[]): void {
  const names = inferred.map((column) => column.name);
  const known = new Set(names.map((name) => name.toLowerCase()));
  const problems: Diagnostic[] = [];
  for (const { setting, column } of namedColumns(node)) {
    if (!known.has(column.toLowerCase()))
      problems.push(missingColumn(node, setting, column, names));
  }
  if (node.config.contract?.enforced === true) problems.push(...contractProblems(node, inferred));
  if (problems.length > 0) throw new CortexError(problems);
}

function namedColumns(node: ModelNode): { setting: string; column: string }[] {
  const { config } = node;
  const of = (setting: string, columns: readonly string[]) =>
    columns.map((column) => ({ setting, column }));
  const indexed = (config.indexes ?? []).flatMap((index) =>
    index.columns
      .map((column) => column.replace(/\s*\(\d+\)\s*$|\s+(asc|desc)$/i, ''))
      .filter((column) => PLAIN_COLUMN.test(column)),
  );
  return [
    ...of('primary_key', asList(config.primary_key)),
    ...of('unique_key', config.materialized === 'incremental' ? asList(config.unique_key) : []),
    ...of('indexes', indexed),
    ...of('column_types', Object.keys(config.column_types ?? {})),
    ...of('merge_update_columns', config.merge_update_columns ?? []),
    ...of('merge_exclude_columns', config.merge_exclude_columns ?? []),
  ];
}

function missingColumn(
  node: ModelNode,
  setting: string,
  column: string,
  names: readonly string[],
): Diagnostic {
  return diagnostic(
    'CX4020',
    `\`${setting}\` of \`${node.name}\` names \`${column}\`, which its query does not return`,
    {
      span: node.span,
      node: node.id,
      hint:
        didYouMean(column, names) ??
        `the query returns ${names.map((name) => `\`${name}\``).join(', ')}`,
    },
  );
}

function contractProblems(node: ModelNode, inferred: readonly InferredColumn[]): Diagnostic[] {
  const actual = new Map(inferred.map((column) => [column.name.toLowerCase(), column]));
  const declared = new Map(node.columns.map((column) => [column.name.toLowerCase(), column]));
  const notes: string[] = [];
  for (const [key, column] of declared) {
    const found = actual.get(key);
    if (found === undefined)
      notes.push(`\`${column.name}\` is declared but the query does not return it`);
    else if (column.dataType !== undefined && !sameFamily(column.dataType, found.type)) {
      notes.push(
        `\`${column.name}\` is declared \`${column.dataType}\` but the query gives \`${found.type}\``,
      );
    }
  }
  for (const [key, column] of actual) {
    if (!declared.has(key))
      notes.push(`the query returns \`${column.name}\`, which is not declared`);
  }
  if (notes.length === 0) return [];
  const problem = diagnostic('CX4021', `the query of \`${node.name}\` does not keep its contract`, {
    span: node.span,
    node: node.id,
    notes,
    hint: 'change the query or the declared columns; nothing was built',
  });
  return [problem];
}

/** Declared types decide the stored type, so only kinds that cannot be stored without loss differ. */
function sameFamily(declared: string, actual: string): boolean {
  return typeFamily(normalizeType(declared)) === typeFamily(actual);
}

function typeFamily(type: string): string {
  if (/^(tinyint|smallint|mediumint|int|integer|bigint|bool)/.test(type)) return 'integer';
  if (/^(decimal|numeric|dec|fixed)/.test(type)) return 'decimal';
  if (/^(double|float|real)/.test(type)) return 'float';
  if (/^(char|varchar|tinytext|text|mediumtext|longtext|enum|set|uuid)/.test(type)) return 'text';
  if (/^(binary|varbinary|tinyblob|blob|mediumblob|longblob)/.test(type)) return 'binary';
  if (/^(datetime|timestamp)/.test(type)) return 'datetime';
  return type.replace(/\(.*$/, '');
}
