import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 2000;
const CHUNK = 1 << 20;
/** Steps that take less are told at the end only. */
const TOLD_SECONDS = 5;

/** What the log of a build says of a node that is done. */
interface LogLine {
  readonly type?: string;
  readonly node?: { readonly name?: string };
  readonly result?: { readonly ms?: number };
}

/**
 * Prints every longer step of a build when it is done, from the build's own log, so that a run that is cut off has told
 * what it measured. Ends when `signal` is aborted.
 */
export async function followSteps(logFile: string, signal: AbortSignal): Promise<void> {
  const chunk = Buffer.alloc(CHUNK);
  let position = 0;
  let rest = '';
  while (!signal.aborted) {
    await sleep(POLL_MS);
    for (let read = readAt(logFile, chunk, position); read > 0;) {
      position += read;
      const lines = (rest + chunk.toString('latin1', 0, read)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.includes('"nodeFinished"'))) tell(line);
      read = readAt(logFile, chunk, position);
    }
  }
}

function readAt(logFile: string, into: Buffer, position: number): number {
  let file: number;
  try {
    file = openSync(logFile, 'r');
  } catch {
    return 0; // The build has not begun to write it.
  }
  try {
    return readSync(file, into, 0, into.length, position);
  } finally {
    closeSync(file);
  }
}

function tell(line: string): void {
  const { node, result } = JSON.parse(line) as LogLine;
  const seconds = (result?.ms ?? 0) / 1000;
  if (seconds < TOLD_SECONDS) return;
  const time = new Date().toISOString().slice(11, 19);
  console.log(`${time} ${seconds.toFixed(2).padStart(9)} s  ${node?.name ?? ''} and its tests`);
}
