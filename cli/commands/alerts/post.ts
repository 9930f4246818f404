import { NotSent } from './not-sent.ts';

/** Milliseconds that a channel may take. */
export const PATIENCE_MS = 10_000;

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Sends a body by POST; answers with the text of the answer. Redirects are not followed. Throws NotSent. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> | URLSearchParams,
  { headers, signal }: PostOptions,
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (cause) {
    throw new NotSent('the server was not reached', { cause });
  }
  const text = await response.text().catch(() => '');
  if (!response.ok) throw new NotSent(`the server answered ${response.status}`);
  return text;
}

/** The same with a value as JSON. */
export async function postJson(
  url: string,
  value: unknown,
  { headers, signal }: PostOptions,
): Promise<string> {
  const json = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  return post(url, JSON.stringify(value), { headers: json, signal });
}
