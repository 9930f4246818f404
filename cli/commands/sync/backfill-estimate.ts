import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { daysBetween } from '../../../connectors/runner/plan/calendar.ts';
import { leastTimeOf } from '../../../connectors/runner/plan/estimate-backfill.ts';
import { planStream } from '../../../connectors/runner/plan/plan-stream.ts';
import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import type { CallEstimate } from '../../../connectors/sdk/definition.ts';
import type { RunEvent } from '../../events/run-event.ts';
import { formatDuration, plural } from '../../kernel/format.ts';
import type { Database } from '../../warehouse/database.ts';
import { SyncSession } from '../../warehouse/sync-session.ts';
import type { SyncState } from '../../warehouse/state/sync-state.ts';
import type { Interval } from '../../warehouse/state/intervals.ts';
import type { ProjectSession } from '../session.ts';

const DAY_MS = 86_400_000;

/** What a backfill takes by the limits of its platforms: a line for each account, for what is still missing. */
export async function backfillEstimates(
  session: ProjectSession,
  database: Database,
  platforms: readonly ConfiguredPlatform[],
  order: SyncOrder,
): Promise<readonly RunEvent[]> {
  const { clock } = session.world;
  await using locks = await SyncSession.open(database, { command: 'cortex backfill', clock });
  const lines: string[] = [];
  for (const platform of platforms) {
    for (const { id } of platform.accounts) {
      lines.push(await accountLine({ session, state: locks.state, order }, platform, id));
    }
  }
  return lines.map((detail) => ({ type: 'phaseFinished', phase: 'estimate', ms: 0, detail }));
}

interface Estimating {
  readonly session: ProjectSession;
  readonly state: SyncState;
  readonly order: SyncOrder;
}

/**
 * `tray 1104532: 90 days, about 9,220 calls at 100 orders a day, at least 51m13s (orders 9,180 calls, customers 40
 * calls)`.
 */
async function accountLine(
  { session, state, order }: Estimating,
  platform: ConfiguredPlatform,
  accountId: string,
): Promise<string> {
  const { definition, streams, startDate } = platform;
  const account = await state.account(definition.name, accountId);
  const timeZone = account?.timeZone ?? session.project.client.timezone;
  const moment = { now: session.world.clock.now(), timeZone };
  let mostDays = 0;
  const estimates: CallEstimate[] = [];
  const parts: string[] = [];
  for (const { stream } of streams) {
    const key = { platform: definition.name, accountId, stream: stream.name };
    const before = await state.stream(key, definition.version);
    const { windows } = planStream({ stream, before, startDate }, order, moment);
    const days = daysOf(windows);
    mostDays = Math.max(mostDays, days);
    const estimate = days === 0 ? undefined : stream.estimate?.(days);
    if (estimate === undefined) continue;
    estimates.push(estimate);
    parts.push(`${stream.name} ${plural(estimate.calls, 'call')}`);
  }
  const subject = `${definition.name} ${accountId}`;
  if (mostDays === 0) return `${subject}: nothing is missing`;
  const calls = estimates.reduce((sum, estimate) => sum + estimate.calls, 0);
  const volumes = new Set(estimates.flatMap(({ volume }) => volume ?? []));
  const at = volumes.size === 0 ? '' : ` at ${[...volumes].join(' and ')}`;
  const leastMs = leastTimeOf(estimates);
  const least = leastMs === 0 ? '' : `, at least ${formatDuration(leastMs).trim()}`;
  const each = parts.length > 1 ? ` (${parts.join(', ')})` : '';
  return `${subject}: ${plural(mostDays, 'day')}, about ${plural(calls, 'call')}${at}${least}${each}`;
}

function daysOf(windows: readonly (Interval | undefined)[]): number {
  const lengths = windows.map((window) => {
    if (window === undefined) return 0;
    const { from, to } = window;
    return from.includes('T')
      ? (Date.parse(to) - Date.parse(from)) / DAY_MS
      : daysBetween(from, to);
  });
  return Math.ceil(lengths.reduce((sum, days) => sum + days, 0));
}
