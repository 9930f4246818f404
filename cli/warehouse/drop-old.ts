import type { Clock } from '../kernel/clock.ts';
import type { Relation, RelationKind } from '../manifest/relation.ts';
import { DatabaseError } from './database-error.ts';
import type { Swap } from './swap.ts';
import { dropAnySql, dropSql } from './swap.ts';

/** Pauses between attempts to drop an old version, which nobody can begin to read any more. */
const PAUSES = [20, 50, 200, 500, 1000];
/** A view dropped as a table, a table as a view, or gone. */
const KIND_ERRORS = new Set([1051, 1146, 1347, 1965, 4092]);

export interface DropOptions {
  readonly clock: Clock;
  readonly send: (sql: string) => Promise<void>;
}

/**
 * Drops the old versions of swaps, all of a kind by one statement where the server takes it. What is
 * published stays published: an old version that cannot be dropped now is dropped by the next run.
 */
export async function dropOld(swaps: readonly Swap[], options: DropOptions): Promise<void> {
  for (const kind of ['view', 'table'] as const) {
    const olds = swaps.filter(({ currentKind }) => currentKind === kind).map(({ old }) => old);
    if (olds.length > 1 && (await areDropped(olds, kind, options))) continue;
    for (const old of olds) await dropOne(old, kind, options);
  }
}

/** False when one of them is in use, gone, or of another kind: then each is looked at alone. */
async function areDropped(
  olds: readonly Relation[],
  kind: RelationKind,
  { send }: DropOptions,
): Promise<boolean> {
  try {
    await send(dropSql(olds, kind));
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return false;
  }
}

async function dropOne(
  old: Relation,
  kind: RelationKind,
  { clock, send }: DropOptions,
): Promise<void> {
  for (const pause of [...PAUSES, 0]) {
    try {
      await send(dropSql([old], kind));
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (KIND_ERRORS.has(error.errno)) return dropWhateverItIs(old, send);
      if (error.kind !== 'lock_timeout') return;
      await clock.sleep(pause);
    }
  }
}

async function dropWhateverItIs(old: Relation, send: DropOptions['send']): Promise<void> {
  for (const sql of dropAnySql(old)) await send(sql).catch(() => undefined);
}
