import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import type { ServerAddress } from './server-address.ts';

/** How to make a data directory and run a server on it. */
export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly initialise: (dataDirectory: string) => readonly [program: string, ...args: string[]];
  readonly options: readonly string[];
}

export interface RunningServer {
  /** `mysql 9.7.4`. */
  readonly label: string;
  readonly address: ServerAddress;
  stop(): Promise<void>;
}

/** What the tests keep between runs: downloaded servers and initialised data directories. */
export const TEST_SERVER_CACHE = join(
  fileURLToPath(new URL('../..', import.meta.url)),
  '.cortex/test-servers',
);

/** Servers refuse to run as root unless told so. */
export const USER_OPTION = process.getuid?.() === 0 ? ['--user=root'] : [];

const START_SECONDS = 60;

/** Ends the server and removes its folder as soon as the run is gone, however it ended. */
const GUARD = `
exec 3<&0
"$@" < /dev/null & server=$!
(cat <&3 > /dev/null; kill $server; while kill -0 $server; do sleep 0.1; done; rm -rf "$0"; rmdir "$(dirname "$0")") 2> /dev/null &
wait $server
`;

/** Starts a private server in a folder and waits until it answers. */
export async function startServer(command: ServerCommand, folder: string): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  const dataDirectory = join(folder, 'data');
  cpSync(initialisedData(command), dataDirectory, { recursive: true });
  rmSync(join(dataDirectory, 'auto.cnf'), { force: true });
  // Of its own: a starting MariaDB deletes the temporary tables of others that share the folder.
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const port = await freePort();
  const address = { name: command.name, host: '127.0.0.1', port, user: 'root', password: '' };
  const log = join(folder, 'server.log');
  const out = openSync(log, 'a');
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      GUARD,
      folder,
      command.program,
      '--no-defaults',
      `--datadir=${dataDirectory}`,
      `--tmpdir=${temporary}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      '--local-infile=1',
      '--innodb-buffer-pool-size=256M',
      '--max-connections=200',
      ...command.options,
      ...USER_OPTION,
    ],
    { stdio: ['pipe', out, out] },
  );
  closeSync(out);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const version = await waitForAnswer(address, hasExited).catch((error: unknown) => {
    child.stdin?.end();
    throw new Error(`${command.name} did not start:\n${readFileSync(log, 'utf8').slice(-3000)}`, {
      cause: error,
    });
  });
  return {
    label: `${command.name} ${version}`,
    address: { ...address, socket: join(folder, 'socket'), program: command.program },
    stop: async () => {
      child.stdin?.end();
      await exited;
    },
  };
}

/** A data directory made once and copied for every run. */
function initialisedData(command: ServerCommand): string {
  const version = execFileSync(command.program, ['--no-defaults', '--version'], {
    encoding: 'utf8',
  });
  const release = /Ver ([\w.-]+)/.exec(version)?.[1] ?? 'unknown';
  const ready = join(TEST_SERVER_CACHE, `data-${command.name}-${release}`);
  if (existsSync(ready)) return ready;
  const making = `${ready}.${process.pid}`;
  mkdirSync(dirname(making), { recursive: true });
  const [program, ...args] = command.initialise(making);
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  moveUnlessThere(making, ready);
  return ready;
}

/** Renames a finished folder to its place; when another run was faster, its folder is taken. */
export function moveUnlessThere(finished: string, place: string): void {
  try {
    renameSync(finished, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    rmSync(finished, { recursive: true, force: true });
  }
}

async function waitForAnswer(address: ServerAddress, hasExited: () => boolean): Promise<string> {
  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    try {
      return await versionOf(address);
    } catch (error) {
      if (hasExited() || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Logs in and asks for the version. */
export async function versionOf(address: ServerAddress): Promise<string> {
  const { host, port, user, password } = address;
  const connection = await createConnection({ host, port, user, password });
  const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
  await connection.end();
  return String(rows[0]?.['version']);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('no free port');
  return bound.port;
}
