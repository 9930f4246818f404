import type { ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import type { JsonValue } from '../sdk/json.ts';
import { isRecord } from '../sdk/value-source.ts';

/** Application (40016, 40100) and advertiser (40133) limits. */
const TOO_FAST = new Set([40_016, 40_100, 40_133]);
const PASSING = new Set([40_200, 40_201, 40_202, 40_700]);
const TOKEN_REFUSED = new Set([40_101, 40_102, 40_104, 40_105, 40_110]);
const NOT_THIS_ADVERTISER = new Set([40_001, 40_300]);

/** The code with which a part of the answer is missing: what is there must not pass for the whole. */
const PARTLY = 20_001;

/**
 * Means by the code of the envelope: TikTok answers with HTTP 200 even to what it refuses. Other statuses
 * come from what stands in front of the API, and from a wrong path (404).
 */
export function classify(response: ApiResponse): ResponseOutcome {
  const { status } = response;
  const envelope = envelopeOf(response.body);
  if (envelope !== undefined) return outcomeOf(envelope);
  const reason = `HTTP ${String(status)} without an answer of the API`;
  if (status === 404) return { action: 'fatal', kind: 'version', reason };
  if (status === 401) return { action: 'fatal', kind: 'auth', reason };
  if (status === 403) return { action: 'fatal', kind: 'permission', reason };
  if (status === 429) return { action: 'rate_limited', reason };
  return { action: 'retry', reason };
}

interface Envelope {
  readonly code: number;
  readonly message: string;
}

function outcomeOf({ code, message }: Envelope): ResponseOutcome {
  const reason = `code ${String(code)}: ${message}`;
  if (code === 0) return { action: 'ok' };
  if (TOO_FAST.has(code)) return { action: 'rate_limited', reason };
  if (TOKEN_REFUSED.has(code)) return { action: 'fatal', kind: 'auth', reason };
  if (NOT_THIS_ADVERTISER.has(code)) return { action: 'skip_account', reason };
  if (code === PARTLY || PASSING.has(code) || isServerSide(code)) {
    return { action: 'retry', reason };
  }
  return { action: 'fatal', kind: 'request', reason };
}

/** 5xxxx is a fault of the server, 6xxxx its maintenance. */
function isServerSide(code: number): boolean {
  return code >= 50_000 && code < 70_000;
}

function envelopeOf(body: JsonValue): Envelope | undefined {
  if (!isRecord(body)) return undefined;
  const { code, message } = body;
  if (typeof code !== 'number') return undefined;
  return { code, message: typeof message === 'string' ? message : 'no message' };
}
