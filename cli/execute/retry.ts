import type { Clock } from '../kernel/clock.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { DatabaseErrorKind } from '../warehouse/database-error.ts';

/** Errors after which the same work, begun anew, may well succeed, and how people are told. */
const PASSING: Partial<Readonly<Record<DatabaseErrorKind, string>>> = {
  deadlock: 'the server ended it to resolve a deadlock',
  lock_timeout: 'another session holds a lock',
  connection_lost: 'the connection was lost',
  table_changed: 'a table changed meanwhile',
};

const MOST_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 200;

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Work that did something which must not be done twice is not begun anew. */
  readonly isRepeatable: boolean;
  /** Brings everything back to how it was before the work began. */
  readonly undo: (error: unknown) => Promise<void>;
  readonly onWait: (reason: string) => void;
}

/** Does the work, and anew after an error that may pass: three times, with growing, uneven pauses. */
export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      await options.undo(error);
      const reason = passingReason(error);
      if (!options.isRepeatable || attempt === MOST_ATTEMPTS || reason === undefined) throw error;
      options.onWait(`${reason}; trying again (${attempt + 1} of ${MOST_ATTEMPTS})`);
      await options.clock.sleep(
        FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random()),
        options.signal,
      );
    }
  }
}

export function isLost(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'connection_lost';
}

function passingReason(error: unknown): string | undefined {
  return error instanceof DatabaseError ? PASSING[error.kind] : undefined;
}
