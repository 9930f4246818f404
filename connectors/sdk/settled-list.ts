import type { Page } from './definition.ts';
import type { JsonRecord } from './json.ts';
import { ReadFailure } from './read-failure.ts';

/** A page of a list that is paged by number, while records enter and leave it. */
export interface ListPage {
  readonly records: readonly JsonRecord[];
  /** How many records the whole list holds, as the platform says with this page. */
  readonly total: number | undefined;
  /** `unknown` where the platform does not say: the list ends with a page that is empty or missing. */
  readonly hasNext: boolean | 'unknown';
}

export interface NumberedList {
  /** Records that a full page holds: what is asked for, or what the platform serves at most. */
  readonly pageSize: number;
  /** `undefined` past the end. Pages count from 1. */
  fetch(page: number): Promise<ListPage | undefined>;
  /** What tells records apart. */
  idOf(record: JsonRecord): string;
}

const MOST_PASSES = 4;
/** Records that enter in front move those of one page onto the next; of so many pages in a row they do not. */
const MOST_KNOWN_PAGES = 5;

/**
 * Reads a list that moves while it is read so that no record that stays in it is missed.
 *
 * Forwards, a record that leaves an earlier page moves a later one onto a page that was already read; such a
 * pass is told by a total that sinks, or by fewer different records than the platform counts. It is then read
 * again from the last page to the first, where what leaves only moves records onto pages that are still to
 * come. Records that come twice are yielded twice; the version guard keeps the newer one.
 * Throws ReadFailure for a list that repeats itself without an end.
 */
export async function* readSettled(
  list: NumberedList,
  first?: ListPage,
): AsyncGenerator<Page, void> {
  let pass: Pass = { isSettled: false, lastTotal: undefined, sank: false };
  for (let count = 1; count <= MOST_PASSES; count += 1) {
    pass = pass.sank
      ? yield* readBackwards(list, pass.lastTotal ?? 0)
      : yield* readForwards(list, count === 1 ? first : undefined);
    if (pass.isSettled) return;
  }
  const notice = `a list went on changing while it was read ${String(MOST_PASSES)} times`;
  yield { records: [], notices: [notice] };
}

interface Pass {
  readonly isSettled: boolean;
  readonly lastTotal: number | undefined;
  /** Records left the list while it was read. */
  readonly sank: boolean;
}

async function* readForwards(
  list: NumberedList,
  first: ListPage | undefined,
): AsyncGenerator<Page, Pass> {
  const seen = new Set<string>();
  let knownPages = 0;
  let lastTotal: number | undefined;
  let sank = false;
  let isAnnounced = false;
  for (let number = 1; ; number += 1) {
    const page = (number === 1 ? first : undefined) ?? (await list.fetch(number));
    if (page === undefined) {
      // A page that the one before announced is gone: as many records left as it held.
      sank ||= isAnnounced;
      break;
    }
    sank ||= isLess(page.total, lastTotal);
    lastTotal = page.total ?? lastTotal;
    const known = seen.size;
    for (const record of page.records) seen.add(list.idOf(record));
    knownPages = seen.size === known ? knownPages + 1 : 0;
    if (knownPages === MOST_KNOWN_PAGES) throw endlessList(number);
    yield { records: page.records };
    if (page.hasNext === false || (page.hasNext === 'unknown' && page.records.length === 0)) break;
    isAnnounced = page.hasNext === true;
  }
  return { isSettled: !sank && seen.size >= (lastTotal ?? 0), lastTotal, sank };
}

async function* readBackwards(list: NumberedList, total: number): AsyncGenerator<Page, Pass> {
  let lastTotal: number | undefined = total;
  let grew = false;
  for (let number = Math.max(Math.ceil(total / list.pageSize), 1); number >= 1; number -= 1) {
    const page = await list.fetch(number);
    if (page === undefined) continue;
    grew ||= isLess(lastTotal, page.total);
    lastTotal = page.total ?? lastTotal;
    yield { records: page.records };
  }
  return { isSettled: !grew, lastTotal, sank: false };
}

/** The platform does not heed the page that it is asked for. */
function endlessList(page: number): ReadFailure {
  return new ReadFailure({
    action: 'fatal',
    kind: 'response',
    reason: `pages up to ${page} hold the same records again and again`,
  });
}

function isLess(left: number | undefined, right: number | undefined): boolean {
  return left !== undefined && right !== undefined && left < right;
}
