import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './server-mariadb.ts';
import type { ServerCommand } from './server-process.ts';
import { moveUnlessThere, TEST_SERVER_CACHE, USER_OPTION } from './server-process.ts';

/** The machine's MySQL, or one from Debian's packages, unpacked beside the tests without installing it. */
export function mysqlCommand(): ServerCommand {
  const program = mysqlOfMachine() ?? unpackedMysql();
  return {
    name: 'mysql',
    program,
    initialise: (dataDirectory) => [
      program,
      '--no-defaults',
      '--initialize-insecure',
      `--datadir=${dataDirectory}`,
      ...USER_OPTION,
    ],
    options: ['--mysqlx=OFF', '--secure-file-priv=NULL'],
  };
}

/** A `mysqld` that is MySQL's and not a link to MariaDB's. */
function mysqlOfMachine(): string | undefined {
  const found = findProgram('mysqld');
  if (found === undefined) return undefined;
  const version = execFileSync(found, ['--no-defaults', '--version'], { encoding: 'utf8' });
  return version.includes('MariaDB') ? undefined : found;
}

/** A script that starts the unpacked server through the loader and the libraries it was built for. */
function unpackedMysql(): string {
  const home = join(TEST_SERVER_CACHE, 'mysql');
  const script = join(home, 'mysqld');
  if (existsSync(script)) return script;
  const making = `${home}.${process.pid}`;
  try {
    download(making);
  } catch (cause) {
    rmSync(making, { recursive: true, force: true });
    throw new Error(
      'MySQL 9 could not be downloaded with apt: put `mysqld` on the PATH, or name servers in CORTEX_TEST_SERVERS',
      { cause },
    );
  }
  moveUnlessThere(making, home);
  return script;
}

function download(folder: string): void {
  console.log('MySQL is missing: downloading it with apt (60 MB, once)');
  for (const part of ['etc', 'lists/partial', 'cache/archives/partial', 'root']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(
    join(folder, 'etc/sources.list'),
    `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${debianMirror()} sid main\n`,
  );
  apt(folder, ['update']);
  apt(folder, ['-y', '--download-only', 'install', 'mysql-server-core']);
  const archives = join(folder, 'cache/archives');
  for (const name of readdirSync(archives).filter(isNeeded)) {
    execFileSync('dpkg-deb', ['-x', join(archives, name), join(folder, 'root')]);
  }
  for (const part of ['cache', 'lists', 'etc']) {
    rmSync(join(folder, part), { recursive: true, force: true });
  }
  writeFileSync(join(folder, 'mysqld'), startScript());
  chmodSync(join(folder, 'mysqld'), 0o755);
}

function isNeeded(name: string): boolean {
  return name.endsWith('.deb') && !name.startsWith('perl') && !name.startsWith('libperl');
}

function debianMirror(): string {
  const format = '$(REPO_URI) $(CODENAME)';
  const rows = execFileSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' });
  const address = rows.split('\n')[0]?.split(' ')[0];
  if (address === undefined || address === '') throw new Error('apt names no package source');
  return address;
}

function apt(folder: string, words: readonly string[]): void {
  const option = (name: string, value: string) => ['-o', `${name}=${value}`];
  execFileSync(
    'apt-get',
    [
      ...option('Dir::Etc::sourcelist', join(folder, 'etc/sources.list')),
      ...option('Dir::Etc::sourceparts', '-'),
      ...option('Dir::State::lists', join(folder, 'lists')),
      ...option('Dir::Cache', join(folder, 'cache')),
      ...option('Dir::State::status', join(folder, 'status')),
      ...option('Debug::NoLocking', '1'),
      ...option('APT::Install-Recommends', '0'),
      ...option('APT::Sandbox::User', ''),
      ...words,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
}

function startScript(): string {
  return `#!/bin/sh
root="$(dirname "$(readlink -f "$0")")/root"
loader="$(ls "$root"/usr/lib64/ld-linux-*.so.* "$root"/usr/lib/ld-linux-*.so.* 2>/dev/null | head -n 1)"
libraries="$(ls -d "$root"/usr/lib/*-linux-gnu | head -n 1)"
exec "$loader" --library-path "$libraries" "$root/usr/sbin/mysqld" "$@" \\
  --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" \\
  --character-sets-dir="$root/usr/share/mysql/charsets"
`;
}
