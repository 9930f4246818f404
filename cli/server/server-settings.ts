import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomId } from '../platform/ids.ts';
import type { ServerPaths } from './server-paths.ts';

/** How the private server is reached. */
export interface ServerSettings {
  readonly port: number;
  readonly password: string;
}

export const SERVER_USER = 'cortex';

export function readSettings(paths: ServerPaths): ServerSettings | undefined {
  try {
    const { port, password } = JSON.parse(readFileSync(paths.settings, 'utf8')) as {
      port?: unknown;
      password?: unknown;
    };
    return typeof port === 'number' && typeof password === 'string'
      ? { port, password }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Writes port and password, and the statements by which the server takes the password when it starts. */
export function writeSettings(paths: ServerPaths, port: number): ServerSettings {
  const settings = { port, password: readSettings(paths)?.password ?? randomId(32) };
  writePrivately(paths.settings, `${JSON.stringify(settings)}\n`);
  writePrivately(paths.initialStatements, passwordStatements(settings.password));
  return settings;
}

/** One statement a line, as the server wants them. The password is hexadecimal and needs no quoting. */
function passwordStatements(password: string): string {
  const accounts = ['localhost', '127.0.0.1'].map((host) => `'${SERVER_USER}'@'${host}'`);
  return [
    "DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1', ''@'localhost';",
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    ...accounts.flatMap((account) => [
      `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}';`,
      `ALTER USER ${account} IDENTIFIED BY '${password}';`,
      `GRANT ALL PRIVILEGES ON *.* TO ${account} WITH GRANT OPTION;`,
    ]),
    '',
  ].join('\n');
}

function writePrivately(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
}
