import { diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { CortexError } from '../../../cli/kernel/errors.ts';
import type { ConnectResult, PlatformDefinition } from '../../sdk/definition.ts';
import { TokenRefused } from '../../sdk/http.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import { Secret } from '../../sdk/secret.ts';
import type { HttpWorld } from '../http/http-world.ts';
import { PlatformClient } from '../http/platform-client.ts';
import { syncEvent } from '../sync/open-account.ts';
import type { SyncEvent } from '../sync/sync-event.ts';

export interface ExchangeOptions {
  /** What a person typed in the steps of `connect`, by their keys. */
  readonly answers: Readonly<Record<string, string>>;
  /** Stands in for all addresses of the platform. */
  readonly origin?: string | undefined;
  readonly onEvent: (event: SyncEvent) => void;
}

/**
 * What a person typed, turned into settings and secrets by the platform's own exchange. Throws CX7201 where the
 * platform gives no credentials for it.
 */
export async function exchangeCredentials(
  definition: PlatformDefinition,
  world: HttpWorld,
  { answers, origin, onEvent }: ExchangeOptions,
): Promise<ConnectResult<unknown>> {
  const { connect } = definition;
  const isSecret = (key: string) =>
    connect.steps.find((step) => step.key === key)?.isSecret !== false;
  const entries = Object.entries(answers);
  if (connect.exchange === undefined) {
    return {
      account: Object.fromEntries(entries.filter(([key]) => !isSecret(key))),
      secrets: Object.fromEntries(entries.filter(([key]) => isSecret(key))),
    };
  }
  const secrets = entries.filter(([key]) => isSecret(key)).map(([, text]) => new Secret(text));
  const http = new PlatformClient<unknown>({
    ...world,
    platform: withoutAccount(definition),
    account: secrets,
    origin,
    credentialsPath: '',
    onEvent: (event) => onEvent(syncEvent({ platform: definition.name, accountId: '' }, event)),
  });
  try {
    return await connect.exchange(answers, http);
  } catch (error) {
    if (!(error instanceof TokenRefused || error instanceof ReadFailure)) throw error;
    const reason = http.scrub(error.message);
    throw new CortexError([
      diagnostic('CX7201', `${definition.label} gives no credentials: ${reason}`, {
        hint: `go through \`cortex connect ${definition.name}\` again`,
      }),
    ]);
  }
}

/** There is no account yet: its exchange sends its own credentials, to another origin or the only one. */
function withoutAccount(definition: PlatformDefinition): PlatformDefinition {
  const { tokens: _tokens, ...http } = definition.http;
  const [first] = http.otherOrigins ?? [];
  const origin = (account: unknown) => first ?? http.origin(account);
  return { ...definition, http: { ...http, origin, authorize: () => ({}) } };
}
