import { createReadStream, createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { findProgram, mariadbCommand } from '../support/server-mariadb.ts';
import type { RunningServer } from '../support/server-process.ts';
import { startServer } from '../support/server-process.ts';
import { CORTEX, ROOT } from './cortex.ts';
import { measureNode, run } from './measure.ts';
import type { BenchReport } from './result.ts';
import { median } from './result.ts';

const ROUNDS = 5;
const EXAMPLE = join(ROOT, 'examples', 'online_retail');
const TIMES_LARGER = 10;

/** Landing the example's file against the plain client's LOAD DATA LOCAL INFILE of the same rows. */
export async function landing(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  const server = await startServer(mariadbCommand(), join(folder, 'server'));
  try {
    return await measureLanding(folder, server);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureLanding(folder: string, server: RunningServer): Promise<BenchReport> {
  const csv = join(folder, 'online_retail.csv');
  await pipeline(
    createReadStream(join(EXAMPLE, 'data', 'online_retail.csv.gz')),
    createGunzip(),
    createWriteStream(csv),
  );
  const project = await projectAgainst(folder, server);
  const sync = () => measureNode([CORTEX, 'sync', 'files', '--quiet'], { cwd: project });
  const [plain, landed, megabytes]: [number[], number[], number[]] = [[], [], []];
  await client(server, 'create database if not exists bench');
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await plainLoad(server, csv));
    const measured = await sync();
    landed.push(measured.ms);
    megabytes.push(measured.megabytes);
  }
  await repeatFile(csv, join(project, 'data', 'online_retail.csv'));
  await rm(join(project, 'data', 'online_retail.csv.gz'));
  await writeProject(project, server, 'data/online_retail.csv');
  const large = await sync();
  const [plainMs, landedMs] = [median(plain), median(landed)];
  return {
    ratios: [
      {
        name: 'landing 541,909 lines (`cortex sync files`) : LOAD DATA LOCAL INFILE by the client (MariaDB)',
        ratio: landedMs / plainMs,
        limit: 1.3,
        detail: `${(landedMs / 1000).toFixed(2)} s against ${(plainMs / 1000).toFixed(2)} s`,
      },
    ],
    memory: [
      { name: 'landing 541,909 lines', megabytes: Math.max(...megabytes), limit: 200 },
      { name: 'landing 5,419,090 lines', megabytes: large.megabytes, limit: 200 },
    ],
  };
}

async function projectAgainst(folder: string, server: RunningServer): Promise<string> {
  const project = join(folder, 'project');
  await mkdir(join(project, 'data'), { recursive: true });
  await cp(
    join(EXAMPLE, 'data', 'online_retail.csv.gz'),
    join(project, 'data', 'online_retail.csv.gz'),
  );
  await writeProject(project, server, 'data/online_retail.csv.gz');
  return project;
}

function writeProject(project: string, server: RunningServer, path: string): Promise<void> {
  const { host, port, user } = server.address;
  return writeFile(
    join(project, 'cortex_project.yml'),
    `name: landing
version: 1.0.0
target: bench
targets:
  bench: { type: mysql, host: ${host}, port: ${port}, user: ${user}, password: '', database: bench, threads: 4 }
connectors:
  files:
    streams:
      order_lines:
        path: ${path}
        table: landed
        columns:
          InvoiceNo: { name: invoice_no, type: varchar(10) }
          StockCode: { name: stock_code, type: varchar(20) }
          Description: { name: description, type: varchar(100) }
          Quantity: { name: quantity, type: int }
          InvoiceDate: { name: invoice_date, type: datetime }
          UnitPrice: { name: unit_price, type: "decimal(12,3)" }
          CustomerID: { name: customer_id, type: int }
          Country: { name: country, type: varchar(50) }
`,
  );
}

/** The same rows in a table of the same columns, `_source_line` and the like included. */
async function plainLoad(server: RunningServer, csv: string): Promise<number> {
  await client(server, 'drop table if exists bench.plain');
  await client(
    server,
    `create table bench.plain (invoice_no varchar(10), stock_code varchar(20), description varchar(100),
       quantity int, invoice_date datetime, unit_price decimal(12,3), customer_id int, country varchar(50),
       _source_line bigint unsigned not null, _source_file varchar(500) collate utf8mb4_nopad_bin not null,
       _synced_at datetime(6) not null)
       engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci`,
  );
  const started = performance.now();
  await client(
    server,
    `set @line = 1;
     load data local infile '${csv}' into table bench.plain character set utf8mb4
       fields terminated by ',' optionally enclosed by '"' escaped by '' lines terminated by '\\n' ignore 1 lines
       (invoice_no, stock_code, description, quantity, invoice_date, unit_price, @customer, country)
       set customer_id = nullif(@customer, ''), _source_line = (@line := @line + 1),
         _source_file = 'data/online_retail.csv.gz', _synced_at = '2026-11-26 00:00:00.000000'`,
  );
  return performance.now() - started;
}

async function client(server: RunningServer, sql: string): Promise<void> {
  const program = findProgram('mariadb');
  if (program === undefined) throw new Error('the bench needs the `mariadb` client');
  const { host, port, user } = server.address;
  await run(
    program,
    ['--no-defaults', '-h', host, '-P', String(port), '-u', user, '--local-infile=1', '-e', sql],
    { cwd: ROOT, env: process.env },
  );
}

/** The same lines ten times over, under one header. */
async function repeatFile(from: string, to: string): Promise<void> {
  for (let copy = 0; copy < TIMES_LARGER; copy += 1) {
    let isHeader = copy > 0;
    await pipeline(
      createReadStream(from),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          yield isHeader ? chunk.subarray(chunk.indexOf(10) + 1) : chunk;
          isHeader = false;
        }
      },
      createWriteStream(to, { flags: copy === 0 ? 'w' : 'a' }),
    );
  }
}
