import { execFile } from 'node:child_process';
import { constants, accessSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { serverBinaryBroken, serverMissing } from './messages.ts';

const run = promisify(execFile);

/** The program of a server on this machine. */
export interface ServerBinary {
  readonly path: string;
  readonly family: 'mysql' | 'mariadb';
  /** `10.11.19`. */
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** MariaDB first: it starts and stops faster, and needs less memory. */
const PROGRAMS = ['mariadbd', 'mysqld'];

const USUAL_FOLDERS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/usr/libexec',
  '/usr/local/mysql/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/usr/local/opt/mariadb/bin',
];

/** Finds a server program: CORTEX_SERVER_BINARY, the PATH, the usual folders. Throws CX5040. */
export async function findServerBinary(environment: Environment): Promise<ServerBinary> {
  const path = serverProgram(environment);
  if (path === undefined) throw serverMissing(environment['CORTEX_SERVER_BINARY']);
  try {
    const { stdout } = await run(path, ['--no-defaults', '--version']);
    const version = /Ver (\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? 'unknown';
    return { path, family: /mariadb/i.test(stdout) ? 'mariadb' : 'mysql', version };
  } catch (cause) {
    throw serverBinaryBroken(path, cause);
  }
}

/** Path of the server program, or `undefined` when this machine has none. */
export function serverProgram(environment: Environment): string | undefined {
  const named = environment['CORTEX_SERVER_BINARY'] ?? '';
  if (named !== '') return isExecutable(named) ? named : undefined;
  for (const program of PROGRAMS) {
    const found = findProgram(program, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A program on the PATH or in one of the folders, which are the usual ones of servers. */
export function findProgram(
  name: string,
  environment: Environment,
  folders: readonly string[] = USUAL_FOLDERS,
): string | undefined {
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...onPath, ...folders].map((folder) => join(folder, name)).find(isExecutable);
}

/** The script that makes a data directory of MariaDB, next to its server. */
export function installScript(binary: ServerBinary, environment: Environment): string | undefined {
  const bin = dirname(binary.path);
  const near = [bin, join(bin, '../bin'), join(bin, '../scripts')];
  const names = ['mariadb-install-db', 'mysql_install_db'];
  const candidates = near.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? findProgram('mariadb-install-db', environment);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
