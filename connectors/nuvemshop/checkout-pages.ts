import type { Page } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import type { ListPage, NumberedList } from '../sdk/settled-list.ts';
import { readSettled } from '../sdk/settled-list.ts';
import type { Context } from './list.ts';
import { MOST_ITEMS, numberedList, timeText } from './list.ts';
import { scalarText } from '../sdk/scalar-text.ts';

const SECOND_MS = 1000;

/**
 * All checkouts that the platform has. They know no lower bound by time, so that more than a query can reach
 * are read in stretches, newest first, each bounded by the oldest creation of the one before.
 */
export async function* readCheckouts(context: Context): AsyncGenerator<Page, void> {
  for (let before = Number.POSITIVE_INFINITY; ;) {
    const bound = Number.isFinite(before) ? timeText(before) : undefined;
    const list = numberedList(context, {
      resource: 'checkouts',
      query: { created_at_max: bound },
    });
    const first = await list.fetch(1);
    if (first === undefined) return;
    if ((first.total ?? 0) <= MOST_ITEMS) return yield* readSettled(list, first);
    // A second later: whether the bound is inclusive is not documented.
    const next = (yield* readStretch(list, first)) + SECOND_MS;
    if (next >= before) return yield { records: [], notices: [OUT_OF_REACH] };
    before = next;
  }
}

const OUT_OF_REACH =
  'more abandoned checkouts than a query can reach, and not newest first: the rest was not read';

/** Reads as far as a query reaches; returns the oldest creation, in milliseconds since the Unix epoch. */
async function* readStretch(list: NumberedList, first: ListPage): AsyncGenerator<Page, number> {
  let oldest = oldestOf(first.records);
  yield { records: first.records };
  for (let number = 2; number * list.pageSize <= MOST_ITEMS; number += 1) {
    const page = await list.fetch(number);
    if (page === undefined) break;
    oldest = Math.min(oldest, oldestOf(page.records));
    yield { records: page.records };
  }
  return oldest;
}

function oldestOf(records: readonly JsonRecord[]): number {
  const times = records.map((record) => Date.parse(scalarText(record['created_at'])));
  return Math.min(...times.filter((time) => !Number.isNaN(time)));
}
