import { readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { isProcessAlive } from '../platform/process.ts';
import type { ServerPaths } from './server-paths.ts';

/** Process id of the running server of this data directory, or `undefined`. */
export function runningServerPid(paths: ServerPaths): number | undefined {
  const pid = Number(readIfThere(paths.pid));
  if (!Number.isInteger(pid) || pid <= 0 || !isProcessAlive(pid)) return undefined;
  return worksOn(pid, paths.data) ? pid : undefined;
}

/** The last lines of the server's log. */
export function logTail(paths: ServerPaths, lines = 15): readonly string[] {
  return (readIfThere(paths.log) ?? '').trimEnd().split('\n').slice(-lines);
}

/** The wanted port when nobody listens there, else any free one. */
export async function freePort(wanted: number | undefined): Promise<number> {
  const first = wanted === undefined ? undefined : await tryPort(wanted);
  return first ?? (await tryPort(0)) ?? 0;
}

/** Process ids are used again: where the system tells, the command line must name the data directory. */
function worksOn(pid: number, dataDirectory: string): boolean {
  const commandLine = readIfThere(`/proc/${pid}/cmdline`);
  if (commandLine === undefined) return true;
  return commandLine === ''
    ? isBecomingProgram(pid)
    : commandLine.includes(`--datadir=${dataDirectory}`);
}

/** In the moment of `exec` Linux tells no command line; a process that ended has no program either. */
function isBecomingProgram(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== '';
  } catch {
    return false;
  }
}

async function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const bound = address === null || typeof address === 'string' ? undefined : address.port;
      probe.close(() => resolve(bound));
    });
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
