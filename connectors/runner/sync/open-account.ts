import type { AccountFacts } from '../../sdk/definition.ts';
import type { ConfiguredAccount, ConfiguredPlatform } from '../configured-platform.ts';
import type { HttpEvent } from '../http/http-event.ts';
import { PlatformClient } from '../http/platform-client.ts';
import { platformNotice } from '../messages.ts';
import type { StreamStatus, SyncPlace } from './sync-event.ts';
import type { SyncRun } from './sync-run.ts';

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

/** The HTTP of an account; nothing is sent yet. Disposing lets go of the run's signal. */
export function openAccount(
  run: SyncRun,
  platform: ConfiguredPlatform,
  account: ConfiguredAccount,
): OpenAccount & Disposable {
  const place = { platform: platform.definition.name, accountId: account.id };
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of [run.signal, run.session.lost]) {
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  }
  const http = new PlatformClient<unknown>({
    platform: platform.definition,
    account: account.settings,
    origin: account.origin,
    credentialsPath: account.credentialsPath,
    userAgent: run.userAgent,
    dispatcher: run.dispatcher,
    clock: run.clock,
    random: run.random,
    timeouts: run.timeouts,
    maxWaitMs: run.maxWaitMs,
    signal: controller.signal,
    onEvent: (event) => reportHttp(run, place, event),
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
      for (const signal of [run.signal, run.session.lost]) {
        signal.removeEventListener('abort', abort);
      }
    },
  };
}

function reportHttp(run: SyncRun, place: SyncPlace, event: HttpEvent): void {
  switch (event.type) {
    case 'waiting':
      return run.onEvent({ type: 'waiting', place, reason: event.reason, ms: event.ms });
    case 'rate':
      return run.onEvent({ type: 'rate', place, state: event.state });
    case 'notice':
      return run.onEvent({ type: 'problem', place, diagnostic: platformNotice(place, event.text) });
    case 'answered':
      return run.onEvent({ type: 'answered', place, status: event.status, ms: event.ms });
  }
}
