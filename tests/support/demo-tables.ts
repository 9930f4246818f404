import { systemClock } from '../../cli/platform/clock.ts';
import { ensureServer, localServerTarget } from '../../cli/server/server.ts';
import { identifier } from '../../cli/sql/identifier.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';

const DATABASE = 'ecommerce';
const TARGET = {
  name: 'local',
  type: 'local',
  database: DATABASE,
  threads: 1,
  session: {},
  connectTimeoutMs: 10_000,
  readTimeoutMs: 0,
} as const;
/** When a row was read depends on how long calls took. */
const READ_AT = ['_synced_at', '_deleted_at'];

/** Rows and contents of each raw table of a demo's project, the instants of reading left out. */
export async function demoTables(project: string): Promise<Record<string, string>> {
  return withServer(project, async (query) => {
    const columns = await query(
      `select table_name as t, group_concat(column_name order by ordinal_position) as c from information_schema.columns
       where table_schema = '${DATABASE}' and left(table_name, 4) = 'raw_' group by table_name`,
    );
    const tables: Record<string, string> = {};
    for (const { t, c } of columns) {
      const names = String(c)
        .split(',')
        .filter((name) => !READ_AT.includes(name))
        .map((name) => `coalesce(hex(concat(${identifier(name)})), '-')`);
      const [found] = await query(
        `select count(*) as n, coalesce(sum(crc32(concat_ws('|', ${names.join(', ')}))), 0) as sum
         from ${DATABASE}.${identifier(String(t))}`,
      );
      tables[String(t)] = `${String(found?.['n'])} rows, ${String(found?.['sum'])}`;
    }
    return tables;
  });
}

/** Checksums of all raw tables, every column included. */
export async function demoChecksums(project: string): Promise<unknown> {
  return withServer(project, async (query) => {
    const rows = await query(
      `select table_name as t from information_schema.tables
       where table_schema = '${DATABASE}' and left(table_name, 4) = 'raw_' order by table_name`,
    );
    return query(
      `checksum table ${rows.map(({ t }) => `${DATABASE}.${identifier(String(t))}`).join(', ')}`,
    );
  });
}

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

async function withServer<T>(project: string, work: (query: Query) => Promise<T>): Promise<T> {
  const server = await ensureServer(project, { clock: systemClock, environment: process.env });
  const target = localServerTarget(TARGET, server);
  await using database = await connectTarget(target, { runId: 'demo-test' });
  return await work(async (sql) => database.control.query(sql));
}
