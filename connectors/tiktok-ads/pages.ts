import type { Page, ReadContext } from '../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { readSettled } from '../sdk/settled-list.ts';
import type { ListPage } from '../sdk/settled-list.ts';
import { recordsAt, unexpectedAnswer } from '../sdk/records-at.ts';
import { valueAt } from '../sdk/value-source.ts';
import type { TiktokAdsAccount } from './account.ts';
import { pathOf } from './api.ts';

export type TiktokAdsRead = ReadContext<TiktokAdsAccount>;

export interface Listing {
  /** `campaign/get`. */
  readonly endpoint: string;
  readonly query: Readonly<Record<string, string>>;
  /** What tells records apart, to see that each came. */
  readonly identityOf: (record: JsonRecord) => string;
}

/** All pages of a list, by number, to the last one that TikTok names. The list is live while it is read. */
export function pagesOf(context: TiktokAdsRead, listing: Listing): AsyncGenerator<Page, void> {
  return readSettled({
    pageSize: context.pageSize,
    idOf: listing.identityOf,
    fetch: (page) => fetchPage(context, listing, page),
  });
}

async function fetchPage(
  { http, pageSize }: TiktokAdsRead,
  { endpoint, query }: Listing,
  page: number,
): Promise<ListPage | undefined> {
  const answer = await http.send({
    url: pathOf(endpoint),
    query: { ...query, page, page_size: pageSize },
  });
  if (typeof answer === 'string') return undefined;
  return {
    records: recordsAt(answer.body, 'data.list'),
    total: countAt(answer.body, 'total_number'),
    hasNext: page < countAt(answer.body, 'total_page'),
  };
}

/** A list without these numbers would pass for one that ends with its first page. */
function countAt(body: JsonValue, name: 'total_number' | 'total_page'): number {
  const count = valueAt(body, `data.page_info.${name}`);
  if (typeof count !== 'number') throw unexpectedAnswer(`\`page_info.${name}\` is no number`);
  return count;
}
