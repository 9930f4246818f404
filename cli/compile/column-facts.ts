import type { ManifestNode } from '../manifest/node.ts';
import { columnSql } from '../sql/exact-text.ts';
import type { CompileContext } from './context.ts';
import type { TestFacts } from './tests/built-in-test.ts';

const EXACT_TYPE =
  /^(?:(?:tiny|small|medium|big)?int|integer|decimal|numeric|float|double|date|datetime|timestamp|time|year|bit|bool)/i;
const TABLE_LIKE = new Set(['table', 'incremental', 'seed', 'snapshot']);

/** What is known about a tested node from the catalog and from its declared columns. */
export function columnFacts(node: ManifestNode | undefined, context: CompileContext): TestFacts {
  if (node === undefined) return { isTable: false, isExact: () => false };
  const types = new Map<string, string>();
  for (const { name, dataType } of node.columns) {
    if (dataType !== undefined) types.set(columnSql(name).toLowerCase(), dataType);
  }
  for (const { name, type } of context.columnsOf?.(node.id) ?? []) {
    types.set(columnSql(name).toLowerCase(), type);
  }
  const isTable =
    node.resourceType === 'source' || TABLE_LIKE.has(node.config.materialized ?? node.resourceType);
  return {
    isTable,
    isExact: (column) => EXACT_TYPE.test(types.get(column.toLowerCase()) ?? ''),
  };
}
