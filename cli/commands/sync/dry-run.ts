import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import type { ReadPlan } from '../../../connectors/runner/plan/plan-reads.ts';
import { planStream } from '../../../connectors/runner/plan/plan-stream.ts';
import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import type { Database } from '../../warehouse/database.ts';
import { SyncSession } from '../../warehouse/sync-session.ts';
import type { SyncState } from '../../warehouse/state/sync-state.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { askAccounts } from './check-accounts.ts';
import type { ChosenStreams } from './choose-streams.ts';
import { printRows } from './print-rows.ts';
import { short } from './stream-progress.ts';

/** `--dry-run`: the windows that a run would read. Accounts that were never synced are asked for their time zone. */
export async function dryRun(
  session: ProjectSession,
  database: Database,
  { files, platforms }: ChosenStreams,
  order: SyncOrder,
): Promise<number> {
  const { clock } = session.world;
  await using locks = await SyncSession.open(database, { command: 'cortex sync', clock });
  const rows = files.map(({ connector, stream }) =>
    planRow({ stream: `${connector}.${stream.name}`, account: '' }, undefined),
  );
  const planned = { session, order, state: locks.state };
  let hasProblems = false;
  for (const platform of platforms) {
    const found = await platformRows(planned, platform);
    rows.push(...found.rows);
    hasProblems ||= found.hasProblems;
  }
  printRows(session, ['stream', 'account', 'windows', 'from', 'to'], rows);
  return hasProblems ? EXIT.failed : EXIT.good;
}

type PlanRow = Readonly<Record<string, string | number>>;

interface Planned {
  readonly session: ProjectSession;
  readonly order: SyncOrder;
  readonly state: SyncState;
}

async function platformRows(
  planned: Planned,
  platform: ConfiguredPlatform,
): Promise<{ readonly rows: PlanRow[]; readonly hasProblems: boolean }> {
  const { definition, accounts, streams, startDate } = platform;
  const zones = await timeZones(planned, platform);
  const rows: PlanRow[] = [];
  for (const { id } of accounts) {
    const timeZone = zones.get(id);
    if (timeZone === undefined) continue;
    for (const { stream } of streams) {
      const key = { platform: definition.name, accountId: id, stream: stream.name };
      const kept = await planned.state.stream(key, definition.version);
      const before = planned.order.fullRefresh ? undefined : kept;
      const moment = { now: planned.session.world.clock.now(), timeZone };
      const plan = planStream({ stream, before, startDate }, planned.order, moment);
      rows.push(planRow({ stream: `${definition.name}.${stream.name}`, account: id }, plan));
    }
  }
  return { rows, hasProblems: zones.size < accounts.length };
}

/** Zones by account, of what was synced before or of the platform; an account that does not answer is reported. */
async function timeZones(
  { session, state }: Planned,
  platform: ConfiguredPlatform,
): Promise<ReadonlyMap<string, string>> {
  const zones = new Map<string, string>();
  for (const { id } of platform.accounts) {
    const known = await state.account(platform.definition.name, id);
    if (known !== undefined) zones.set(id, known.timeZone);
  }
  const accounts = platform.accounts.filter(({ id }) => !zones.has(id));
  for (const check of await askAccounts(session, [{ ...platform, accounts }])) {
    if ('facts' in check) zones.set(check.place.accountId, check.facts.timeZone);
    else session.report([check.problem]);
  }
  return zones;
}

/** A stream without a cursor, and a file, is read as a whole. */
function planRow(
  place: { readonly stream: string; readonly account: string },
  plan: ReadPlan | undefined,
): PlanRow {
  const windows = plan?.windows ?? [undefined];
  const [first] = windows;
  const last = windows.at(-1);
  const isWhole = windows.length > 0 && first === undefined;
  return {
    ...place,
    windows: windows.length,
    from: isWhole ? 'everything' : first === undefined ? '' : short(first.from),
    to: last === undefined ? '' : short(last.to),
  };
}
