import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { concatSql, sliceSql } from '../kernel/rendered-sql.ts';
import type { Relation } from '../manifest/relation.ts';
import { identifier, relationSql } from '../sql/identifier.ts';
import { isSignificant, scanSql } from '../sql/scan.ts';

/** `--empty`: a relation with its columns and no rows. */
export function emptySelection(relation: Relation): string {
  return `(select * from ${relationSql(relation)} where false limit 0)`;
}

const EMPTY = /\(select \* from `(?:[^`]|``)+`\.`((?:[^`]|``)+)` where false limit 0\)/g;

/** Words that may follow a relation in FROM and are no alias. */
const AFTER_RELATION = new Set(
  `where join on left right inner outer cross natural straight_join group order having limit union except
   intersect window using for lock partition use force ignore procedure into offset fetch set returning`.split(
    /\s+/,
  ),
);

/**
 * Every derived table needs an alias in MySQL. A template may have written one behind its `ref`; where
 * it has not, the name of the relation becomes the alias, so that `orders.id` keeps its meaning.
 */
export function aliasEmptySelections(sql: RenderedSql): RenderedSql {
  const parts: (RenderedSql | string)[] = [];
  let from = 0;
  for (const match of sql.text.matchAll(EMPTY)) {
    const end = match.index + match[0].length;
    if (hasAlias(sql.text, end)) continue;
    parts.push(
      sliceSql(sql, from, end),
      ` as ${identifier((match[1] ?? '').replaceAll('``', '`'))}`,
    );
    from = end;
  }
  return parts.length === 0 ? sql : concatSql(...parts, sliceSql(sql, from));
}

function hasAlias(text: string, end: number): boolean {
  for (const token of scanSql(text, end)) {
    if (!isSignificant(token)) continue;
    if (token.kind === 'quoted-name') return true;
    return token.kind === 'word' && !AFTER_RELATION.has(token.text.toLowerCase());
  }
  return false;
}
