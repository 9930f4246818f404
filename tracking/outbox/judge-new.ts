import type { Destination } from './destination.ts';
import type { JudgeContext } from './judge.ts';
import { judge } from './judge.ts';
import type { QueueOptions } from './queue-events.ts';
import { news } from './queue-events.ts';

export interface JudgeNewOptions extends QueueOptions {
  readonly destination: Destination;
  readonly isErased?: JudgeContext['isErased'];
}

/** How many events are not in the outbox yet, by what would become of them now. Nothing is written. */
export async function judgeNew(options: JudgeNewOptions): Promise<ReadonlyMap<string, number>> {
  const { source, destination, settings, isErased, now } = options;
  const counts = new Map<string, number>();
  for await (const { events } of news(options)) {
    const rows = await source.read(events.map(({ orderId }) => orderId));
    for (const event of events) {
      const judgement = judge(event, rows.get(event.orderId), {
        destination,
        settings,
        isErased,
        now,
      });
      const verdict =
        judgement.verdict === 'send' ? 'send' : `${judgement.verdict}: ${judgement.code}`;
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }
  }
  return counts;
}
