import type { Clock } from '../../cli/kernel/clock.ts';
import { chunks } from '../../cli/kernel/chunks.ts';
import type { QueuedEvent } from '../../cli/warehouse/state/outbox-event.ts';
import type { ConversionRow } from './conversion-columns.ts';
import type { JudgeContext, Judgement } from './judge.ts';
import { judge } from './judge.ts';

/** An event, and what is to become of it. */
export interface JudgedEvent<Event> {
  readonly event: Event;
  readonly judgement: Judgement;
}

export interface JudgeBatchOptions extends Omit<JudgeContext, 'now'> {
  readonly clock: Clock;
  /** The orders with their customers, in clear. */
  readonly read: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, ConversionRow>>;
}

/** Events whose orders are read at once and judged: then sockets are looked at again, and the rows are let go. */
const SLICE = 200;

/** Reads the orders of events, and judges them: consent, age and whether they are whole are looked at now. */
export async function judgeBatch<Event extends Pick<QueuedEvent, 'orderId' | 'operation'>>(
  events: readonly Event[],
  { destination, settings, isErased, clock, read }: JudgeBatchOptions,
): Promise<readonly JudgedEvent<Event>[]> {
  const judged: JudgedEvent<Event>[] = [];
  for (const part of chunks(events, SLICE)) {
    const rows = await read([...new Set(part.map(({ orderId }) => orderId))]);
    const context = { destination, settings, isErased, now: clock.now() };
    for (const event of part) {
      judged.push({ event, judgement: judge(event, rows.get(event.orderId), context) });
    }
  }
  return judged;
}
