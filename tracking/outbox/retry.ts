const MINUTE_MS = 60_000;
const FIRST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/** How long a worker holds an event: longer than a request and its answer may take. */
export const LEASE_MS = 15 * MINUTE_MS;

/** Attempts after which an event is given up. */
export const MAX_ATTEMPTS = 8;

/** Milliseconds from an attempt to the next, the first attempt being 1: five minutes, doubled, a day at most. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS);
}

/** Meta and TikTok forget an event's id after 48 hours; a second sending would count twice then. */
const REMEMBERED_MS = 47 * 60 * MINUTE_MS;

/** Whether an event whose outcome is not known since a time may be sent again with its id. */
export function isResendable(
  unknownSince: number | undefined,
  now: number,
  forgetsIds: boolean,
): boolean {
  return unknownSince === undefined || !forgetsIds || now - unknownSince <= REMEMBERED_MS;
}
