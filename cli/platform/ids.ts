import { randomBytes } from 'node:crypto';

/** A random id of lower-case hex digits, for runs and private names. */
export function randomId(digits = 12): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
}
