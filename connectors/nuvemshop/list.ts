import type { Page, ReadContext } from '../sdk/definition.ts';
import type { ApiResponse } from '../sdk/http.ts';
import type { ListPage, NumberedList } from '../sdk/settled-list.ts';
import { readSettled } from '../sdk/settled-list.ts';
import { recordsIn } from '../sdk/records-at.ts';
import type { NuvemshopAccount } from './account.ts';
import { pathOf } from './api.ts';
import { scalarText } from '../sdk/scalar-text.ts';

/** A query cannot reach past this many items (422), since November 2025. */
export const MOST_ITEMS = 10_000;

export type Context = ReadContext<NuvemshopAccount>;

/** A list of a store and what narrows it. */
export interface ListRequest {
  /** `orders`. */
  readonly resource: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** Reads a list that is not bounded by a time. */
export async function* readList(
  context: Context,
  request: ListRequest,
): AsyncGenerator<Page, void> {
  yield* readSettled(numberedList(context, request));
}

export interface TimeWindow {
  /** The filter's names, without `_min` and `_max`. */
  readonly filter: 'created_at' | 'updated_at';
  /** Milliseconds since the Unix epoch; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
}

const SECOND_MS = 1000;

/** Reads the records of a window; one that holds more than a query can reach is halved until it does not. */
export async function* readWindow(
  context: Context,
  request: ListRequest,
  window: TimeWindow,
): AsyncGenerator<Page, void> {
  const { filter, from, to } = window;
  const list = numberedList(context, {
    ...request,
    query: {
      // Whether the bounds are inclusive is not documented: a second more at the beginning loses nothing.
      [`${filter}_min`]: timeText(from - SECOND_MS),
      [`${filter}_max`]: timeText(to),
      ...request.query,
    },
  });
  const first = await list.fetch(1);
  if (first === undefined) return;
  const middle = Math.floor((from + to) / 2 / SECOND_MS) * SECOND_MS;
  if ((first.total ?? 0) <= MOST_ITEMS || middle <= from) return yield* readSettled(list, first);
  yield* readWindow(context, request, { filter, from, to: middle });
  yield* readWindow(context, request, { filter, from: middle, to });
}

export function numberedList(context: Context, { resource, query }: ListRequest): NumberedList {
  const { http, accountId, pageSize } = context;
  /** Records of the longest page: less than it was asked for where the platform, or a proxy, serves fewer. */
  let served = 0;
  return {
    get pageSize() {
      return served === 0 ? pageSize : served;
    },
    idOf: (record) => scalarText(record['id']),
    fetch: async (page) => {
      const response = await http.send({
        url: pathOf(accountId, resource),
        query: { per_page: pageSize, ...query, page },
      });
      if (typeof response === 'string') return undefined;
      const records = recordsIn(response.body, 'the list');
      served = Math.max(served, records.length);
      return { records, ...furtherOf(response, page * served) };
    },
  };
}

/**
 * Either header tells of more: a `Link`, whose address is never followed, and the count. Where a proxy took both
 * away, only the page behind the last one tells that it was the last.
 *
 * @param reached records up to the end of the page
 */
function furtherOf({ headers }: ApiResponse, reached: number): Omit<ListPage, 'records'> {
  const { link = '', 'x-total-count': count = '' } = headers;
  const total = /^\d+$/.test(count) ? Number(count) : undefined;
  if (/\brel="?next"?/.test(link)) return { total, hasNext: true };
  if (total !== undefined) return { total, hasNext: reached > 0 && total > reached };
  return { total, hasNext: /\brel=/.test(link) ? false : 'unknown' };
}

/** Brasília is 3 hours behind UTC all year. */
const OFFSET_MS = 3 * 3_600_000;

/**
 * `2026-10-01T00:00:00-03:00`. An offset with a minus: a `+` that the platform prints unencoded into its
 * links would come back as a space.
 */
export function timeText(ms: number): string {
  return `${new Date(ms - OFFSET_MS).toISOString().slice(0, 19)}-03:00`;
}
