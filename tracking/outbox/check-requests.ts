import type { Clock } from '../../cli/kernel/clock.ts';
import type { ConversionRequests } from '../../cli/warehouse/state/conversion-requests.ts';
import { readRequestStatus } from '../google-data-manager/read-status.ts';
import type { Destination } from './destination.ts';
import type { Ask } from './post.ts';

interface CheckOptions {
  readonly requests: ConversionRequests;
  readonly destination: Destination;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly ask: Ask;
}

/** What platforms said in the end about events that they had taken. */
interface CheckSummary {
  refused: number;
  readonly warnings: string[];
}

/** Google allows 300 calls a minute. */
const ASKED_AT_ONCE = 200;
/** A request that was not processed by then is asked for no more. */
const PATIENCE_MS = 14 * 86_400_000;

/** Asks Data Manager what became of the events of earlier runs; other platforms say so at once. */
export async function checkRequests(options: CheckOptions): Promise<CheckSummary> {
  const { requests, destination, clock, signal, ask } = options;
  const summary: CheckSummary = { refused: 0, warnings: [] };
  if (destination.kind !== 'google-data-manager') return summary;
  const { name } = destination;
  const since = clock.now() - PATIENCE_MS;
  for (const open of await requests.unanswered(name, { since, limit: ASKED_AT_ONCE })) {
    if (signal.aborted) break;
    const answered = await ask(destination, open.requestId);
    // What is wrong with the access or the network shows when events are sent.
    if (answered.kind !== 'answered') break;
    const status = readRequestStatus(answered.answer);
    if (status.kind === 'unknown') continue;
    await requests.answer(name, open, status, clock.now());
    if (status.refused === 0) continue;
    summary.refused += status.refused;
    const why = status.code ?? status.state;
    summary.warnings.push(
      `${status.refused} of ${open.events} events of request ${open.requestId} were refused after they had been taken (${why})`,
    );
  }
  return summary;
}
