import { plural } from '../../kernel/format.ts';
import type { PersonEvent } from './conversion-orders.ts';

/** What an erasure did and could not do. It names places, orders and events, and never the person. */
export interface EraseReport {
  readonly request: string;
  readonly status: 'dry-run' | 'running' | 'done' | 'incomplete';
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly requested_by: string;
  readonly raw_rows: Readonly<Record<string, number>>;
  readonly rejected_records: number;
  /** Addresses, numbers and accounts in the person's records that other people have too. */
  readonly shared_not_followed: number;
  readonly conversions_cancelled: readonly string[];
  /** Sent to platforms, which have no way to take one person's events back. */
  readonly not_recallable: readonly {
    readonly platform: string;
    readonly destination: string;
    readonly event: string;
    readonly event_id: string;
    readonly sent_at: string;
    readonly outcome: 'delivered' | 'unknown';
  }[];
  readonly rebuilt: readonly string[];
  readonly dropped_relations: readonly string[];
  readonly cleaned_files: readonly string[];
  /** Where something of the person is left. */
  readonly left: readonly string[];
  readonly files_not_searched: readonly string[];
}

/** What of a person's events was sent, or may have been. */
export function notRecallable(events: readonly PersonEvent[]): EraseReport['not_recallable'] {
  return events
    .filter(({ status, unknownSince }) => status === 'delivered' || unknownSince !== undefined)
    .map((event) => ({
      platform: event.platform,
      destination: event.destination,
      event: `${event.eventName} (${event.operation})`,
      event_id: event.eventId,
      sent_at: event.sentAt ?? event.unknownSince ?? '',
      outcome: event.status === 'delivered' ? 'delivered' : 'unknown',
    }));
}

/** What still waited to be sent. */
export function waiting(events: readonly PersonEvent[]): readonly string[] {
  return events
    .filter(({ status }) => status === 'due' || status === 'held')
    .map(({ destination, eventId }) => `${destination} ${eventId}`);
}

/** The report as lines for people. */
export function reportLines(report: EraseReport): readonly string[] {
  const isDry = report.status === 'dry-run';
  const done = (verb: string) => (isDry ? `to be ${verb}` : verb);
  const raw = Object.entries(report.raw_rows).map(
    ([table, rows]) => `  ${table}: ${plural(rows, 'row')}`,
  );
  return [
    `raw rows ${done('emptied')} of the person:`,
    ...(raw.length === 0 ? ['  none'] : raw),
    `rejected records ${done('forgotten')}: ${report.rejected_records}`,
    `conversions ${done('cancelled')}: ${report.conversions_cancelled.length}`,
    `built again: ${isDry ? 'all that depends on these tables' : report.rebuilt.join(', ') || 'nothing'}`,
    ...list(`relations ${done('dropped')}`, report.dropped_relations),
    ...list(`files ${done('cleaned')}`, report.cleaned_files),
    ...(report.shared_not_followed === 0
      ? []
      : [`not followed, since other people have them too: ${report.shared_not_followed}`]),
    ...list(
      'sent to platforms, which cannot be recalled',
      report.not_recallable.map(
        ({ platform, destination, event, event_id: id, sent_at: at, outcome }) =>
          `${platform} (${destination}): ${event} ${id}, ${at}${outcome === 'unknown' ? ', outcome unknown' : ''}`,
      ),
    ),
    ...list('files that could not be searched', report.files_not_searched),
  ];
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${item}`)];
}
