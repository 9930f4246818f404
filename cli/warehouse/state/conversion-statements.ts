import { DatabaseError } from '../database-error.ts';

/** Rows of one statement. */
const CHUNK = 500;
const DEADLOCK = 1213;

/** What one statement after the other takes. */
export function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += CHUNK) {
    parts.push(items.slice(start, start + CHUNK));
  }
  return parts;
}

/** Two workers that update the outbox may meet in a deadlock: the server lets one of them try again. */
export async function patiently<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isDeadlock = error instanceof DatabaseError && error.errno === DEADLOCK;
    if (!isDeadlock || tries <= 1) throw error;
    return patiently(work, tries - 1);
  }
}
