import { ReadFailure } from '../../sdk/read-failure.ts';
import type { ApiRequest, ApiResponse, TokenGrant, TokenSource } from '../../sdk/http.ts';
import { TokenRefused } from '../../sdk/http.ts';
import {
  readCredentials,
  withCredentialsLock,
  writeCredentials,
} from '../credentials/credentials-file.ts';
import type { Scrubber } from './scrub.ts';

export interface TokenKeeperOptions<Account> {
  readonly source: TokenSource<Account>;
  readonly account: Account;
  /** The account's credentials file: single-use tokens are kept there. */
  readonly path: string;
  readonly scrubber: Scrubber;
  /** The platform's time, as far as it is known. */
  readonly now: () => number;
  /** How far the machine's clock was found to be ahead of it. */
  readonly aheadMs: () => number;
  /** Asks the token endpoint, through passing trouble. */
  readonly ask: (request: ApiRequest) => Promise<ApiResponse>;
}

/** A token that ends this soon is renewed before it is used. */
const MARGIN_MS = 60_000;

/** The access token of an account, renewed once for all calls that need it. */
export class TokenKeeper<Account> {
  readonly #options: TokenKeeperOptions<Account>;
  #grant: TokenGrant | undefined;
  #renewal: Promise<TokenGrant | undefined> | undefined;

  constructor(options: TokenKeeperOptions<Account>) {
    this.#options = options;
  }

  /**
   * A token that is valid for now; `undefined` where the account's settings hold one that does not run out.
   * Throws ReadFailure where the platform gives none.
   */
  async accessToken(): Promise<string | undefined> {
    if (this.#grant === undefined || this.#isEnding(this.#grant)) await this.#renew(undefined);
    return this.#grant?.accessToken;
  }

  /** Called when the platform refused a token; does nothing where another one is there already. */
  async renew(refused: string): Promise<void> {
    if (this.#grant?.accessToken !== refused) return;
    await this.#renew(refused);
  }

  #isEnding({ expiresAt }: TokenGrant): boolean {
    return expiresAt - MARGIN_MS <= this.#options.now();
  }

  async #renew(refused: string | undefined): Promise<void> {
    const { source, scrubber } = this.#options;
    this.#renewal ??= (
      source.isSingleUse === true ? this.#renewStored(refused) : this.#grantBy(undefined)
    ).finally(() => (this.#renewal = undefined));
    const grant = await this.#renewal;
    if (grant === undefined) return;
    scrubber.add(grant.accessToken);
    if (grant.refreshToken !== undefined) scrubber.add(grant.refreshToken);
    this.#grant = grant;
  }

  /**
   * A refresh token that works once: under a lock, since another process may have used it already, and the
   * new pair is on the disk before anybody uses it.
   */
  async #renewStored(refused: string | undefined): Promise<TokenGrant | undefined> {
    const { path } = this.#options;
    return withCredentialsLock(path, async () => {
      const kept = readCredentials(path);
      const stored = kept?.tokens;
      if (stored !== undefined && stored.accessToken !== refused && !this.#isEnding(stored)) {
        return stored;
      }
      const grant = await this.#grantBy(stored?.refreshToken);
      if (grant === undefined) return undefined;
      const { accessToken, expiresAt, refreshToken = stored?.refreshToken } = grant;
      const tokens = {
        accessToken,
        expiresAt,
        ...(refreshToken === undefined ? {} : { refreshToken }),
      };
      writeCredentials(path, { account: {}, secrets: {}, ...kept, tokens });
      return grant;
    });
  }

  /**
   * A refresh token that is refused may have been spent by a call whose answer never arrived; what the account's
   * settings offer besides (a code) is tried then.
   */
  async #grantBy(refreshToken: string | undefined): Promise<TokenGrant | undefined> {
    const { scrubber } = this.#options;
    if (refreshToken !== undefined) scrubber.add(refreshToken);
    try {
      return await this.#ask(refreshToken).catch((error: unknown) => {
        if (refreshToken === undefined || !(error instanceof TokenRefused)) throw error;
        return this.#ask(undefined);
      });
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      const reason = scrubber.text(error.message);
      throw new ReadFailure({ action: 'fatal', kind: 'auth', reason });
    }
  }

  /** A request that was signed by a wrong clock is refused; the refusal tells the time, and it is made again. */
  async #ask(refreshToken: string | undefined): Promise<TokenGrant | undefined> {
    const { aheadMs } = this.#options;
    const before = aheadMs();
    try {
      return await this.#askOnce(refreshToken);
    } catch (error) {
      if (!(error instanceof TokenRefused) || aheadMs() === before) throw error;
      return this.#askOnce(refreshToken);
    }
  }

  async #askOnce(refreshToken: string | undefined): Promise<TokenGrant | undefined> {
    const { source, account, now, ask } = this.#options;
    const request = source.request(account, refreshToken, now());
    return request === undefined ? undefined : source.read(await ask(request), now(), account);
  }
}
