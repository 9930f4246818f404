import type { Clock } from '../kernel/clock.ts';
import type { Relation } from '../manifest/relation.ts';
import { DatabaseError } from './database-error.ts';
import type { Swap } from './swap.ts';
import { dropAnySql, dropSql } from './swap.ts';

/** Pauses between attempts to drop an old version, which nobody can begin to read any more. */
const PAUSES = [20, 50, 200, 500, 1000];
/** A view dropped as a table, a table as a view, or gone. */
const KIND_ERRORS = new Set([1051, 1146, 1347, 1965, 4092]);

type Send = (sql: string) => Promise<void>;

/** What is published stays published: an old version that cannot be dropped now is dropped by the next run. */
export async function dropOld(swaps: readonly Swap[], clock: Clock, send: Send): Promise<void> {
  for (const { old, currentKind } of swaps) {
    if (currentKind !== undefined) await dropOne(old, dropSql(old, currentKind), { clock, send });
  }
}

async function dropOne(
  old: Relation,
  sql: string,
  { clock, send }: { readonly clock: Clock; readonly send: Send },
): Promise<void> {
  for (const pause of [...PAUSES, 0]) {
    try {
      await send(sql);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (KIND_ERRORS.has(error.errno)) return dropWhateverItIs(old, send);
      if (error.kind !== 'lock_timeout') return;
      await clock.sleep(pause);
    }
  }
}

async function dropWhateverItIs(old: Relation, send: Send): Promise<void> {
  for (const sql of dropAnySql(old)) await send(sql).catch(() => undefined);
}
