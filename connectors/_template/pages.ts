import type { Page } from '../sdk/definition.ts';
import type { ApiRequest, PlatformHttp } from '../sdk/http.ts';
import { isList, isRecord, valueAt } from '../sdk/value-source.ts';

/** Follows the platform's own signal: `next` is null on the last page. A short page means nothing. */
export async function* pagesOf(http: PlatformHttp, request: ApiRequest): AsyncGenerator<Page> {
  let page: number | undefined = 1;
  while (page !== undefined) {
    const answer = await http.send({ ...request, query: { ...request.query, page } });
    if (typeof answer === 'string') return;
    const records = valueAt(answer.body, 'data');
    yield { records: isList(records) ? records.filter(isRecord) : [] };
    const next = valueAt(answer.body, 'next');
    page = typeof next === 'number' ? next : undefined;
  }
}
