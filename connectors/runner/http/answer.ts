import type { ApiResponse } from '../../sdk/http.ts';
import type { JsonValue } from '../../sdk/json.ts';
import { parseJson } from '../../sdk/parse-json.ts';
import type { WireResponse } from './exchange.ts';
import { NetworkTrouble } from './exchange.ts';
import type { Scrubber } from './scrub.ts';
import { withoutSecrets } from './scrub.ts';

/**
 * An answer as everybody sees it: parsed, and without credentials. Throws NetworkTrouble for a body that
 * says it is JSON and cannot be read: most often the rest of it was lost.
 */
export function answerOf(
  { status, headers, text }: WireResponse,
  scrubber: Scrubber,
  secretPaths: readonly string[],
): ApiResponse {
  const covered = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, scrubber.text(value)]),
  );
  const body = bodyOf(scrubber.body(text), headers['content-type'] ?? '');
  return { status, headers: covered, body: withoutSecrets(body, secretPaths) };
}

function bodyOf(text: string, contentType: string): JsonValue {
  try {
    return parseJson(text);
  } catch (cause) {
    if (/[/+]json\b/i.test(contentType) && text !== '') {
      throw new NetworkTrouble('the answer is no whole JSON', { cause });
    }
    return text;
  }
}
