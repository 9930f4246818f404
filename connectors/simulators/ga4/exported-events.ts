import { Kept } from '../kept.ts';
import type { MeasuredSession, SessionList } from '../shop/analytics-records.ts';

/** One event of the export: the session that it belongs to and its place in it. */
export interface ExportedEvent {
  /** `20261001`-style dates are the caller's: this is `2026-10-01`. */
  readonly date: string;
  readonly session: MeasuredSession;
  readonly name: 'session_start' | 'page_view' | 'purchase';
  /** From 0. */
  readonly index: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

interface ExportedDay {
  readonly date: string;
  readonly sessions: SessionList;
}

/** An event comes a second after the one before it. */
const EVENT_MS = 1000;
/** A session of so many events is longer than any. */
const MOST_EVENTS = 20;
/** Events of so much time are made at once: some ten thousand of the largest shop. */
const SPAN_MS = 300_000;

/**
 * The events of some days in order of time. None of them is kept but those of five minutes, which a page is read
 * from: of the others it is known how many there are in each five minutes, and they are made when they are asked for.
 * As rows, one day of a large shop would take a gigabyte.
 */
export class ExportedEvents {
  readonly count: number;
  readonly #days: readonly ExportedDay[];
  /** In order of time, without those in which nothing happens. */
  readonly #spans: readonly Span[];
  readonly #made = new Kept<number, readonly ExportedEvent[]>({ most: 1 });

  constructor(days: readonly ExportedDay[]) {
    this.#days = days;
    this.#spans = spansOf(days);
    const last = this.#spans.at(-1);
    this.count = last === undefined ? 0 : last.before + last.count;
  }

  slice(begin: number, end: number): readonly ExportedEvent[] {
    return this.#spans
      .filter(({ before, count }) => before < end && before + count > begin)
      .flatMap(({ number, before }) =>
        this.#eventsOf(number).slice(Math.max(0, begin - before), Math.max(0, end - before)),
      );
  }

  #eventsOf(span: number): readonly ExportedEvent[] {
    return this.#made.of(span, () => {
      const [from, to] = [span * SPAN_MS, (span + 1) * SPAN_MS];
      const events: ExportedEvent[] = [];
      for (const { date, sessions } of this.#days) {
        for (const session of sessions.between(from - MOST_EVENTS * EVENT_MS, to)) {
          for (let index = 0; index < countOf(session); index += 1) {
            const at = session.startedAt + index * EVENT_MS;
            if (at < from || at >= to) continue;
            events.push({ date, session, index, at, name: nameOf(session, index) });
          }
        }
      }
      return events.toSorted((left, right) => left.at - right.at);
    });
  }
}

/** Five minutes, counted from 1970. */
interface Span {
  readonly number: number;
  readonly count: number;
  /** Events of all spans before it. */
  readonly before: number;
}

function spansOf(days: readonly ExportedDay[]): readonly Span[] {
  const counts = new Map<number, number>();
  for (const { sessions } of days) {
    for (const session of sessions.between(0, Number.POSITIVE_INFINITY)) {
      for (let index = 0; index < countOf(session); index += 1) {
        const span = Math.floor((session.startedAt + index * EVENT_MS) / SPAN_MS);
        counts.set(span, (counts.get(span) ?? 0) + 1);
      }
    }
  }
  let before = 0;
  return [...counts]
    .toSorted(([left], [right]) => left - right)
    .map(([number, count]) => {
      before += count;
      return { number, count, before: before - count };
    });
}

/** Its start, its pages, and the purchase where there was one. */
function countOf({ pageViews, purchaseEvents }: MeasuredSession): number {
  return 1 + pageViews + purchaseEvents;
}

function nameOf({ pageViews }: MeasuredSession, index: number): ExportedEvent['name'] {
  if (index === 0) return 'session_start';
  return index <= pageViews ? 'page_view' : 'purchase';
}
