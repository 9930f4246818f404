import type { ApiRequest, Authorization } from '../../sdk/http.ts';
import type { WireRequest } from './exchange.ts';

/** Where the requests of a platform may go. */
export interface Origins {
  /** Of the account: `https://graph.facebook.com`. */
  readonly origin: string;
  readonly otherOrigins: readonly string[];
  readonly downloadHosts: readonly string[];
  /** Stands in for all origins of the platform: a proxy, a simulator. */
  readonly override: string | undefined;
}

/** A request leads to a place that is not the platform's: credentials must not go there. */
export class ForeignAddress extends Error {
  override readonly name = 'ForeignAddress';
}

export interface RequestTarget {
  readonly url: URL;
  /** Credentials may go there. */
  readonly isPlatform: boolean;
}

/** The address that a request goes to, with its query and with the override. */
export function requestTarget(request: ApiRequest, origins: Origins): RequestTarget {
  const { origin, otherOrigins, downloadHosts, override } = origins;
  const url = new URL(request.url, origin);
  const own = [origin, ...otherOrigins].map((known) => new URL(known).origin);
  const overridden = override === undefined ? undefined : new URL(override);
  const isPlatform = own.includes(url.origin) || url.origin === overridden?.origin;
  const isDownload = downloadHosts.some(
    (host) => url.hostname === host || url.hostname.endsWith(`.${host}`),
  );
  if (!isPlatform && !isDownload) {
    throw new ForeignAddress(`\`${url.host}\` is no address of the platform`);
  }
  if (overridden !== undefined && url.origin !== overridden.origin) {
    url.protocol = overridden.protocol;
    url.host = overridden.host;
    if (overridden.port === '') url.port = '';
    if (overridden.pathname !== '/')
      url.pathname = overridden.pathname.replace(/\/$/, '') + url.pathname;
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return { url, isPlatform: isPlatform && request.isAnonymous !== true };
}

/** The request as it goes out, with the credentials put in last. */
export function wireRequest(
  request: ApiRequest,
  { url, isPlatform }: RequestTarget,
  parts: { readonly userAgent: string; readonly authorization: Authorization },
): WireRequest {
  const { authorization, userAgent } = parts;
  const credentials: Authorization = isPlatform ? authorization : {};
  const target = new URL(url);
  for (const [name, value] of Object.entries(credentials.query ?? {})) {
    target.searchParams.set(name, value);
  }
  const body = bodyOf(request);
  return {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    url: target,
    headers: {
      accept: 'application/json',
      'user-agent': userAgent,
      ...(body === undefined ? {} : { 'content-type': body.type }),
      ...lowerCase(request.headers),
      ...lowerCase(credentials.headers),
    },
    body: body?.text,
  };
}

function bodyOf({ json, form }: ApiRequest): { type: string; text: string } | undefined {
  if (json !== undefined) return { type: 'application/json', text: JSON.stringify(json) };
  if (form === undefined) return undefined;
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return {
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams(pairs).toString(),
  };
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
