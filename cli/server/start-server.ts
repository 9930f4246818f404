import { execFile, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Clock } from '../kernel/clock.ts';
import { answersOn } from './greeting.ts';
import { serverNotInitialised, serverNotStarted } from './messages.ts';
import type { ServerBinary } from './server-binary.ts';
import { installScript } from './server-binary.ts';
import { commonOptions, MYSQL_LOG_OPTIONS, startOptions } from './server-options.ts';
import type { ServerPaths } from './server-paths.ts';
import { freePort, logTail, runningServerPid } from './server-process.ts';
import type { ServerSettings } from './server-settings.ts';
import { readSettings, writeSettings } from './server-settings.ts';

const run = promisify(execFile);

/** Recovery of a large data directory takes a while. */
const START_MS = 120_000;
const POLL_MS = 10;

type Environment = Readonly<Record<string, string | undefined>>;

/** Makes the data directory if need be and starts a server that outlives this process. Throws CX5041. */
export async function startServer(
  paths: ServerPaths,
  binary: ServerBinary,
  context: { readonly clock: Clock; readonly environment: Environment },
): Promise<ServerSettings> {
  mkdirSync(paths.folder, { recursive: true });
  chmodSync(paths.folder, 0o700);
  rmSync(paths.temporary, { recursive: true, force: true });
  mkdirSync(paths.temporary);
  if (!existsSync(paths.data)) await initialise(paths, binary, context.environment);
  const port = await freePort(readSettings(paths)?.port);
  const settings = writeSettings(paths, port);
  launch(paths, [binary.path, ...startOptions(binary, paths, port)], context.environment);
  await waitUntilReady(paths, port, context.clock);
  return settings;
}

/** Waits for the greeting of a server that was started, by whomever. */
export async function waitUntilReady(
  paths: ServerPaths,
  port: number,
  clock: Clock,
): Promise<void> {
  const start = clock.monotonic();
  let wasSeen = false;
  while (!(await answersOn(port))) {
    const isRunning = runningServerPid(paths) !== undefined;
    const waited = clock.monotonic() - start;
    const isGone = !isRunning && (wasSeen || waited > 2000);
    if (isGone || waited > START_MS) throw serverNotStarted(paths, logTail(paths));
    wasSeen ||= isRunning;
    await clock.sleep(POLL_MS);
  }
}

/** A directory that is there is complete: it is made aside and renamed. */
async function initialise(
  paths: ServerPaths,
  binary: ServerBinary,
  environment: Environment,
): Promise<void> {
  const making = { ...paths, data: `${paths.data}.new` };
  rmSync(making.data, { recursive: true, force: true });
  const common = commonOptions(making);
  const script = binary.family === 'mariadb' ? installScript(binary, environment) : undefined;
  const [program, args] =
    binary.family === 'mysql'
      ? [binary.path, [...common, ...MYSQL_LOG_OPTIONS, '--initialize-insecure']]
      : [script, [...common, '--auth-root-authentication-method=normal', '--skip-test-db']];
  if (program === undefined) throw serverNotInitialised(binary, '`mariadb-install-db` is missing');
  try {
    await run(program, args, { env: serverEnvironment(paths, environment), maxBuffer: 1 << 24 });
  } catch (cause) {
    throw serverNotInitialised(binary, cause);
  }
  renameSync(making.data, paths.data);
}

/**
 * The shell writes its process id before it becomes the server, so that the next command finds the server
 * even when this one is killed right now.
 */
function launch(paths: ServerPaths, command: readonly string[], environment: Environment): void {
  rmSync(paths.pid, { force: true });
  const log = openSync(paths.log, 'a', 0o600);
  const script =
    'echo $$ > "$CORTEX_PID_FILE.$$" && mv "$CORTEX_PID_FILE.$$" "$CORTEX_PID_FILE" && exec "$@"';
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    cwd: paths.data,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...serverEnvironment(paths, environment), CORTEX_PID_FILE: paths.pid },
  });
  closeSync(log);
  child.once('error', () => undefined);
  child.unref();
}

/** The server gets none of the project's secrets, works in UTC and writes no file elsewhere. */
function serverEnvironment(paths: ServerPaths, environment: Environment): NodeJS.ProcessEnv {
  const { PATH, HOME } = environment;
  return { PATH, HOME, TZ: 'UTC', LC_ALL: 'C', TMPDIR: paths.temporary };
}
