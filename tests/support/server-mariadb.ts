import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ServerCommand } from './server-process.ts';
import { USER_OPTION } from './server-process.ts';

/** The machine's MariaDB, installed by apt when there is none. */
export function mariadbCommand(): ServerCommand {
  const program = findProgram('mariadbd') ?? installed();
  return {
    name: 'mariadb',
    program,
    initialise: (dataDirectory) => [
      findProgram('mariadb-install-db') ?? 'mariadb-install-db',
      '--no-defaults',
      `--datadir=${dataDirectory}`,
      '--skip-test-db',
      ...USER_OPTION,
      '--auth-root-authentication-method=normal',
    ],
    options: ['--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci'],
  };
}

/** A program on the PATH or in a usual directory of servers. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
    '/usr/libexec',
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function installed(): string {
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'mariadb-server'];
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  console.log(`MariaDB is missing: running ${[...asRoot, ...install].join(' ')}`);
  const run = (words: readonly string[]) =>
    spawnSync(words[0] ?? '', words.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run([...asRoot, 'apt-get', 'update']);
  run([...asRoot, ...install]);
  const program = findProgram('mariadbd');
  if (program !== undefined) return program;
  throw new Error(
    'MariaDB could not be installed: install mariadb-server, or name servers in CORTEX_TEST_SERVERS',
  );
}
