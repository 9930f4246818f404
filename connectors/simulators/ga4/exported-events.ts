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

/**
 * The events of some days in order of time. What is kept is where each of them is to be found, 16 bytes: the rows of one
 * day of a large shop would take a gigabyte as text.
 */
export class ExportedEvents {
  readonly #days: readonly ExportedDay[];
  /** Of each event, in order of time: its day, its session and its place there. */
  readonly #day: Uint16Array;
  readonly #position: Uint32Array;
  readonly #index: Uint16Array;

  constructor(days: readonly ExportedDay[]) {
    this.#days = days;
    const found = eventsOf(days);
    const order = Uint32Array.from(found.at, (_, event) => event).sort(
      (left, right) => (found.at[left] ?? 0) - (found.at[right] ?? 0) || left - right,
    );
    this.#day = Uint16Array.from(order, (event) => found.day[event] ?? 0);
    this.#position = Uint32Array.from(order, (event) => found.position[event] ?? 0);
    this.#index = Uint16Array.from(order, (event) => found.index[event] ?? 0);
  }

  get count(): number {
    return this.#position.length;
  }

  slice(begin: number, end: number): readonly ExportedEvent[] {
    const last = Math.min(end, this.count);
    return Array.from({ length: Math.max(0, last - begin) }, (_, place) => this.#at(begin + place));
  }

  #at(place: number): ExportedEvent {
    const { date, sessions } = this.#days[this.#day[place] ?? 0] as ExportedDay;
    const session = sessions.at(this.#position[place] ?? 0);
    const index = this.#index[place] ?? 0;
    const at = session.startedAt + index * EVENT_MS;
    return { date, session, index, at, name: nameOf(session, index) };
  }
}

function eventsOf(days: readonly ExportedDay[]) {
  const found = {
    at: [] as number[],
    day: [] as number[],
    position: [] as number[],
    index: [] as number[],
  };
  for (const [day, { sessions }] of days.entries()) {
    for (let position = 0; position < sessions.count; position += 1) {
      const session = sessions.at(position);
      for (let index = 0; index < countOf(session); index += 1) {
        found.at.push(session.startedAt + index * EVENT_MS);
        found.day.push(day);
        found.position.push(position);
        found.index.push(index);
      }
    }
  }
  return found;
}

/** Its start, its pages, and the purchase where there was one. */
function countOf({ pageViews, purchaseEvents }: MeasuredSession): number {
  return 1 + pageViews + purchaseEvents;
}

function nameOf({ pageViews }: MeasuredSession, index: number): ExportedEvent['name'] {
  if (index === 0) return 'session_start';
  return index <= pageViews ? 'page_view' : 'purchase';
}
