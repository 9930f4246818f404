import { existsSync, rmSync } from 'node:fs';
import type { Clock } from '../kernel/clock.ts';
import type { LocalTarget, ServerTarget } from '../manifest/target.ts';
import { answersOn } from './greeting.ts';
import { serverNotStopped } from './messages.ts';
import { findServerBinary } from './server-binary.ts';
import type { ServerPaths } from './server-paths.ts';
import { serverPaths, usableSocket } from './server-paths.ts';
import { runningServerPid } from './server-process.ts';
import type { ServerSettings } from './server-settings.ts';
import { readSettings, SERVER_USER } from './server-settings.ts';
import { withStartLock } from './start-lock.ts';
import { startServer, waitUntilReady } from './start-server.ts';

export interface ServerOptions {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when a server is started in place of reused; `isFirst` when its data directory is made. */
  readonly onStart?:
    | ((start: { readonly isFirst: boolean; readonly label: string }) => void)
    | undefined;
}

/** A private server that answers. */
export interface LocalServer {
  readonly port: number;
  readonly socket?: string;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** False when it already ran. */
  readonly wasStarted: boolean;
}

export type ServerStatus =
  | {
      readonly state: 'running';
      readonly pid: number;
      readonly port: number;
      readonly socket?: string;
    }
  | { readonly state: 'stopped' }
  | { readonly state: 'absent' };

const STOP_MS = 60_000;
const POLL_MS = 20;

/** The private server of a project, started unless it runs. Commands that start at once share one. */
export async function ensureServer(
  projectDirectory: string,
  options: ServerOptions,
): Promise<LocalServer> {
  const paths = serverPaths(projectDirectory);
  return (
    (await runningServer(paths)) ??
    withStartLock(paths.lock, options.clock, async () => startUnlessRunning(paths, options))
  );
}

async function startUnlessRunning(
  paths: ServerPaths,
  options: ServerOptions,
): Promise<LocalServer> {
  const settings = readSettings(paths);
  if (settings !== undefined && runningServerPid(paths) !== undefined) {
    await waitUntilReady(paths, settings.port, options.clock);
    return localServer(paths, settings, false);
  }
  const binary = await findServerBinary(options.environment);
  const name = binary.family === 'mysql' ? 'MySQL' : 'MariaDB';
  options.onStart?.({ isFirst: !existsSync(paths.data), label: `${name} ${binary.version}` });
  return localServer(paths, await startServer(paths, binary, options), true);
}

async function runningServer(paths: ServerPaths): Promise<LocalServer | undefined> {
  const settings = readSettings(paths);
  if (settings === undefined || runningServerPid(paths) === undefined) return undefined;
  return (await answersOn(settings.port)) ? localServer(paths, settings, false) : undefined;
}

function localServer(
  paths: ServerPaths,
  settings: ServerSettings,
  wasStarted: boolean,
): LocalServer {
  const socket = usableSocket(paths);
  return {
    port: settings.port,
    ...(socket === undefined ? {} : { socket }),
    user: SERVER_USER,
    password: settings.password,
    pid: runningServerPid(paths) ?? 0,
    wasStarted,
  };
}

/** Stops the private server and waits until it is gone. Answers false when none ran. */
export async function stopServer(projectDirectory: string, clock: Clock): Promise<boolean> {
  const paths = serverPaths(projectDirectory);
  if (runningServerPid(paths) === undefined) return false;
  return withStartLock(paths.lock, clock, async () => {
    const pid = runningServerPid(paths);
    if (pid === undefined) return false;
    process.kill(pid, 'SIGTERM');
    const start = clock.monotonic();
    while (runningServerPid(paths) === pid) {
      if (clock.monotonic() - start > STOP_MS) throw serverNotStopped(pid);
      await clock.sleep(POLL_MS);
    }
    rmSync(paths.pid, { force: true });
    return true;
  });
}

/** What there is of a private server, without starting it. */
export function serverStatus(projectDirectory: string): ServerStatus {
  const paths = serverPaths(projectDirectory);
  const pid = runningServerPid(paths);
  const settings = readSettings(paths);
  if (pid !== undefined && settings !== undefined) {
    const socket = usableSocket(paths);
    return {
      state: 'running',
      pid,
      port: settings.port,
      ...(socket === undefined ? {} : { socket }),
    };
  }
  return existsSync(paths.data) ? { state: 'stopped' } : { state: 'absent' };
}

export function serverLogPath(projectDirectory: string): string {
  return serverPaths(projectDirectory).log;
}

/** The address of a running private server, as a target like any other. */
export function localServerTarget(target: LocalTarget, server: LocalServer): ServerTarget {
  return {
    ...target,
    type: 'mysql',
    host: '127.0.0.1',
    port: server.port,
    ...(server.socket === undefined ? {} : { socket: server.socket }),
    user: server.user,
    password: server.password,
  };
}
