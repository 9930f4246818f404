import type { Capabilities } from '../manifest/capabilities.ts';
import { literal } from '../sql/literal.ts';
import type { Connection } from './database.ts';
import type { ServerVersion } from './server-version.ts';
import { isAtLeast } from './server-version.ts';

/** The strictest: these two, of which a server has one, tell trailing blanks apart; `utf8mb4_bin` does not. */
const BINARY_COLLATION_SQL =
  "SELECT MIN(collation_name) FROM information_schema.collations WHERE collation_name IN ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')";

const VARIABLES = [
  'local_infile',
  'max_allowed_packet',
  'sql_require_primary_key',
  'innodb_force_primary_key',
  'performance_schema',
  'tidb_enable_check_constraint',
];

/** Asks the server what its version alone does not tell, and puts both together. */
export async function probeCapabilities(
  connection: Connection,
  server: ServerVersion,
): Promise<Capabilities> {
  const variables = await readVariables(connection, VARIABLES);
  const isOn = (name: string) => /^(on|1|yes)$/i.test(variables.get(name) ?? '');
  const [known] = await connection.query(
    `SELECT CONVERT_TZ('2024-06-01 12:00:00', 'UTC', 'America/Sao_Paulo') IS NOT NULL AS zone, (${BINARY_COLLATION_SQL}) AS collation`,
  );
  const { family, version } = server;
  const isMysql = family === 'mysql';
  const isMariadb = family === 'mariadb';
  const since = (mysql: string, mariadb: string) =>
    (isMysql && isAtLeast(version, mysql)) || (isMariadb && isAtLeast(version, mariadb));
  return {
    ...server,
    renameNoWait: isMariadb,
    createTableAsSelect: family !== 'tidb',
    jsonTable: since('8.0.4', '10.6'),
    jsonValue: since('8.0.21', '10.6'),
    jsonValueReturning: isMysql && isAtLeast(version, '8.0.21'),
    nativeJson: !isMariadb,
    binaryCollation: textOf(known?.['collation']) ?? 'utf8mb4_bin',
    md5: !(isMysql && isAtLeast(version, '9.6')),
    functionalIndexes: family === 'tidb' || (isMysql && isAtLeast(version, '8.0.13')),
    descendingIndexes: since('8.0', '10.8'),
    checkConstraints: since('8.0.16', '10.6') || isOn('tidb_enable_check_constraint'),
    exchangePartition: family !== 'tidb' || isAtLeast(version, '6.3'),
    withBeforeDelete: isMysql,
    lagDefault: !isMariadb,
    anyValue: !isMariadb,
    regexpLike: !isMariadb,
    statementTimeout: isMariadb,
    metadataLockViews: isMysql && isOn('performance_schema'),
    localInfile: isOn('local_infile'),
    requiresPrimaryKey: isOn('sql_require_primary_key') || isOn('innodb_force_primary_key'),
    namedTimeZones: String(known?.['zone']) === '1',
    maxAllowedPacket: Number(variables.get('max_allowed_packet') ?? 4_194_304),
    recursionVariable: isMariadb ? 'max_recursive_iterations' : 'cte_max_recursion_depth',
  };
}

/** Variables of the session by lower-case name; those that the server does not have are missing. */
export async function readVariables(
  connection: Connection,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const list = names.map((name) => literal(name)).join(', ');
  const rows = await connection.query(`SHOW VARIABLES WHERE Variable_name IN (${list})`);
  return new Map(
    rows.map((row) => [String(row['Variable_name']).toLowerCase(), String(row['Value'])]),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
