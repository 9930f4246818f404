import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createConnection } from 'mysql2/promise';
import { findProgram, mariadbCommand } from '../support/server-mariadb.ts';
import type { RunningServer } from '../support/server-process.ts';
import { startServer } from '../support/server-process.ts';
import { ROOT } from './cortex.ts';
import { measureNode, run } from './measure.ts';
import type { BenchReport } from './result.ts';

/** Fewer of them (`CORTEX_BENCH_ORDERS=20000`) for a look while working; the promise is about 200,000. */
const ORDERS = Number(process.env['CORTEX_BENCH_ORDERS'] ?? 200_000);
/** Orders of a page: as many as the connector asks for. */
const PAGE_SIZE = 25;
/** Orders of two years of a shop with some 300,000 exported events on its last day. */
const EXPORTING_SHOP = Number(process.env['CORTEX_BENCH_EXPORTING_SHOP'] ?? 1_050_000);
const EXPORTED = { now: '2026-10-01T12:00:00Z', since: '2026-09-30' };
/** What a daily sync may take beside its HTTP calls. */
const QUIET_LIMIT_MS = 500;
const RECORDED = join(ROOT, 'tests/fixtures/connectors/shopify/orders/page1.json');

/** Landing a shop's orders against fetching and parsing their pages and loading the same rows. */
export async function sync(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  const server = await startServer(mariadbCommand(), join(folder, 'server'));
  const shop = await openShop();
  try {
    return await new SyncBench(folder, server, shop.origin).measure();
  } finally {
    shop.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Landed {
  readonly ms: number;
  readonly httpMs: number;
  readonly added: number;
  readonly megabytes: number;
}

class SyncBench {
  readonly #folder: string;
  readonly #server: RunningServer;
  readonly #origin: string;

  constructor(folder: string, server: RunningServer, origin: string) {
    this.#folder = folder;
    this.#server = server;
    this.#origin = origin;
  }

  async measure(): Promise<BenchReport> {
    await bundlePrograms();
    const events = await this.#landEvents('events');
    const fetchMs = await this.#fetchPages();
    const landed = await this.#land('loaded');
    const loadMs = await this.#loadTables('loaded');
    await this.#serve(PAGE_SIZE);
    const quiet = await this.#land('loaded');
    await this.#serve(ORDERS);
    await this.#query('set global local_infile = 0');
    const inserted = await this.#land('inserted');
    await this.#query('set global local_infile = 1');
    await this.#serve(ORDERS * 2);
    const twice = await this.#land('twice');
    const base = fetchMs + loadMs;
    const seconds = (ms: number) => (ms / 1000).toFixed(1);
    const parts = `${seconds(fetchMs)} s of pages + ${seconds(loadMs)} s of LOAD DATA`;
    const count = ORDERS.toLocaleString('en');
    return {
      ratios: [
        {
          name: `syncing ${count} orders with three lines : their pages fetched and parsed + LOAD DATA LOCAL INFILE (MariaDB)`,
          ratio: landed.ms / base,
          limit: 1.6,
          detail: `${seconds(landed.ms)} s against ${parts}`,
        },
        {
          name: 'the same where the server forbids local_infile',
          ratio: inserted.ms / base,
          limit: 2.2,
          detail: `${seconds(inserted.ms)} s against ${parts}`,
        },
        {
          name: 'a sync with nothing new beside its HTTP calls : 0.5 s',
          ratio: (quiet.ms - quiet.httpMs) / QUIET_LIMIT_MS,
          limit: 1,
          detail: `${seconds(quiet.ms)} s, ${seconds(quiet.httpMs)} s of it HTTP`,
        },
      ],
      memory: [
        { name: `syncing ${count} orders`, megabytes: landed.megabytes, limit: 250 },
        {
          name: `syncing ${count} orders without local_infile`,
          megabytes: inserted.megabytes,
          limit: 250,
        },
        {
          name: `syncing ${(ORDERS * 2).toLocaleString('en')} orders`,
          megabytes: twice.megabytes,
          limit: 250,
        },
        {
          name: `syncing ${events.added.toLocaleString('en')} exported events of one day`,
          megabytes: events.megabytes,
          limit: 250,
        },
      ],
    };
  }

  async #fetchPages(): Promise<number> {
    const program = fileURLToPath(new URL('sync/fetch-baseline.mjs', import.meta.url));
    const { output } = await measureNode([program, this.#origin, String(PAGE_SIZE)]);
    return Number(output);
  }

  async #land(name: string): Promise<Landed> {
    const own = await this.#database(name);
    const { megabytes, output } = await measureNode([
      PROGRAMS.landOrders,
      JSON.stringify({ own, origin: this.#origin, pageSize: PAGE_SIZE }),
    ]);
    return { ...(JSON.parse(output) as Omit<Landed, 'megabytes'>), megabytes };
  }

  async #landEvents(name: string): Promise<Pick<Landed, 'added' | 'megabytes'>> {
    const own = await this.#database(name);
    const analytics = await startPrinting([
      PROGRAMS.analytics,
      EXPORTED.now,
      String(EXPORTING_SHOP),
    ]);
    try {
      const account: unknown = JSON.parse(analytics.printed);
      const { megabytes, output } = await measureNode([
        PROGRAMS.landEvents,
        JSON.stringify({ own, account, ...EXPORTED }),
      ]);
      return { added: Number(output), megabytes };
    } finally {
      analytics.close();
    }
  }

  /** A database of its own, and how it is reached. */
  async #database(name: string) {
    const { host, port, user, password } = this.#server.address;
    await this.#query(`create database if not exists ${name}`);
    const session = { session: {}, connectTimeoutMs: 10_000, readTimeoutMs: 0, threads: 4 };
    const address = { type: 'mysql', name: 'bench', host, port, user, password, database: name };
    return { name, target: { ...address, ...session } };
  }

  /** Loads what stands in the raw tables of a database into empty tables that are made alike. */
  async #loadTables(database: string): Promise<number> {
    const tables = await this.#query(
      `select table_name as name from information_schema.tables where table_schema = '${database}' and table_name like 'raw\\_%'`,
    );
    let ms = 0;
    for (const { name } of tables) {
      const file = join(this.#folder, `${String(name)}.tsv`);
      await this.#query(
        `select * into outfile '${file}' character set utf8mb4 from ${database}.${String(name)}`,
      );
      await this.#query(`create table ${database}.plain like ${database}.${String(name)}`);
      const started = performance.now();
      await this.#client(
        `load data local infile '${file}' into table ${database}.plain character set utf8mb4`,
      );
      ms += performance.now() - started;
      await this.#query(`drop table ${database}.plain`);
      await rm(file);
    }
    return ms;
  }

  async #serve(orders: number): Promise<void> {
    await fetch(`${this.#origin}/orders?count=${orders}`, { method: 'POST' });
  }

  async #query(sql: string): Promise<Record<string, unknown>[]> {
    const { host, port, user, password } = this.#server.address;
    const connection = await createConnection({ host, port, user, password });
    try {
      const [rows] = await connection.query(sql);
      return rows as Record<string, unknown>[];
    } finally {
      await connection.end();
    }
  }

  async #client(sql: string): Promise<void> {
    const program = findProgram('mariadb');
    if (program === undefined) throw new Error('the bench needs the `mariadb` client');
    const { host, port, user } = this.#server.address;
    const where = ['--no-defaults', '-h', host, '-P', String(port), '-u', user];
    await run(program, [...where, '--local-infile=1', '-e', sql], { cwd: ROOT, env: process.env });
  }
}

const BUNDLES = join(ROOT, 'dist', 'bench');
/** Programs that load as fast as the built one. */
const PROGRAMS = {
  landOrders: join(BUNDLES, 'land-orders.js'),
  landEvents: join(BUNDLES, 'land-events.js'),
  analytics: join(BUNDLES, 'analytics.js'),
};

async function bundlePrograms(): Promise<void> {
  await build({
    entryPoints: [
      new URL('sync/land-orders.ts', import.meta.url),
      new URL('sync/land-events.ts', import.meta.url),
      new URL('sync/analytics.ts', import.meta.url),
    ].map((url) => fileURLToPath(url)),
    outdir: BUNDLES,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
}

async function openShop(): Promise<{ readonly origin: string; close(): void }> {
  const program = fileURLToPath(new URL('sync/order-pages.mjs', import.meta.url));
  const { printed, close } = await startPrinting([program, RECORDED, String(ORDERS)]);
  return { origin: `http://127.0.0.1:${printed}`, close };
}

/** A program that serves from when it has printed its one line. */
async function startPrinting(
  args: readonly string[],
): Promise<{ readonly printed: string; readonly close: () => void }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { printed: line.toString().trim(), close: () => child.kill() };
}
