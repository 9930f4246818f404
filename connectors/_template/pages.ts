import type { Page } from '../sdk/definition.ts';
import type { ApiRequest, PlatformHttp } from '../sdk/http.ts';
import type { JsonValue } from '../sdk/json.ts';
import { recordsAt, unexpectedAnswer } from '../sdk/records-at.ts';
import { valueAt } from '../sdk/value-source.ts';

/** Follows the platform's own signal: `next` is null on the last page. A short page means nothing. */
export async function* pagesOf(http: PlatformHttp, request: ApiRequest): AsyncGenerator<Page> {
  let page: number | undefined = 1;
  while (page !== undefined) {
    const answer = await http.send({ ...request, query: { ...request.query, page } });
    if (typeof answer === 'string') return;
    yield { records: recordsAt(answer.body, 'data') };
    page = nextPage(answer.body);
  }
}

/** An answer that does not say whether there is a next page must not pass for the last one. */
function nextPage(body: JsonValue): number | undefined {
  const next = valueAt(body, 'next');
  if (next === null) return undefined;
  if (typeof next !== 'number') throw unexpectedAnswer('`next` is no page number');
  return next;
}
