import type { Page, ReadContext } from '../sdk/definition.ts';
import type { JsonValue } from '../sdk/json.ts';
import type { ListPage } from '../sdk/settled-list.ts';
import { readSettled } from '../sdk/settled-list.ts';
import { recordsAt, recordsIn, unexpectedAnswer } from '../sdk/records-at.ts';
import { isRecord, valueAt } from '../sdk/value-source.ts';
import type { TrayAccount } from './account.ts';
import { pathOf } from './path.ts';
import { scalarText } from '../sdk/scalar-text.ts';

export type Context = ReadContext<TrayAccount>;

/** A list of a store, with the wrappers around it and around each record: `{"Orders": [{"Order": {…}}]}`. */
export interface TrayList {
  /** `orders`. */
  readonly resource: string;
  /** `Orders`. */
  readonly list: string;
  /** `Order`. */
  readonly item: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** What tells records apart; `id` otherwise. */
  readonly key?: readonly string[];
}

/** Reads a list to the end that `paging` tells; the records come without their wrapper. */
export async function* readList(context: Context, list: TrayList): AsyncGenerator<Page, void> {
  const { http, account, pageSize } = context;
  const key = list.key ?? ['id'];
  yield* readSettled({
    pageSize,
    idOf: (record) => key.map((name) => scalarText(record[name])).join('/'),
    fetch: async (page) => {
      const response = await http.send({
        url: pathOf(account, list.resource),
        query: { ...list.query, limit: pageSize, page },
      });
      return typeof response === 'string' ? undefined : listPageOf(response.body, list, page);
    },
  });
}

/** `{"paging": {"total": 7, "page": 1, "offset": 0, "limit": 3}, "Orders": [{"Order": {…}}]}` */
function listPageOf(body: JsonValue, { list, item }: TrayList, page: number): ListPage {
  const total = Number(valueAt(body, 'paging.total') ?? Number.NaN);
  const limit = Number(valueAt(body, 'paging.limit') ?? Number.NaN);
  if (!Number.isFinite(total) || !(limit > 0)) {
    throw unexpectedAnswer('`paging` lacks `total` or `limit`');
  }
  const wrapped = recordsAt(body, list);
  const records = recordsIn(
    wrapped.map((entry) => unwrapped(entry, item)),
    list,
  );
  return { records, total, hasNext: page * limit < total };
}

/** What is inside a wrapper: `{…}` of `{"Order": {…}}`. */
export function unwrapped(entry: JsonValue, item: string): JsonValue {
  const inner = isRecord(entry) ? entry[item] : undefined;
  return isRecord(inner) ? inner : entry;
}
