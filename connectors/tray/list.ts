import type { Page, ReadContext } from '../sdk/definition.ts';
import type { JsonValue } from '../sdk/json.ts';
import type { ListPage } from '../sdk/settled-list.ts';
import { readSettled } from '../sdk/settled-list.ts';
import { isList, isRecord } from '../sdk/value-source.ts';
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
  const fields = isRecord(body) ? body : {};
  const paging = isRecord(fields['paging']) ? fields['paging'] : {};
  const wrapped = isList(fields[list]) ? fields[list] : [];
  const records = wrapped.map((entry) => unwrapped(entry, item)).filter((entry) => isRecord(entry));
  const total = Number(paging['total'] ?? Number.NaN);
  const limit = Number(paging['limit'] ?? Number.NaN);
  return Number.isFinite(total) && limit > 0
    ? { records, total, hasNext: page * limit < total }
    : { records, total: undefined, hasNext: records.length > 0 };
}

/** What is inside a wrapper: `{…}` of `{"Order": {…}}`. */
export function unwrapped(entry: JsonValue, item: string): JsonValue {
  const inner = isRecord(entry) ? entry[item] : undefined;
  return isRecord(inner) ? inner : entry;
}
