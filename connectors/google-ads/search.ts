import type { PlatformHttp } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { recordsIn, unexpectedAnswer } from '../sdk/records-at.ts';
import { textAt, valueAt } from '../sdk/value-source.ts';
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
    yield resultsOf(answer.body);
    pageToken = nextPageOf(answer.body);
  } while (pageToken !== '');
}

/** `fieldMask` stands in every answer, so that one without rows can be told from one of another shape. */
function resultsOf(body: JsonValue): readonly JsonRecord[] {
  const results = valueAt(body, 'results');
  if (results !== undefined) return recordsIn(results, 'results');
  if (textAt(body, 'fieldMask') === '')
    throw unexpectedAnswer('`results` and `fieldMask` are missing');
  return [];
}

function nextPageOf(body: JsonValue): string {
  const token = valueAt(body, 'nextPageToken') ?? '';
  if (typeof token !== 'string') throw unexpectedAnswer('`nextPageToken` is no text');
  return token;
}
