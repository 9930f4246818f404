import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../cli/kernel/clock.ts';
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

/** Events that are judged before sockets are looked at again. */
const SLICE = 100;

/** Reads the orders of events, and judges them: consent, age and whether they are whole are looked at now. */
export async function judgeBatch<Event extends QueuedEvent>(
  events: readonly Event[],
  { destination, settings, isErased, clock, read }: JudgeBatchOptions,
): Promise<readonly JudgedEvent<Event>[]> {
  const rows = await read([...new Set(events.map(({ orderId }) => orderId))]);
  const context = { destination, settings, isErased, now: clock.now() };
  const judged: JudgedEvent<Event>[] = [];
  for (const event of events) {
    judged.push({ event, judgement: judge(event, rows.get(event.orderId), context) });
    if (judged.length % SLICE === 0) await setImmediate();
  }
  return judged;
}
