import type { ResponseOutcome } from './http.ts';

/** Outcomes that end the read of a slice. */
export type FailedOutcome = Exclude<
  ResponseOutcome,
  { readonly action: 'ok' | 'end_of_pages' | 'skip_record' | 'refresh_auth' }
>;

/**
 * The read of a slice cannot go on. `PlatformHttp` throws it for answers; a generator throws it for what
 * only it can see: a filter that the platform ignored (`fatal`), an object that says the account is closed.
 */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  readonly outcome: FailedOutcome;

  constructor(outcome: FailedOutcome, options: { readonly cause?: unknown } = {}) {
    super(outcome.reason, options);
    this.outcome = outcome;
  }
}
