import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { parse, stringify } from 'yaml';
import type { ServerTarget } from '../../../cli/manifest/target.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { ensureServer, stopServer } from '../../../cli/server/server.ts';
import { identifier } from '../../../cli/sql/identifier.ts';
import { emptyRawTables } from '../../support/empty-raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { CORTEX, ROOT } from '../cortex.ts';
import { measureNode } from '../measure.ts';
import { followSteps } from './follow-steps.ts';
import type { RawRows, ShopSize } from './shop-rows.ts';
import { DAYS, META_ADS, orderRows, SESSIONS_PER_ORDER, standingRows } from './shop-rows.ts';
import { unindexedJoins } from './unindexed-joins.ts';

const DATABASE = 'ecommerce';
const PLATFORMS = ['nuvemshop', 'meta_ads', 'google_ads', 'ga4'];

/** What one step of a build took, as `run_results.json` tells it. */
export interface StepResult {
  readonly id: string;
  readonly seconds: number;
  /** The compiled query of a SQL model. */
  readonly sql: string | undefined;
}

export interface PackBuild {
  readonly seconds: number;
  readonly megabytes: number;
  readonly steps: readonly StepResult[];
}

/** The model pack in a folder with a private server of its own, and the raw tables of a generated shop. */
export class PackBenchProject {
  readonly #directory: string;
  readonly #connection: Connection;
  readonly #size: ShopSize;

  private constructor(directory: string, connection: Connection, size: ShopSize) {
    this.#directory = directory;
    this.#connection = connection;
    this.#size = size;
  }

  static async create(directory: string, size: ShopSize): Promise<PackBenchProject> {
    for (const folder of ['models', 'seeds', 'sources', 'macros', 'tests/data']) {
      cpSync(join(ROOT, folder), join(directory, folder), { recursive: true });
    }
    const file = parse(readFileSync(join(ROOT, 'cortex_project.yml'), 'utf8')) as {
      vars: Record<string, unknown>;
    };
    const switches = { ecommerce: ['nuvemshop'], ads: ['meta_ads', 'google_ads'] };
    const project = { ...file, vars: { ...file.vars, ...switches } };
    writeFileSync(join(directory, 'cortex_project.yml'), stringify(project));
    const { port, user, password } = await ensureServer(directory, {
      clock: systemClock,
      environment: process.env,
    });
    const address = { host: '127.0.0.1', port, user, password };
    const connection = await createConnection({ ...address, timezone: 'Z' });
    await connection.query(`create database if not exists ${identifier(DATABASE)}`);
    await connection.query(`use ${identifier(DATABASE)}`);
    await connection.query(`set time_zone = '+00:00'`);
    const target: ServerTarget = {
      type: 'mysql',
      name: 'bench',
      ...address,
      database: DATABASE,
      session: {},
      connectTimeoutMs: 10_000,
      readTimeoutMs: 0,
      threads: 4,
    };
    const database: Pick<TestDatabase, 'name' | 'target'> = { name: DATABASE, target };
    await emptyRawTables(database, PLATFORMS);
    return new PackBenchProject(directory, connection, size);
  }

  /** The 730 days that end with 2026-06-30. */
  async fill(): Promise<void> {
    const { orders } = this.#size;
    await this.#countTo(
      Math.max((orders + this.#ordersOfDay()) * SESSIONS_PER_ORDER, DAYS * META_ADS),
    );
    await this.#insert(standingRows(this.#size, '2026-07-01 06:00:00'));
    await this.#insert(orderRows(this.#size, { first: 0, end: orders }));
    await this.#connection.query(
      `analyze table ${PLATFORMS_TABLES.map((table) => identifier(table)).join(', ')}`,
    );
  }

  /** The day after: its orders with what comes with them, and a tenth as many older orders that were refunded. */
  async addDay(): Promise<void> {
    const { orders } = this.#size;
    const ofDay = this.#ordersOfDay();
    await this.#insert(orderRows(this.#size, { first: orders, end: orders + ofDay }));
    await this.#connection.query(
      `update raw_nuvemshop_orders
       set payment_status = 'refunded', updated_at = '2026-07-01 12:00:00', _synced_at = '2026-07-02 06:00:00'
       where id >= ${5_000_000 + orders - ofDay * 5} and id % 50 = 0 and id < ${5_000_000 + orders}`,
    );
  }

  /** As the daily pipeline builds: what stands for a week is not built again. */
  async build(asOf: string): Promise<PackBuild> {
    const args = ['build', '--due-only', '--quiet', '--vars', JSON.stringify({ as_of: asOf })];
    const log = join(this.#directory, 'target', 'logs', 'cortex.log');
    rmSync(log, { force: true });
    const done = new AbortController();
    const following = followSteps(log, done.signal);
    const { ms, megabytes } = await measureNode([CORTEX, ...args], {
      cwd: this.#directory,
    }).finally(() => done.abort());
    await following;
    const { results } = this.#artifact('run_results') as { results: readonly RunResultRow[] };
    const { nodes } = this.#artifact('manifest') as {
      nodes: Readonly<Record<string, ManifestNode>>;
    };
    return {
      seconds: ms / 1000,
      megabytes,
      steps: results.map(({ unique_id: id, execution_time: seconds, compiled_code: sql }) => ({
        id,
        seconds,
        sql:
          nodes[id]?.original_file_path.endsWith('.sql') === true ? (sql ?? undefined) : undefined,
      })),
    };
  }

  /** The tables that a query reads whole in a join where it should look rows up. */
  unindexedJoins(sql: string): Promise<readonly string[]> {
    return unindexedJoins(async (statement) => {
      const [rows] = await this.#connection.query<RowDataPacket[]>(statement);
      return rows;
    }, sql);
  }

  async count(table: string): Promise<number> {
    const [rows] = await this.#connection.query<RowDataPacket[]>(
      `select count(*) as rows_of_table from ${identifier(table)}`,
    );
    return Number(rows[0]?.['rows_of_table']);
  }

  async close(): Promise<void> {
    await this.#connection.end();
    await stopServer(this.#directory, systemClock);
  }

  #artifact(name: string): unknown {
    return JSON.parse(readFileSync(join(this.#directory, 'target', `${name}.json`), 'utf8'));
  }

  #ordersOfDay(): number {
    return Math.ceil(this.#size.orders / DAYS);
  }

  /** A table of the numbers from 0, at least as many as asked for. */
  async #countTo(count: number): Promise<void> {
    await this.#connection.query('create table bench_numbers (n int primary key)');
    await this.#connection.query('insert into bench_numbers values (0)');
    for (let filled = 1; filled < count; filled *= 2) {
      await this.#connection.query(
        `insert into bench_numbers select n + ${filled} from bench_numbers`,
      );
    }
  }

  async #insert(tables: readonly RawRows[]): Promise<void> {
    for (const { table, first, end, columns } of tables) {
      const names = Object.keys(columns).map((name) => identifier(name));
      await this.#connection.query(
        `insert into ${identifier(table)} (${names.join(', ')})
         select ${Object.values(columns).join(', ')}
         from bench_numbers where n >= ${first} and n < ${end}`,
      );
    }
  }
}

const PLATFORMS_TABLES = [
  'raw_nuvemshop_orders',
  'raw_nuvemshop_order_lines',
  'raw_nuvemshop_customers',
  'raw_ga4_events',
  'raw_google_ads_clicks',
];

interface ManifestNode {
  readonly original_file_path: string;
}

interface RunResultRow {
  readonly unique_id: string;
  readonly execution_time: number;
  readonly compiled_code: string | null;
}
