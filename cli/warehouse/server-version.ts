import type { ServerFamily } from '../manifest/capabilities.ts';

export interface ServerVersion {
  readonly family: ServerFamily;
  /** `10.11.19`. */
  readonly version: string;
  /** `MariaDB 10.11.19`. */
  readonly label: string;
}

const NAMES: Readonly<Record<ServerFamily, string>> = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  tidb: 'TiDB',
};

/** MySQL casts to DOUBLE, as macros do, from 8.0.17 on; before 8.0.13 it lacks the defaults of the state tables. */
const OLDEST: Readonly<Record<ServerFamily, string>> = {
  mysql: '8.0.17',
  mariadb: '10.6',
  tidb: '6.1',
};

/** Reads what `VERSION()` says: `10.11.19-MariaDB-log`, `8.0.11-TiDB-v7.5.1`, `9.7.4`. */
export function readServerVersion(text: string): ServerVersion {
  const tidb = /TiDB-v?(\d+\.\d+\.\d+)/i.exec(text)?.[1];
  if (tidb !== undefined) return named('tidb', tidb);
  const number = /\d+\.\d+(?:\.\d+)?/.exec(text.replace(/^5\.5\.5-/, ''))?.[0] ?? '0.0.0';
  return named(/mariadb/i.test(text) ? 'mariadb' : 'mysql', number);
}

/** Whether Cortex works with the server at all. Aurora tells two numbers only: those are compared. */
export function isSupported({ family, version }: ServerVersion): boolean {
  const told = version.split('.').length;
  return isAtLeast(version, OLDEST[family].split('.').slice(0, told).join('.'));
}

/** `MySQL 8.0.17, MariaDB 10.6 and TiDB 6.1`. */
export function supportedServers(): string {
  const oldest = (family: ServerFamily) => `${NAMES[family]} ${OLDEST[family]}`;
  return `${oldest('mysql')}, ${oldest('mariadb')} and ${oldest('tidb')}`;
}

/** Compares `9.7.4` with `8.0.21` by number. */
export function isAtLeast(version: string, oldest: string): boolean {
  const have = version.split('.').map(Number);
  const need = oldest.split('.').map(Number);
  for (let index = 0; index < need.length; index += 1) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function named(family: ServerFamily, version: string): ServerVersion {
  return { family, version, label: `${NAMES[family]} ${version}` };
}
