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
 * One statement that publishes all of them at the same instant. `isImpatient` gives up on a locked table at
 * once, where the server can. NOWAIT would say the same, but MariaDB applies it to its own tables of
 * statistics too: a RENAME that is refused there, halfway, cannot take back its first half.
 */
export function renameSql(
  swaps: readonly Swap[],
  options: { readonly isImpatient: boolean } = { isImpatient: false },
): string {
  const moves = swaps.flatMap(({ published, shadow, old, currentKind }) => [
    ...(currentKind === undefined ? [] : [move(published, old)]),
    move(shadow, published),
  ]);
  const patience = options.isImpatient ? 'set statement lock_wait_timeout = 0 for ' : '';
  return `${patience}rename table ${moves.join(', ')}`;
}

function move(from: Relation, to: Relation): string {
  return `${relationSql(from)} to ${relationSql(to)}`;
}

export function dropSql(relations: readonly Relation[], kind: RelationKind): string {
  return `drop ${kind} ${relations.map(relationSql).join(', ')}`;
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
