import type { ConversionOutbox } from '../../cli/warehouse/state/conversion-outbox.ts';
import type { LastRevision, QueuedEvent } from '../../cli/warehouse/state/outbox-event.ts';
import { ERASED } from '../../cli/warehouse/state/conversion-privacy.ts';
import { centsText, cents } from '../conversion/money.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { eventId } from '../conversion/settings.ts';
import type { ConversionRow } from './conversion-columns.ts';
import { isTrue, occurredText } from './conversion-row.ts';
import type { ConversionSource } from './conversion-source.ts';
import type { Destination } from './destination.ts';
import { DESTINATION_KINDS } from './kinds.ts';
import { oneAhead } from './one-ahead.ts';

const PURCHASE = 'Purchase';

export interface QueueOptions {
  readonly outbox: ConversionOutbox;
  readonly source: ConversionSource;
  readonly settings: ConversionSettings;
  readonly destination: Pick<Destination, 'name' | 'kind' | 'firstOperation'>;
  /** Orders from this time on, as MySQL writes it in UTC; all otherwise. */
  readonly since: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/**
 * Puts what the model holds into the outbox: an order once, a changed value of a delivered one as a
 * restatement, a cancelled one as a retraction. Returns how many events are new. Where the platform takes nothing
 * back, the delivered event is marked.
 */
export async function queueEvents(options: QueueOptions): Promise<number> {
  const { outbox, destination, now } = options;
  let added = 0;
  for await (const events of newBatches(options)) {
    added += await outbox.queue(destination.name, events, now);
  }
  return added;
}

/** What the model holds and the outbox does not, in batches of the platform's size, to be queued by the caller. */
export async function* newBatches(options: QueueOptions): AsyncGenerator<readonly QueuedEvent[]> {
  const { outbox, destination } = options;
  const { batchSize } = DESTINATION_KINDS[destination.kind];
  const open: QueuedEvent[] = [];
  for await (const { events, notRetracted } of oneAhead(news(options))) {
    await outbox.markNotRetracted(destination.name, PURCHASE, notRetracted);
    open.push(...events);
    while (open.length >= batchSize) yield open.splice(0, batchSize);
  }
  if (open.length > 0) yield open;
}

/** What a page of the model has that is not in the outbox. */
interface News {
  readonly events: readonly QueuedEvent[];
  /** Ids of delivered events that were not marked yet. */
  readonly notRetracted: readonly string[];
}

/** What the model holds and the outbox does not, page by page. */
export async function* news(options: QueueOptions): AsyncGenerator<News> {
  const { outbox, source, destination, settings, since } = options;
  const { takesRetractions } = DESTINATION_KINDS[destination.kind];
  for await (const rows of source.rows(since)) {
    const ids = rows.map((row) => eventId(settings.eventIdTemplate, row.order_id ?? ''));
    const last = await outbox.lastRevisions(destination.name, PURCHASE, ids);
    yield {
      events: rows.flatMap((row, index) => eventsOf(row, { id: ids[index] ?? '', last }, options)),
      notRetracted: takesRetractions
        ? []
        : ids.filter((id, index) => isLeftStanding(rows[index], last.get(id))),
    };
  }
}

function isLeftStanding(row: ConversionRow | undefined, last: LastRevision | undefined): boolean {
  const isUnmarked = last?.status === 'delivered' && last.code === undefined;
  return isUnmarked && isTrue(row?.is_cancelled);
}

function eventsOf(
  row: ConversionRow,
  event: { readonly id: string; readonly last: ReadonlyMap<string, LastRevision> },
  { destination }: QueueOptions,
): readonly QueuedEvent[] {
  const orderId = row.order_id ?? '';
  const occurredAt = occurredText(row);
  if (orderId === '' || occurredAt === undefined) return [];
  const eventOf = (operation: string, revision: number): QueuedEvent => ({
    eventName: PURCHASE,
    eventId: event.id,
    orderId,
    operation,
    revision,
    occurredAt,
  });
  const last = event.last.get(event.id);
  if (last === undefined) {
    // Nobody needs to hear of a purchase that is over already.
    const operation = destination.firstOperation;
    return isTrue(row.is_cancelled) ? [] : [eventOf(operation, 0)];
  }
  // Nothing more is said of an order whose customer was erased.
  if (last.code === ERASED || last.status !== 'delivered' || last.operation === 'retraction') {
    return [];
  }
  const { takesRetractions, takesRestatements } = DESTINATION_KINDS[destination.kind];
  const revision = last.revision + 1;
  if (isTrue(row.is_cancelled)) {
    return takesRetractions ? [eventOf('retraction', revision)] : [];
  }
  return takesRestatements && isOtherValue(row.net_total, last.sentValue)
    ? [eventOf('restatement', revision)]
    : [];
}

function isOtherValue(written: string | null | undefined, sent: string | undefined): boolean {
  if (written === null || written === undefined || sent === undefined) return false;
  const now = cents(written);
  const before = cents(sent);
  return now !== undefined && before !== undefined && centsText(now) !== centsText(before);
}
