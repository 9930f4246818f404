import { cortexError } from '../../kernel/errors.ts';
import type { Relation } from '../../manifest/relation.ts';
import { relationKey } from '../../manifest/relation.ts';
import { systemClock } from '../../platform/clock.ts';
import { buildNames } from '../../sql/build-names.ts';
import { SwapBlockedError, swapAtomically } from '../../warehouse/atomic-swap.ts';
import { describeBlocker } from '../../warehouse/blockers.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import type { Database } from '../../warehouse/database.ts';
import { dropOld } from '../../warehouse/drop-old.ts';
import { SwapSessions } from '../../warehouse/swap-sessions.ts';

/** Milliseconds to keep trying while readers hold the old table. */
const BUDGET_MS = 30_000;

/**
 * Puts the shadow of a relation in its place: a reader sees the old rows or the new ones. When readers hold
 * the old table for too long it stays (CX7017).
 */
export async function replaceTable(
  database: Database,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { shadow, old } = buildNames(relation);
  const catalog = await readCatalog(database.control, [relation.database], [relation.name]);
  const currentKind = catalog.get(relationKey(relation))?.kind;
  await using sessions = new SwapSessions(database, systemClock);
  try {
    const done = await swapAtomically([{ published: relation, shadow, old, currentKind }], {
      database,
      sessions,
      clock: systemClock,
      signal,
      budgetMs: BUDGET_MS,
    });
    await dropOld(done, { clock: systemClock, send: async (sql) => sessions.execute(sql) });
  } catch (error) {
    if (error instanceof SwapBlockedError) throw stillHeld(relation, error);
    throw error;
  }
}

function stillHeld(relation: Relation, { blockers, cause }: SwapBlockedError): Error {
  return cortexError('CX7017', `\`${relation.name}\` is held by another connection`, {
    hint: 'end the transaction that reads it, or sync again later',
    notes: [...blockers.map(describeBlocker), 'the table keeps its previous rows'],
    cause,
    retryable: true,
  });
}
