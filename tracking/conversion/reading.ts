import type { JsonRecord, JsonValue } from '../../connectors/sdk/json.ts';
import { isRecord } from '../../connectors/sdk/value-source.ts';

/** An answer of a platform; a body that is no JSON is a string. */
export interface DestinationAnswer {
  readonly status: number;
  readonly body: JsonValue;
}

export type DestinationState = 'ok' | 'pause_auth' | 'pause_config';

/** What an answer says about one event. `code` is the platform's, and never quotes what was sent. */
export type EventOutcome =
  | { readonly outcome: 'delivered'; readonly code?: string }
  | { readonly outcome: 'dead'; readonly code: string }
  | {
      readonly outcome: 'retry';
      readonly code: string;
      /** The event did nothing wrong: it is sent again at once, and no attempt is counted. */
      readonly isInnocent?: boolean;
      /** The platform did not take it for certain. */
      readonly isRefused?: boolean;
      /** Not before this. */
      readonly waitMs?: number;
      /** Attempts after which it is given up; the outbox's own number otherwise. */
      readonly tries?: number;
    };

/** What an answer means for the batch that it answers. */
export type Reading =
  | {
      readonly action: 'settle';
      readonly destination: DestinationState;
      /** In the order of the events. */
      readonly perEvent: readonly EventOutcome[];
      /** The platform's name for the request: what its support asks for. */
      readonly requestId?: string;
      readonly warning?: string;
    }
  /** Refused as a whole, without a name: halve it. */
  | { readonly action: 'split'; readonly destination: 'ok'; readonly code: string };

/** One outcome for all events of a batch. */
export function settleAll(
  sent: number,
  outcome: EventOutcome,
  more: {
    readonly destination?: DestinationState;
    readonly requestId?: string | undefined;
    readonly warning?: string | undefined;
  } = {},
): Reading {
  const { destination = 'ok', requestId, warning } = more;
  return {
    action: 'settle',
    destination,
    perEvent: Array.from({ length: sent }, () => outcome),
    ...(requestId === undefined ? {} : { requestId }),
    ...(warning === undefined ? {} : { warning }),
  };
}

/** The destination stops; its events keep their attempts. */
export function pause(
  sent: number,
  destination: 'pause_auth' | 'pause_config',
  code: string,
): Reading {
  return settleAll(
    sent,
    { outcome: 'retry', code, isInnocent: true, isRefused: true },
    { destination },
  );
}

/** Bad data somewhere: to be halved until one event is left, which is dead. */
export function splitOrDead(sent: number, code: string): Reading {
  return sent > 1
    ? { action: 'split', destination: 'ok', code }
    : settleAll(sent, { outcome: 'dead', code });
}

/** What an HTTP status says where the body says nothing. */
export function readStatus(status: number, sent: number): Reading {
  const code = `HTTP_${status}`;
  if (status === 401 || status === 403) return pause(sent, 'pause_auth', code);
  if (status === 404) return pause(sent, 'pause_config', code);
  if (status === 429) return settleAll(sent, { outcome: 'retry', code, isRefused: true });
  if (status >= 400 && status < 500 && status !== 408) return splitOrDead(sent, code);
  return settleAll(sent, { outcome: 'retry', code });
}

/** The value of a key of a map; `undefined` for everything else. */
export function at(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The maps of a list. */
export function records(value: JsonValue | undefined): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter((item): item is JsonRecord => isRecord(item)) : [];
}

/** A code as it may be kept: short, and of letters, digits and underscores. */
export function codeText(value: JsonValue | undefined): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\w{1,80}$/.test(text) ? text : undefined;
}
