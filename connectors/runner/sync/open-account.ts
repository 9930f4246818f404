import type { AccountFacts } from '../../sdk/definition.ts';
import type { ConfiguredAccount, ConfiguredPlatform } from '../configured-platform.ts';
import type { HttpEvent } from '../http/http-event.ts';
import type { HttpWorld } from '../http/http-world.ts';
import { PlatformClient } from '../http/platform-client.ts';
import { clockDiffers, platformNotice } from '../messages.ts';
import type { StreamStatus, SyncEvent, SyncPlace } from './sync-event.ts';

/** An account that is being read: its HTTP, and what the platform says of it. */
export interface OpenAccount {
  readonly platform: ConfiguredPlatform;
  readonly account: ConfiguredAccount;
  readonly place: SyncPlace;
  readonly http: PlatformClient<unknown>;
  /** Aborts with the run, and when the account can no longer be read. */
  readonly signal: AbortSignal;
  /** Nothing more of the account can be read; its other streams end with this status. */
  stop(status: StreamStatus): void;
  readonly stopped: { readonly status: StreamStatus };
}

export interface CheckedAccount extends OpenAccount {
  readonly facts: AccountFacts;
}

export interface OpenAccountOptions {
  readonly platform: ConfiguredPlatform;
  readonly account: ConfiguredAccount;
  /** Any of them ends all that is under way. */
  readonly signals: readonly AbortSignal[];
  readonly onEvent: (event: SyncEvent) => void;
}

/** The HTTP of an account; nothing is sent yet. Disposing lets go of the signals. */
export function openAccount(
  world: HttpWorld,
  { platform, account, signals, onEvent }: OpenAccountOptions,
): OpenAccount & Disposable {
  const place = { platform: platform.definition.name, accountId: account.id };
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of signals) {
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  }
  const http = new PlatformClient<unknown>({
    ...world,
    platform: platform.definition,
    account: account.settings,
    origin: account.origin,
    credentialsPath: account.credentialsPath,
    signal: controller.signal,
    onEvent: (event) => onEvent(syncEvent(place, event)),
  });
  const stopped: { status: StreamStatus } = { status: 'cancelled' };
  return {
    platform,
    account,
    place,
    http,
    stopped,
    signal: controller.signal,
    stop(status) {
      stopped.status = status;
      abort();
    },
    [Symbol.dispose]() {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    },
  };
}

/** What happens between the runner and a platform, with the account that it is about. */
export function syncEvent(place: SyncPlace, event: HttpEvent): SyncEvent {
  switch (event.type) {
    case 'waiting':
    case 'rate':
    case 'answered':
      return { ...event, place };
    case 'clock':
      return { type: 'problem', place, diagnostic: clockDiffers(place, event.aheadMs) };
    case 'notice':
      return { type: 'problem', place, diagnostic: platformNotice(place, event.text) };
  }
}
