import type { ServerFamily } from '../manifest/capabilities.ts';
import type { SessionSettings } from '../manifest/target.ts';
import { literal } from '../sql/literal.ts';

/** What every server is told, so that a model behaves the same on all of them. */
const SQL_MODE = [
  'STRICT_ALL_TABLES',
  'ONLY_FULL_GROUP_BY',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
].join(',');

/** Seconds a statement waits for a table; publishing sets its own, shorter wait. */
const TABLE_LOCK_SECONDS = 60;
const ROW_LOCK_SECONDS = 10;
const GROUP_CONCAT_BYTES = 1_048_576;
const RECURSION_DEPTH = 1_000_000;

const FAMILY_VARIABLES: Readonly<Record<ServerFamily, readonly (readonly [string, number])[]>> = {
  mysql: [
    ['lock_wait_timeout', TABLE_LOCK_SECONDS],
    ['cte_max_recursion_depth', RECURSION_DEPTH],
    ['information_schema_stats_expiry', 0],
  ],
  mariadb: [
    ['lock_wait_timeout', TABLE_LOCK_SECONDS],
    ['max_recursive_iterations', RECURSION_DEPTH],
  ],
  tidb: [['cte_max_recursion_depth', RECURSION_DEPTH]],
};

/** The assignments of a new session, in the order in which they are sent. */
export function sessionAssignments(
  family: ServerFamily,
  settings: SessionSettings,
): readonly string[] {
  return [
    `time_zone = ${literal(settings.timeZone ?? '+00:00')}`,
    `sql_mode = ${literal(settings.sqlMode ?? SQL_MODE)}`,
    `innodb_lock_wait_timeout = ${ROW_LOCK_SECONDS}`,
    `group_concat_max_len = ${GROUP_CONCAT_BYTES}`,
    ...FAMILY_VARIABLES[family].map(([name, value]) => `${name} = ${value}`),
    ...(settings.collation === undefined
      ? []
      : [`collation_connection = ${literal(settings.collation)}`]),
  ];
}

/** READ COMMITTED unless the target says otherwise: a build must not lock the rows that it reads. */
export function isolationStatement(settings: SessionSettings): string {
  return `SET SESSION TRANSACTION ISOLATION LEVEL ${settings.isolation ?? 'READ COMMITTED'}`;
}
