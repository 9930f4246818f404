import { isIP } from 'node:net';
import type { ServerTarget } from '../../manifest/target.ts';
import type { Database } from '../database.ts';
import { readVariables } from '../probe.ts';
import type { Check } from './check.ts';
import { fail, ok, warn } from './check.ts';

const SMALL_PACKET = 16 * 1024 * 1024;
/** Control, kill and lock sessions beside those of the threads. */
const RESERVED_SESSIONS = 3;
const BREAKING_MODES = ['ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES', 'PIPES_AS_CONCAT', 'IGNORE_SPACE'];

/** Settings of the server that limit what Cortex can do. */
export async function* settingChecks(
  database: Database,
  target: ServerTarget,
): AsyncGenerator<Check> {
  const variables = await readVariables(database.control, [
    'read_only',
    'super_read_only',
    'innodb_read_only',
    'sql_mode',
    'max_connections',
  ]);
  yield await encryptionCheck(database, target);
  yield readOnlyCheck(variables);
  yield sqlModeCheck(variables.get('sql_mode') ?? '');
  yield timeZoneCheck(database);
  yield packetCheck(database);
  yield localInfileCheck(database);
  yield connectionsCheck(Number(variables.get('max_connections') ?? 0), target);
}

async function encryptionCheck(database: Database, target: ServerTarget): Promise<Check> {
  const [row] = await database.control.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
  const cipher = row?.['Value'];
  if (typeof cipher === 'string' && cipher !== '') return ok('encryption', `TLS with ${cipher}`);
  const isLocal =
    target.socket !== undefined ||
    target.host === 'localhost' ||
    (isIP(target.host) !== 0 && /^(?:127\.|::1$)/.test(target.host));
  return isLocal
    ? ok('encryption', 'none, and the connection does not leave this machine')
    : warn(
        'encryption',
        'the connection is not encrypted: whoever is on the way can read the data',
        `add \`ssl: true\` to the target \`${target.name}\``,
      );
}

function readOnlyCheck(variables: ReadonlyMap<string, string>): Check {
  const found = ['super_read_only', 'innodb_read_only', 'read_only'].find((name) =>
    /^(?:on|1)$/i.test(variables.get(name) ?? ''),
  );
  return found === undefined
    ? ok('read only', 'the server takes changes')
    : fail(
        'read only',
        `\`${found}\` is on: the server takes no changes`,
        'use the address of the primary server as target',
      );
}

function sqlModeCheck(mode: string): Check {
  const modes = mode.split(',').filter((name) => name !== '');
  const breaking = modes.filter((name) => BREAKING_MODES.includes(name));
  if (breaking.length > 0) {
    return fail(
      'sql_mode',
      `${breaking.join(', ')} changes how SQL is read`,
      'remove it from `session.sql_mode` of the target',
    );
  }
  return modes.some((name) => name.startsWith('STRICT_'))
    ? ok('sql_mode', modes.join(','))
    : warn(
        'sql_mode',
        'sessions are not strict: values that do not fit are changed in silence',
        'remove `session.sql_mode` from the target, so that Cortex sets its own',
      );
}

function timeZoneCheck(database: Database): Check {
  return database.capabilities.namedTimeZones
    ? ok('time zones', 'names such as `America/Sao_Paulo` are known')
    : warn(
        'time zones',
        'the tables of time zones are empty: CONVERT_TZ with names gives NULL',
        'fill them with `mysql_tzinfo_to_sql /usr/share/zoneinfo | mysql -u root mysql`, or use the macro for local time, which does not need them',
      );
}

function packetCheck(database: Database): Check {
  const bytes = database.capabilities.maxAllowedPacket;
  const megabytes = `${Math.round(bytes / 1024 / 1024)} MB`;
  return bytes >= SMALL_PACKET
    ? ok('packet size', megabytes)
    : warn(
        'packet size',
        `\`max_allowed_packet\` is ${megabytes}: long statements and values are refused`,
        'SET GLOBAL max_allowed_packet = 67108864',
      );
}

function localInfileCheck(database: Database): Check {
  return database.capabilities.localInfile
    ? ok('local_infile', 'files are loaded in the fastest way')
    : warn(
        'local_infile',
        'LOAD DATA LOCAL is off: files are loaded by INSERT, at about half the speed',
        'SET GLOBAL local_infile = 1',
      );
}

function connectionsCheck(most: number, target: ServerTarget): Check {
  const needed = target.threads + RESERVED_SESSIONS;
  return most === 0 || most >= needed * 2
    ? ok('connections', `${most} allowed, ${needed} needed`)
    : warn(
        'connections',
        `${most} are allowed, and Cortex needs ${needed} of them`,
        'lower `threads` of the target, or raise `max_connections`',
      );
}
