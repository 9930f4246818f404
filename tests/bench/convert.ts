import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { systemClock } from '../../cli/platform/clock.ts';
import type { AcceptedEvents } from '../../connectors/simulators/conversions/accepted-events.ts';
import { metaConversionsSimulator } from '../../connectors/simulators/conversions/meta.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { mariadbCommand } from '../support/server-mariadb.ts';
import type { RunningServer } from '../support/server-process.ts';
import { startServer } from '../support/server-process.ts';
import { CORTEX } from './cortex.ts';
import type { Measured } from './measure.ts';
import { measureNode } from './measure.ts';
import type { BenchReport } from './result.ts';

const PIXEL = '77';
const TOKEN = 'bench-token-0123456789';
const BASELINE = fileURLToPath(new URL('convert/post-baseline.mjs', import.meta.url));
/** Fewer of them (`CORTEX_BENCH_CONVERSIONS=20000`) for a look while working; the promise is about 100,000. */
const CONVERSIONS = Number(process.env['CORTEX_BENCH_CONVERSIONS'] ?? 100_000);

/** How often the same is sent and posted, in turn: the middle one counts. */
const PAIRS = 5;

/** Preparing and sending conversions against posting the same batches. */
export async function convert(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  const server = await startServer(mariadbCommand(), join(folder, 'server'));
  const platform = await startSimulator(metaConversionsSimulator, {
    world: { pixelId: PIXEL },
    clock: systemClock,
    credentials: [TOKEN],
  });
  try {
    // All orders before anything is measured: what the server still has to write of them would be in it.
    await fill(server, FEW, CONVERSIONS / 5);
    await fill(server, ALL, CONVERSIONS);
    const world = { folder, server, platform };
    const fewer = await send(world, FEW, CONVERSIONS / 5);
    const pairs: { readonly sent: Measured; readonly posted: Measured }[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const sent = await send(world, ALL, CONVERSIONS);
      pairs.push({ sent, posted: await post(world) });
    }
    const ratioOf = ({ sent, posted }: (typeof pairs)[number]) => sent.ms / posted.ms;
    const middle = pairs.toSorted((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(PAIRS / 2)];
    if (middle === undefined) throw new Error('nothing was sent');
    const seconds = (ms: number) => (ms / 1000).toFixed(1);
    const name = (count: number) => `sending ${count.toLocaleString('en')} conversions`;
    const all = pairs.map((pair) => ratioOf(pair).toFixed(2)).join(', ');
    return {
      ratios: [
        {
          name: `preparing and ${name(CONVERSIONS)} : posting the same batches as JSON (MariaDB)`,
          ratio: ratioOf(middle),
          limit: 2,
          detail: `${seconds(middle.sent.ms)} s against ${seconds(middle.posted.ms)} s; the middle of ${all}`,
        },
      ],
      memory: [
        { name: name(CONVERSIONS / 5), megabytes: fewer.megabytes, limit: 250 },
        {
          name: name(CONVERSIONS),
          megabytes: Math.max(...pairs.map(({ sent }) => sent.megabytes)),
          limit: 250,
        },
      ],
    };
  } finally {
    await platform.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface World {
  readonly folder: string;
  readonly server: RunningServer;
  readonly platform: Simulator<AcceptedEvents>;
}

/** Databases with orders. */
const FEW = 'few';
const ALL = 'shop';

async function fill(server: RunningServer, database: string, conversions: number): Promise<void> {
  await query(server, [`create database ${database}`, `use ${database}`, ...tables(conversions)]);
}

/** `cortex convert` with an empty outbox: in a project and a database of its own. */
async function send(
  { folder, server, platform }: World,
  orders: string,
  conversions: number,
): Promise<Measured> {
  const { host, port, user, password } = server.address;
  await query(server, ['create or replace database outbox']);
  const project = join(folder, 'project');
  await mkdir(project, { recursive: true });
  await writeFile(
    join(project, 'cortex_project.yml'),
    `name: bench
client: { timezone: America/Sao_Paulo, currency: BRL }
targets:
  dev: { type: mysql, host: ${host}, port: ${port}, user: ${user}, password: '${password}', database: outbox }
conversions:
  model: ${orders}.fct_conversions
  identity: ${orders}.customer_identity
  destinations:
    meta: { type: meta-capi, pixel_id: ${PIXEL}, access_token: ${TOKEN}, origin: '${platform.origin}' }
`,
  );
  platform.state.received.length = 0;
  platform.state.byId.clear();
  const measured = await measureNode([CORTEX, 'convert', 'meta'], { cwd: project });
  const events = platform.state.byId.size;
  if (events !== conversions) throw new Error(`${events} of ${conversions} events came`);
  return measured;
}

/** Posts what came last. */
async function post({ folder, platform }: World): Promise<Measured> {
  const bodies = join(folder, 'bodies.ndjson');
  await writeFile(bodies, platform.state.received.join('\n'));
  return measureNode([BASELINE, bodies, `${platform.origin}/v26.0/${PIXEL}/events`]);
}

/** The orders of yesterday, each of another person. */
function tables(conversions: number): readonly string[] {
  return [
    `create table fct_conversions (
      order_id varchar(64) primary key, occurred_at datetime(3) not null, currency varchar(3),
      total decimal(18,2), net_total decimal(18,2), items json, event_source_url varchar(255),
      gclid varchar(255), fbc varchar(255), consent_marketing varchar(16), identity_key bigint
    ) select seq as order_id, utc_timestamp(3) - interval 1 day as occurred_at, 'BRL' as currency,
      seq / 100 as total, seq / 100 as net_total,
      concat('[{"id": "SKU-', seq, '", "name": "Camiseta", "quantity": 2, "unit_price": "89.90"}]') as items,
      'https://loja.example/obrigado' as event_source_url, concat('click-', seq) as gclid,
      concat('fb.1.1596403881668.', seq) as fbc, 'granted' as consent_marketing, seq as identity_key
      from seq_1_to_${conversions}`,
    `create table customer_identity (
      identity_key bigint primary key, customer_id varchar(64), email varchar(255), phone varchar(64),
      full_name varchar(255), city varchar(64), state varchar(64), postal_code varchar(16),
      country varchar(64), ip varchar(64), user_agent varchar(255)
    ) select seq as identity_key, concat('C-', seq) as customer_id,
      concat('pessoa.', seq, '@example.com') as email,
      concat('(11) 9', lpad(seq, 8, '8')) as phone, concat('Pessoa Silva ', seq) as full_name,
      'São Paulo' as city, 'SP' as state, lpad(seq, 8, '0') as postal_code, 'Brasil' as country,
      concat('177.32.', seq div 256 mod 256, '.', seq mod 256) as ip, 'Mozilla/5.0' as user_agent
      from seq_1_to_${conversions}`,
  ];
}

async function query({ address }: RunningServer, statements: readonly string[]): Promise<void> {
  const { host, port, user, password } = address;
  const connection = await createConnection({ host, port, user, password });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
