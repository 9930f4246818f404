import type { Page, ReadContext } from '../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { isList, isRecord, valueAt } from '../sdk/value-source.ts';
import type { TiktokAdsAccount } from './account.ts';
import { pathOf } from './api.ts';

export type TiktokAdsRead = ReadContext<TiktokAdsAccount>;

export interface Listing {
  /** `campaign/get`. */
  readonly endpoint: string;
  readonly query: Readonly<Record<string, string>>;
  /** What tells records apart, to see that each came. */
  identityOf(record: JsonRecord): string;
}

/** Reads of a list that keeps changing, at most. */
const MOST_PASSES = 3;

/**
 * All pages of a list, by number, to the last one that TikTok names. The list is live: when something is
 * taken out of it while it is read, what follows moves over a page's end and would be missed. So a list in
 * which less came than it says to have, or whose size changed, is read again; nothing comes twice by that,
 * since records replace their older copies.
 */
export async function* pagesOf(
  context: TiktokAdsRead,
  listing: Listing,
): AsyncGenerator<Page, void> {
  const seen = new Set<string>();
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const sizes = new Set<number>();
    for await (const page of onePass(context, listing)) {
      sizes.add(page.size);
      for (const record of page.records) seen.add(listing.identityOf(record));
      yield { records: page.records };
    }
    if (sizes.size <= 1 && [...sizes].every((size) => seen.size >= size)) return;
  }
  yield {
    records: [],
    notices: [`the list of ${listing.endpoint} kept changing while it was read`],
  };
}

interface SizedPage {
  readonly records: readonly JsonRecord[];
  /** How many records the whole list has, as of this page. */
  readonly size: number;
}

async function* onePass(context: TiktokAdsRead, listing: Listing): AsyncGenerator<SizedPage, void> {
  let page = 1;
  let last = 1;
  do {
    const answer = await context.http.send({
      url: pathOf(listing.endpoint),
      query: { ...listing.query, page, page_size: context.pageSize },
    });
    if (typeof answer === 'string') return;
    yield { records: recordsOf(answer.body), size: countAt(answer.body, 'total_number') };
    last = countAt(answer.body, 'total_page');
    page += 1;
  } while (page <= last);
}

/** The records of an answer. */
export function recordsOf(body: JsonValue): readonly JsonRecord[] {
  const list = valueAt(body, 'data.list');
  return isList(list) ? list.filter(isRecord) : [];
}

function countAt(body: JsonValue, name: 'total_number' | 'total_page'): number {
  return Number(valueAt(body, `data.page_info.${name}`) ?? 0);
}
