import type { PlatformHttp } from '../sdk/http.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { isList, isRecord, textAt, valueAt } from '../sdk/value-source.ts';
import { API_VERSION } from './api.ts';

/** A page always has 10,000 rows; Google refuses any other size. */
export const PAGE_SIZE = 10_000;

/**
 * The rows of a GAQL query, page by page, until Google names no next page. `results` is missing where
 * nothing fits.
 */
export async function* searchPages(
  { http, accountId }: { readonly http: PlatformHttp; readonly accountId: string },
  query: string,
): AsyncGenerator<readonly JsonRecord[], void> {
  const url = `/${API_VERSION.version}/customers/${accountId}/googleAds:search`;
  let pageToken = '';
  do {
    const json = pageToken === '' ? { query } : { query, pageToken };
    const answer = await http.send({ method: 'POST', url, json });
    if (typeof answer === 'string') return;
    const results = valueAt(answer.body, 'results');
    yield isList(results) ? results.filter(isRecord) : [];
    pageToken = textAt(answer.body, 'nextPageToken');
  } while (pageToken !== '');
}
