import type { QueueOptions } from './queue-events.ts';
import { newBatches, queueEvents } from './queue-events.ts';
import type { SendOptions, SendSummary } from './sender.ts';
import { Sender } from './sender.ts';

/**
 * Sends to one destination what waits in the outbox, then what the model holds beside that. What is not to be sent
 * in this run is queued.
 */
export async function queueAndSend(
  options: QueueOptions & SendOptions,
): Promise<{ readonly queued: number; readonly summary: SendSummary }> {
  const sender = await Sender.open(options);
  const { summary } = sender;
  if (options.limit !== undefined || sender.isPaused) {
    const queued = await queueEvents(options);
    await sender.sendDue();
    return { queued, summary };
  }
  await sender.sendDue();
  const sent = sender.isGoingOn ? await sender.sendNew(newBatches(options)) : 0;
  const isStopped = !sender.isGoingOn && !options.signal.aborted;
  return { queued: sent + (isStopped ? await queueEvents(options) : 0), summary };
}
