import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import { isProcessAlive } from '../platform/process.ts';

const POLL_MS = 25;
/** Starting takes seconds; a lock as old as this belongs to a process whose id was given to another. */
const STALE_MS = 300_000;

/**
 * Runs something while no other process does, by a lock file that names its process. A lock whose process
 * is gone is taken over.
 */
export async function withStartLock<T>(
  path: string,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryTake(path)) {
    dropStale(path, clock);
    await clock.sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryTake(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function dropStale(path: string, clock: Clock): void {
  if (!isStale(path, clock)) return;
  // Renamed before it is removed: of several that see the stale lock, one gets it.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch {
    // Somebody else was faster.
  }
}

function isStale(path: string, clock: Clock): boolean {
  try {
    const age = clock.now() - statSync(path).mtimeMs;
    const pid = Number(readFileSync(path, 'utf8'));
    // An empty file is a lock that is just being written.
    if (pid === 0) return age > 1000;
    return age > STALE_MS || !isProcessAlive(pid);
  } catch {
    return false;
  }
}
