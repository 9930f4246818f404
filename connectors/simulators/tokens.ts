import { mix } from './random.ts';
import type { SimulatorClock } from './simulated-clock.ts';

export type TokenState = 'valid' | 'expired' | 'revoked' | 'unknown';

interface Token {
  readonly expiresAt: number;
  isRevoked: boolean;
}

/**
 * The credentials that a simulated platform knows. The faults `expired_token` and `revoked_token` act on
 * it, so that `authorize` answers as it always does.
 */
export class TokenBook {
  readonly #clock: SimulatorClock;
  readonly #tokens = new Map<string, Token>();
  #issued = 0;
  #isClosed = false;

  /** @param accepted credentials that are valid from the start and do not run out */
  constructor(clock: SimulatorClock, accepted: readonly string[]) {
    this.#clock = clock;
    for (const token of accepted) this.accept(token);
  }

  /** Nobody gets another token: the access was withdrawn. Token endpoints ask before they issue one. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Tokens issued so far. */
  get issued(): number {
    return this.#issued;
  }

  accept(token: string, lifetimeMs = Number.POSITIVE_INFINITY): void {
    this.#tokens.set(token, { expiresAt: this.#clock.now() + lifetimeMs, isRevoked: false });
  }

  /** A new token, the same one in every run. `kind` begins it: `access`, `refresh`. */
  issue(kind: string, lifetimeMs: number): string {
    this.#issued += 1;
    const token = `simulated-${kind}-${this.#issued}-${mix(this.#issued, kind.length).toString(16)}`;
    this.accept(token, lifetimeMs);
    return token;
  }

  check(token: string | undefined): TokenState {
    const known = token === undefined ? undefined : this.#tokens.get(token);
    if (known === undefined) return 'unknown';
    if (known.isRevoked) return 'revoked';
    return known.expiresAt <= this.#clock.now() ? 'expired' : 'valid';
  }

  /** Takes a token that works once: says what it was and makes it unknown. */
  spend(token: string | undefined): TokenState {
    const state = this.check(token);
    if (token !== undefined) this.#tokens.delete(token);
    return state;
  }

  /** All tokens that run out have run out now; refresh tokens (`kind` in their name) and accepted ones stay. */
  expire(kind: string): void {
    for (const [name, token] of this.#tokens) {
      if (Number.isFinite(token.expiresAt) && name.startsWith(`simulated-${kind}-`)) {
        this.#tokens.set(name, { ...token, expiresAt: this.#clock.now() });
      }
    }
  }

  /** Withdraws everything for good. */
  revokeAll(): void {
    this.#isClosed = true;
    for (const token of this.#tokens.values()) token.isRevoked = true;
  }
}
