import { sha256 } from '../kernel/hash.ts';

/**
 * Name of the lock that a run holds on its target database. At most 64 lower-case ASCII characters, which
 * every server takes; database names that differ in case only share it.
 */
export function runLockName(database: string): string {
  return `cortex:${sha256(database.toLowerCase()).slice(0, 40)}`;
}
