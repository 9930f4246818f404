import type { CatalogSnapshot, Relation, RelationKind } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { relationSql } from '../sql/identifier.ts';

/** A new version that takes a published name, and what becomes of the version that has it now. */
export interface Swap {
  readonly published: Relation;
  readonly shadow: Relation;
  /** Where the present version goes until it is dropped. */
  readonly old: Relation;
  /** What stands under the published name, or `undefined` when nothing does. */
  readonly currentKind: RelationKind | undefined;
}

/**
 * One statement that publishes all of them at the same instant. `nowait` gives up on a locked table at
 * once, where the server can; it holds for the whole statement and is written once.
 */
export function renameSql(
  swaps: readonly Swap[],
  options: { readonly nowait: boolean } = { nowait: false },
): string {
  const moves = swaps
    .flatMap(({ published, shadow, old, currentKind }) => [
      ...(currentKind === undefined ? [] : [{ from: published, to: old }]),
      { from: shadow, to: published },
    ])
    .map(({ from, to }, index) => {
      const lock = options.nowait && index === 0 ? ' nowait' : '';
      return `${relationSql(from)}${lock} to ${relationSql(to)}`;
    });
  return `rename table ${moves.join(', ')}`;
}

export function dropSql(relation: Relation, kind: RelationKind): string {
  return `drop ${kind} ${relationSql(relation)}`;
}

/** Statements that drop a relation of unknown kind, or do nothing. */
export function dropAnySql(relation: Relation): readonly string[] {
  const name = relationSql(relation);
  return [`drop table if exists ${name}`, `drop view if exists ${name}`];
}

/** The swaps as the catalog now shows what they meet. */
export function recheckedSwaps(swaps: readonly Swap[], catalog: CatalogSnapshot): readonly Swap[] {
  return swaps.map((swap) => ({
    ...swap,
    currentKind: catalog.get(relationKey(swap.published))?.kind,
  }));
}

/** True when the catalog shows that every swap was done: no shadow is left, every name is taken. */
export function areDone(swaps: readonly Swap[], catalog: CatalogSnapshot): boolean {
  return swaps.every(
    ({ shadow, published }) =>
      !catalog.has(relationKey(shadow)) && catalog.has(relationKey(published)),
  );
}
