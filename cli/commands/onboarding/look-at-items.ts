import { CortexError } from '../../kernel/errors.ts';
import type { Database } from '../../warehouse/database.ts';
import { DAY_MS } from '../doctor/finding.ts';
import { loadGraph } from '../load-graph.ts';
import { openDatabase } from '../open-database.ts';
import type { ProjectSession } from '../session.ts';
import { CHECKLIST } from './checklist.ts';
import type { ChecklistItem, Look, Seen, Sight } from './item.ts';
import { open } from './item.ts';
import type { Ticks } from '../../project/onboarding-ticks.ts';
import { readTicks } from '../../project/onboarding-ticks.ts';

/** An item and how it stands. */
export interface LookedAt {
  readonly item: ChecklistItem;
  readonly isDone: boolean;
  /** When a person ticked it, where that counts: ISO 8601 in UTC. */
  readonly tickedAt: string | undefined;
  readonly seen: Seen | undefined;
}

/** Looks at every item that the project has use for; what cannot be looked at is open, and says why. */
export async function lookAtItems(
  session: ProjectSession,
  { isConnected }: { readonly isConnected: boolean },
): Promise<readonly LookedAt[]> {
  const ticks = readTicks(session.project);
  const items = CHECKLIST.filter((item) => item.applies?.(session) ?? true);
  const opened = isConnected ? await sightOf(session) : NOT_ASKED;
  try {
    const found: LookedAt[] = [];
    for (const item of items) {
      const seen = item.look && (await see(session, item.look, opened));
      found.push(judged(item, seen, { ticks, now: session.world.clock.now() }));
    }
    return found;
  } finally {
    if ('database' in opened) await opened.database.close();
  }
}

const NOT_ASKED = open(
  'not looked at: neither the database nor a platform was asked',
  'não conferido: nem o banco nem as plataformas foram consultados',
);

async function see(session: ProjectSession, look: Look, opened: Sight | Seen): Promise<Seen> {
  try {
    if (look.at === 'state') return 'state' in opened ? opened : await look.see(opened);
    if (look.at === 'accounts' && opened === NOT_ASKED) return NOT_ASKED;
    return await look.see(session);
  } catch (error) {
    return notSeen(error);
  }
}

/** The database and the project, or why they cannot be looked at. */
async function sightOf(session: ProjectSession): Promise<Sight | Seen> {
  let database: Database | undefined;
  try {
    const { manifest } = await loadGraph(session);
    database = await openDatabase(session);
    const { standingState } = await import('../../warehouse/state/standing-state.ts');
    const { applied, written } = await standingState(database.control);
    if (applied !== undefined && applied <= written) return { session, manifest, database };
    await database.close();
    return applied === undefined
      ? open('nothing was run in the database yet', 'nada foi executado no banco ainda')
      : open('a newer Cortex works in the database', 'um Cortex mais novo usa o banco');
  } catch (error) {
    await database?.close();
    return notSeen(error);
  }
}

function notSeen(error: unknown): Seen {
  if (!(error instanceof CortexError)) throw error;
  const [first] = error.diagnostics;
  const text = [
    first?.message ?? error.message,
    ...(first?.hint === undefined ? [] : [first.hint]),
  ];
  return open(text.join('; '), text.join('; '));
}

function judged(
  item: ChecklistItem,
  seen: Seen | undefined,
  { ticks, now }: { readonly ticks: Ticks; readonly now: number },
): LookedAt {
  const at = item.byHand === undefined ? undefined : ticks[item.id];
  const days = item.byHand?.everyDays ?? Infinity;
  const isTicked = at !== undefined && now - Date.parse(at) <= days * DAY_MS;
  const isDone =
    seen === undefined
      ? isTicked
      : seen.state === 'done' || (seen.state === 'unconfirmed' && isTicked);
  return { item, isDone, tickedAt: isTicked ? at : undefined, seen };
}
