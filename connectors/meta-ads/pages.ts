import type { Page, ReadContext } from '../sdk/definition.ts';
import type { ApiRequest } from '../sdk/http.ts';
import type { JsonValue } from '../sdk/json.ts';
import { recordsAt, unexpectedAnswer } from '../sdk/records-at.ts';
import { isRecord, valueAt } from '../sdk/value-source.ts';
import type { MetaAdsAccount } from './account.ts';

export type MetaAdsRead = ReadContext<MetaAdsAccount>;

/**
 * All pages of an edge. The next request is built from `cursors.after`: the link that Meta sends contains
 * the token. There is a next page where there is such a link; the cursors stand on the last page too.
 */
export async function* pagesOf(
  context: MetaAdsRead,
  request: ApiRequest,
): AsyncGenerator<Page, void> {
  let after: string | undefined;
  do {
    const query = { ...request.query, limit: context.pageSize, after };
    const answer = await context.http.send({ ...request, query });
    if (typeof answer === 'string') throw unexpectedAnswer('the list is not there');
    yield { records: recordsAt(answer.body, 'data') };
    after = nextCursor(answer.body);
  } while (after !== undefined);
}

function nextCursor(body: JsonValue): string | undefined {
  const paging = valueAt(body, 'paging');
  // An empty list has none.
  if (paging === undefined && recordsAt(body, 'data').length === 0) return undefined;
  if (!isRecord(paging)) throw unexpectedAnswer('`paging` is missing');
  if (paging['next'] === undefined) return undefined;
  const after = valueAt(paging, 'cursors.after');
  if (typeof after !== 'string') throw unexpectedAnswer('`paging` has no cursor');
  return after;
}
