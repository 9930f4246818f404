import { describe, expect, test } from 'vitest';
import { answeringServer, json } from '../../support/answering-server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { FakeClock } from '../../support/run-events.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

interface Message {
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly image?: { readonly base64: string };
}

interface ProjectOptions {
  readonly origin?: string;
  readonly locale?: string;
  readonly report?: string;
}

/** A shop whose report stands in the database; of Sundays only, 200 but for the last of 1234.50 and 3 orders. */
async function shop(database: TestDatabase, options: ProjectOptions = {}) {
  const { origin, locale = '', report = '{}' } = options;
  await database.query(
    'create table if not exists rpt_daily_performance (date_key int primary key, revenue decimal(18,2), orders int, aov double)',
  );
  const sundays = [20261122, 20261115, 20261108, 20261101, 20261025];
  const rows = sundays.map((day, index) => `(${day}, ${index === 0 ? '1234.50' : 200}, 3, null)`);
  await database.query(`replace into rpt_daily_performance values ${rows.join(', ')}`);
  const { host, port, user, password } = database.target;
  const target = { type: 'mysql', host, port, user, password, database: database.name };
  const channels = origin === undefined ? {} : { hook: { type: 'webhook', url: `${origin}/hook` } };
  const columns = ['date_key', 'revenue', 'orders', 'aov'].map((name) =>
    name === 'revenue' ? { name, meta: { label_pt: 'Receita <total>' } } : { name },
  );
  const directory = createDirectory({
    'cortex_project.yml': `name: shop
client: { name: Loja Aurora, locale: "${locale}" }
targets: { test: ${JSON.stringify(target)} }
alerts: { channels: ${JSON.stringify(channels)}, report: ${report} }
pipelines: { own: { steps: [report] } }
`,
    'models/_models.yml': JSON.stringify({ models: [{ name: 'rpt_daily_performance', columns }] }),
    'models/rpt_daily_performance.sql': 'select 1 as date_key',
  });
  const clock = new FakeClock();
  const run = async (...args: string[]) => cortex(args, { directory: directory.path, clock });
  return { directory, clock, run };
}

describe.each(servers)('on $name', (server) => {
  test('the figures of a day are sent once, compared with the same weekday, with a picture', async () => {
    await using hook = await answeringServer(json(200, {}));
    const database = await server.database();
    const { clock, run } = await shop(database, { origin: hook.origin, locale: 'pt-BR' });

    const dry = await run('report', '--dry-run');
    expect(hook.requests).toHaveLength(0);
    const first = await run('report');
    const again = await run('report');
    const step = await run('run-pipeline', 'own');
    expect(hook.requests).toHaveLength(1);
    clock.ms += 86_400_000;
    const next = await run('run-pipeline', 'own');

    const told = hook.requests.map(({ body }) => JSON.parse(body) as Message);
    expect([dry, first, again, step, next].map(({ exitCode }) => exitCode)).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(again.stderr).toContain('the report of 2026-11-22 was sent already');
    expect(told).toMatchObject([
      {
        kind: 'report',
        title: '[Loja Aurora] relatório diário de 22/11/2026',
        lines: [
          'Receita <total>: 1.234,5 (+517,3 %; normal para o dia da semana: 200)',
          'Orders: 3 (0,0 %; normal para o dia da semana: 3)',
          'Aov: –',
        ],
        figures: [{ value: '1234.5', expected: '200' }, { value: '3' }, { value: null }],
        image: { type: 'image/png', width: 600, height: 510 },
      },
      {
        kind: 'report',
        lines: ['não há números para este dia: veja se as sincronizações e o build terminaram bem'],
      },
    ]);
    const png = Buffer.from(told[0]?.image?.base64 ?? '', 'base64');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 1020]);
  });

  test('a report is written as one file, and then sent nowhere', async () => {
    await using hook = await answeringServer(json(200, {}));
    const { directory, run } = await shop(await server.database(), {
      origin: hook.origin,
      locale: 'pt-BR',
    });

    const written = await run('report', '--file', 'reports/daily-{day}.html');

    const html = directory.read('reports/daily-2026-11-22.html');
    expect(written.exitCode).toBe(0);
    expect(html).toContain('<li>Receita &lt;total&gt;: 1.234,5');
    expect(html).toContain('<html lang="pt-BR">');
    expect(html).toContain('<img src="data:image/png;base64,iVBORw0KGgo');
    expect(hook.requests).toHaveLength(0);
  });
});

const first = servers[0] ?? expect.fail();

test('a report of other columns says them in words', async () => {
  const { run } = await shop(await first.database(), { report: '{ columns: [orders, aov] }' });

  const { stdout } = await run('report', '--dry-run');

  expect(stdout).toContain('- Orders: 3 (0.0 %; usual for the weekday: 3)');
  expect(stdout).not.toContain('Revenue');
});

test.each([
  ['{ columns: [orders, revenu] }', 'CX7605', '4:53', 'did you mean `revenue`?'],
  ['{ model: rpt_daily }', 'CX7604', '4:42', 'rpt_daily'],
  ['{ column: [orders] }', 'CX7601', '4:35', 'did you mean `columns`?'],
])(
  'the report `%s` is refused by parse and by itself as %s',
  async (...[report, code, place, words]) => {
    const { run } = await shop(await first.database(), { report });

    const ends = [await run('parse', '--color', 'never'), await run('report', '--color', 'never')];

    for (const { exitCode, stderr } of ends) {
      expect(exitCode).toBe(2);
      expect(stderr).toContain(code);
      expect(stderr).toContain(`cortex_project.yml:${place}`);
      expect(stderr).toContain(words);
    }
  },
);

test('a project without a report has none to send, and its pipelines leave the step out', async () => {
  const { directory, run } = await shop(await first.database());
  const file = directory.read('cortex_project.yml').replace(', report: {} }', ' }');
  directory.write('cortex_project.yml', file);

  const alone = await run('report');
  const step = await run('run-pipeline', 'own');

  expect(alone.exitCode).toBe(2);
  expect(alone.stderr).toContain('CX7608');
  expect(step.exitCode).toBe(0);
  expect(step.stderr).toContain('left out, the project has no daily report');
});
