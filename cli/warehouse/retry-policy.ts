import type { DatabaseError, DatabaseErrorKind } from './database-error.ts';

/**
 * What may be done after an error. `unit`: roll back and do the whole transaction again; `statement`: send
 * the same statement again; `look-first`: the statement may have been finished, so look at the catalog
 * before going on in a new session; `smaller`: send less at once in a new session; `none`: give up.
 */
export type RetryAdvice = 'unit' | 'statement' | 'look-first' | 'smaller' | 'none';

const ADVICE: Readonly<Record<DatabaseErrorKind, RetryAdvice>> = {
  deadlock: 'unit',
  lock_timeout: 'unit',
  table_changed: 'statement',
  connection_lost: 'look-first',
  connect_failed: 'statement',
  packet_too_large: 'smaller',
  access_denied: 'none',
  cancelled: 'none',
  statement: 'none',
};

const DEFAULT_ATTEMPTS = 3;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5000;

/** After an error inside a unit: never COMMIT, since a lock time-out leaves half of the work open. */
export function retryAdvice(error: DatabaseError): RetryAdvice {
  return ADVICE[error.kind];
}

export interface RetryPolicy {
  /** Milliseconds before the next attempt (from 1), or `undefined` when there shall be none. */
  delay(attempt: number): number | undefined;
}

/** Doubling delays from 0.2 s to 5 s, each shortened by up to a half so that two runs do not meet again. */
export function retryPolicy(
  random: () => number,
  attempts: number = DEFAULT_ATTEMPTS,
): RetryPolicy {
  return {
    delay: (attempt) => {
      if (attempt > attempts) return undefined;
      const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
      return Math.round(whole * (1 - random() / 2));
    },
  };
}
