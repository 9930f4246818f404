import type { ConversionOutbox, QueuedEvent } from '../../cli/warehouse/state/conversion-outbox.ts';
import { centsText, cents } from '../conversion/money.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { eventId } from '../conversion/settings.ts';
import type { ConversionRow } from './conversion-columns.ts';
import { isTrue, occurrenceOf } from './conversion-row.ts';
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
 * restatement, a cancelled one as a retraction. Returns how many events are new.
 */
export async function queueEvents(options: QueueOptions): Promise<number> {
  const { outbox, destination, now } = options;
  let added = 0;
  for await (const events of oneAhead(newEvents(options))) {
    added += await outbox.queue(destination.name, events, now);
  }
  return added;
}

/** What the model holds and the outbox does not, page by page. */
export async function* newEvents(options: QueueOptions): AsyncGenerator<readonly QueuedEvent[]> {
  const { outbox, source, destination, settings, since } = options;
  for await (const rows of source.rows(since)) {
    const ids = rows.map((row) => eventId(settings.eventIdTemplate, row.order_id ?? ''));
    const last = await outbox.lastRevisions(destination.name, ids);
    yield rows.flatMap((row) => eventsOf(row, last, options));
  }
}

type Revisions = Awaited<ReturnType<ConversionOutbox['lastRevisions']>>;

function eventsOf(
  row: ConversionRow,
  revisions: Revisions,
  { destination, settings }: QueueOptions,
): readonly QueuedEvent[] {
  const { orderId, occurredAt } = occurrenceOf(row);
  if (orderId === '' || Number.isNaN(occurredAt)) return [];
  const id = eventId(settings.eventIdTemplate, orderId);
  const event = { eventName: PURCHASE, eventId: id, orderId, occurredAt };
  const last = revisions.get(id);
  if (last === undefined) {
    // Nobody needs to hear of a purchase that is over already.
    const operation = destination.firstOperation;
    return isTrue(row.is_cancelled) ? [] : [{ ...event, operation, revision: 0 }];
  }
  // Nothing more is said of an order whose customer was erased.
  if (last.isErased || last.status !== 'delivered' || last.operation === 'retraction') return [];
  const kind = DESTINATION_KINDS[destination.kind];
  const revision = last.revision + 1;
  if (isTrue(row.is_cancelled)) {
    return kind.takesRestatements ? [{ ...event, operation: 'retraction', revision }] : [];
  }
  return kind.takesRestatements && isOtherValue(row.net_total, last.sentValue)
    ? [{ ...event, operation: 'restatement', revision }]
    : [];
}

function isOtherValue(written: string | null | undefined, sent: string | undefined): boolean {
  if (written === null || written === undefined || sent === undefined) return false;
  const now = cents(written);
  const before = cents(sent);
  return now !== undefined && before !== undefined && centsText(now) !== centsText(before);
}
