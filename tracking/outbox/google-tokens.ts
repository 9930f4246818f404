import { CancelledError } from '../../cli/kernel/errors.ts';
import { exchange, NetworkTrouble } from '../../connectors/runner/http/exchange.ts';
import type { HttpWorld } from '../../connectors/runner/http/http-world.ts';
import { DEFAULT_TIMEOUTS } from '../../connectors/runner/http/timeouts.ts';
import { parseJson } from '../../connectors/sdk/parse-json.ts';
import { at } from '../conversion/reading.ts';
import type { Destination } from './destination.ts';

const ENDPOINT = 'https://oauth2.googleapis.com/token';
/** A token that ends this soon is renewed before it is used. */
const MARGIN_MS = 60_000;

interface Grant {
  readonly token: string;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
}

export type Access =
  | { readonly kind: 'token'; readonly token: string | undefined }
  | { readonly kind: 'refused_access'; readonly code: string }
  | { readonly kind: 'no_answer'; readonly isSent: false };

/** Access tokens of Google's accounts, from their refresh tokens, kept for as long as they are valid. */
export class GoogleTokens {
  readonly #world: HttpWorld;
  readonly #grants = new Map<string, Grant>();

  constructor(world: HttpWorld) {
    this.#world = world;
  }

  /** Other platforms need none. */
  async of(destination: Destination): Promise<Access> {
    const { settings } = destination;
    if (settings.type !== 'google-ads' && settings.type !== 'google-data-manager') {
      return { kind: 'token', token: undefined };
    }
    const kept = this.#grants.get(destination.name);
    const { clock, dispatcher, signal, timeouts = DEFAULT_TIMEOUTS, userAgent } = this.#world;
    if (kept !== undefined && kept.expiresAt - MARGIN_MS > clock.now()) {
      return { kind: 'token', token: kept.token };
    }
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: settings.client_id,
      client_secret: settings.client_secret.reveal(),
      refresh_token: settings.refresh_token.reveal(),
    });
    const url = new URL(ENDPOINT);
    if (settings.origin !== undefined) url.href = new URL(url.pathname, settings.origin).href;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': userAgent,
    };
    try {
      const response = await exchange(
        { method: 'POST', url, headers, body: form.toString() },
        { dispatcher, signal, timeouts },
      );
      return this.#keep(destination.name, response, clock.now());
    } catch (error) {
      if (!(error instanceof NetworkTrouble || error instanceof CancelledError)) throw error;
      return { kind: 'no_answer', isSent: false };
    }
  }

  /** The platform refused it. */
  forget({ name }: Destination): void {
    this.#grants.delete(name);
  }

  #keep(
    name: string,
    answer: { readonly status: number; readonly text: string },
    now: number,
  ): Access {
    if (answer.status >= 500 || answer.status === 429) return { kind: 'no_answer', isSent: false };
    const body = jsonOf(answer.text);
    const token = at(body, 'access_token');
    if (answer.status >= 300 || typeof token !== 'string') {
      return { kind: 'refused_access', code: 'TOKEN_REFUSED' };
    }
    const seconds = Number(at(body, 'expires_in') ?? 0);
    this.#grants.set(name, { token, expiresAt: now + seconds * 1_000 });
    return { kind: 'token', token };
  }
}

function jsonOf(text: string) {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
