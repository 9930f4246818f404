import type { JsonRecord, JsonValue } from './json.ts';
import { ReadFailure } from './read-failure.ts';

/** What a generator asks for. The runner adds the origin, the authorization and the user agent. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST';
  /**
   * `/v26/customers/1/googleAds:search`, or an absolute URL that the platform sent (a next link, a file to
   * download). Absolute ones must be of the platform's own origins or of `downloadOrigins`.
   */
  readonly url: string;
  /** Sent in this order; a value that is undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** At most one of the two. */
  readonly json?: JsonValue;
  readonly form?: Readonly<Record<string, string | number | undefined>>;
  /** How many of the platform's units this call costs at most (Shopify's points), where it counts units. */
  readonly cost?: number;
  /** Without credentials: a token endpoint, a signed download. */
  readonly isAnonymous?: boolean;
}

export interface ApiResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed without losing a digit: see `JsonValue`. A body that is no JSON is a string. */
  readonly body: JsonValue;
}

/**
 * What a response means: pure, from status, headers and body.
 * The runner acts; `ok`, `end_of_pages` and `skip_record` are what a generator sees.
 */
export type ResponseOutcome =
  | { readonly action: 'ok' }
  /** Passing trouble: again after a back-off with jitter. `waitMs` is the least wait. */
  | { readonly action: 'retry'; readonly reason: string; readonly waitMs?: number | undefined }
  /**
   * Too fast: again after a wait, or after a back-off where the platform names none. The runner obeys `Retry-After`
   * by itself.
   */
  | {
      readonly action: 'rate_limited';
      readonly waitMs?: number | undefined;
      readonly reason: string;
    }
  /** The token ran out: a new one, once, then again. */
  | { readonly action: 'refresh_auth' }
  /** Too much at once: smaller pages, then a shorter slice; or a shorter slice, where pages have no part in it. */
  | { readonly action: 'split_request'; readonly by?: 'slice'; readonly reason: string }
  | { readonly action: 'end_of_pages' }
  /** The object that was asked for is gone. */
  | { readonly action: 'skip_record' }
  /** Nothing of this account can be read; other accounts can. */
  | { readonly action: 'skip_account'; readonly reason: string }
  /** Used up for now: stop cleanly, keep what is done. */
  | {
      readonly action: 'stop_until_reset';
      readonly waitMs?: number | undefined;
      readonly reason: string;
    }
  | { readonly action: 'fatal'; readonly kind: FatalKind; readonly reason: string };

/**
 * Who has to do something: `auth` connect again, `permission` grant a scope, `account` mend the account's id or
 * domain, `version` update Cortex, `request` and `query` report a bug, `response` the platform answered nonsense.
 */
export type FatalKind =
  | 'auth'
  | 'permission'
  | 'account'
  | 'version'
  | 'request'
  | 'query'
  | 'response';

/** How a platform is spoken to. All functions are pure. */
export interface HttpPolicy<Account> {
  /** `https://graph.facebook.com`. A project may name another (a proxy, a simulator). */
  origin(account: Account): string;
  /** Further origins of the platform, which the same override replaces: token endpoints. */
  readonly otherOrigins?: readonly string[];
  /** Hosts of files that the platform points to (`storage.googleapis.com`); asked without credentials. */
  readonly downloadHosts?: readonly string[];
  /** What makes a call the account's: headers or query values. Added last and never logged. */
  authorize(account: Account, token: string | undefined): Authorization;
  /** Where tokens come from when they are not simply a setting. */
  readonly tokens?: TokenSource<Account>;
  readonly rate: RatePolicy;
  /** What the platform says about its limits with each answer. */
  pace?(response: ApiResponse): RateSignal | undefined;
  classify(response: ApiResponse, request: ApiRequest): ResponseOutcome;
  /**
   * Paths in a response that hold credentials (`paging.next`). Their values are covered before anybody sees
   * the response; that there is a value can still be seen.
   */
  readonly secretPaths?: readonly string[];
}

export interface Authorization {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** Access tokens that run out. The runner refreshes them once for all calls under way. */
export interface TokenSource<Account> {
  /**
   * The request for a new token, or `undefined` where the account's settings hold one that does not run out.
   * `refreshToken` is the kept one; `now` is in milliseconds.
   */
  request(account: Account, refreshToken: string | undefined, now: number): ApiRequest | undefined;
  /**
   * Reads the answer; throws TokenRefused when the platform will not give another, and ReadFailure where it is
   * the account that is wrong.
   */
  read(response: ApiResponse, now: number, account: Account): TokenGrant;
  /** A refresh token works once: the new pair is stored before it is used. */
  readonly isSingleUse?: boolean;
  /** Days after which a refresh token that is kept works no more, where it ends; every renewal begins them anew. */
  readonly refreshDays?: number;
}

export interface TokenGrant {
  readonly accessToken: string;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
  readonly refreshToken?: string | undefined;
}

/** The platform will give no token: somebody has to connect the account again. */
export class TokenRefused extends Error {}

/** Thrown by a generator for what the platform would not finish: smaller pages, then a shorter slice, or that at once. */
export class RequestTooLarge extends ReadFailure {
  constructor(reason: string, by?: 'slice') {
    super({ action: 'split_request', reason, ...(by === undefined ? {} : { by }) });
  }
}

/** Bounds that hold before the platform says anything. */
export interface RatePolicy {
  /** Calls under way at once, per account. */
  readonly concurrency: number;
  /** A bucket of calls (or of the platform's units) that refills steadily. */
  readonly bucket?: { readonly size: number; readonly perSecond: number };
  /** Further tries of one call after passing trouble; 5 unless the platform counts errors. */
  readonly tries?: number;
}

/** What an answer says about the limit; shown to people beside the stream. */
export interface RateSignal {
  /** For people: `38 of 40 left`, `82 % used`. */
  readonly state: string;
  /** Wait this long before the next call of the account. */
  readonly waitMs?: number | undefined;
  /** Calls under way at once from now on, until the next signal. */
  readonly concurrency?: number | undefined;
  /** What is left in the bucket, in its units. */
  readonly left?: number | undefined;
  /** The bucket as the platform describes it, where that depends on the account's plan. */
  readonly bucket?: { readonly size: number; readonly perSecond: number } | undefined;
}

/** HTTP as a generator sees it: answers that mean something, or an error that the runner handles. */
export interface PlatformHttp {
  /**
   * Sends a request until it is answered for good. Resolves to the answer, to `'end_of_pages'` or to
   * `'gone'` (the record does not exist); everything else ends the slice.
   */
  send(request: ApiRequest): Promise<ApiResponse | 'end_of_pages' | 'gone'>;
  /** The lines of a text file (JSON lines), streamed; a file that ends early is an error. */
  lines(request: ApiRequest): AsyncIterable<JsonRecord>;
}
