import { totalmem } from 'node:os';
import type { ServerBinary } from './server-binary.ts';
import type { ServerPaths } from './server-paths.ts';

const MEGABYTE = 1024 * 1024;

/** No system configuration file is read, and nothing outside the project is written. */
export function commonOptions(paths: ServerPaths): readonly string[] {
  return [
    '--no-defaults',
    `--datadir=${paths.data}`,
    `--tmpdir=${paths.temporary}`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
}

/**
 * Settings that MySQL's data directory is made and started with. A log that is made at its full size is written
 * in a circle; one that has to grow makes files later, and MySQL 9 aborts when the disk is full by then.
 */
export const MYSQL_LOG_OPTIONS: readonly string[] = ['--innodb-redo-log-capacity=512M'];

/**
 * Settings for analytics by one user: a large buffer pool, large sorts and joins in memory, no binary log,
 * and a log that is synced every second, since everything can be built again. Paths of socket and
 * statements are relative to the data directory, where the server works: they stay short.
 */
export function startOptions(
  binary: ServerBinary,
  paths: ServerPaths,
  port: number,
): readonly string[] {
  return [
    ...commonOptions(paths),
    '--socket=../socket',
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--init-file=../init.sql',
    '--pid-file=../mysqld.pid',
    '--local-infile=1',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--max-connections=200',
    '--max-allowed-packet=64M',
    `--innodb-buffer-pool-size=${bufferPoolMegabytes(totalmem())}M`,
    '--innodb-flush-log-at-trx-commit=2',
    '--tmp-table-size=64M',
    '--max-heap-table-size=64M',
    '--sort-buffer-size=4M',
    '--join-buffer-size=4M',
    ...(binary.family === 'mysql' ? MYSQL_OPTIONS : MARIADB_OPTIONS),
  ];
}

const MYSQL_OPTIONS = [
  '--disable-log-bin',
  '--mysqlx=OFF',
  '--secure-file-priv=NULL',
  ...MYSQL_LOG_OPTIONS,
];

/** The plugin names who holds a lock; a server without it starts all the same. */
const MARIADB_OPTIONS = [
  '--skip-log-bin',
  '--innodb-log-file-size=128M',
  '--plugin-load-add=metadata_lock_info',
];

/** A quarter of the memory, from 128 MB to 2 GB. */
export function bufferPoolMegabytes(memoryBytes: number): number {
  const quarter = Math.floor(memoryBytes / 4 / MEGABYTE / 128) * 128;
  return Math.min(2048, Math.max(128, quarter));
}
