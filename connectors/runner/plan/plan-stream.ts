import type { StreamState } from '../../../cli/warehouse/state/sync-state.ts';
import type { Stream } from '../../sdk/definition.ts';
import type { SyncOrder } from '../sync/sync-run.ts';
import { addDays, dayOf } from './calendar.ts';
import type { ReadMoment, ReadPlan } from './plan-reads.ts';
import { planReads } from './plan-reads.ts';

/** Without a `start_date` the first sync reads a year. */
const DEFAULT_DAYS = 365;

export interface StreamToPlan {
  readonly stream: Stream;
  /** What was read before; `undefined` when nothing was. */
  readonly before: StreamState | undefined;
  /** `start_date` of the platform. */
  readonly startDate: string | undefined;
}

/** The windows that a run reads of one stream of one account, for a sync and for its dry run alike. */
export function planStream(
  { stream, before, startDate }: StreamToPlan,
  order: SyncOrder,
  moment: ReadMoment,
): ReadPlan {
  const nothing = { intervals: [], cursor: undefined, deepReadAt: undefined };
  const first = startDate ?? addDays(dayOf(moment.now, moment.timeZone), -DEFAULT_DAYS);
  return planReads(stream.cursor, before ?? nothing, { ...order, startDate: first }, moment);
}
