import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { metaConversionsSimulator } from '../../../connectors/simulators/conversions/meta.ts';
import { placedFaults } from '../../../connectors/simulators/faults.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { addOrders, createConversionTables, MARKED, TOKEN } from '../../support/conversion-run.ts';
import { serverProject } from '../../support/server-project.ts';
import type { TestServer } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

async function shop(server: TestServer, token = TOKEN) {
  const own = await server.database();
  await createConversionTables(own);
  await addOrders(own, [
    { id: '1001' },
    { id: '1002', consent: 'denied' },
    { id: '1003', currency: 'R$' },
  ]);
  const simulator = await startSimulator(metaConversionsSimulator, {
    world: { pixelId: '77' },
    clock: manualClock('2026-11-23T09:00:00Z'),
    credentials: [TOKEN],
  });
  const project = serverProject(own, {
    'cortex_project.yml': `client: { timezone: America/Sao_Paulo }
conversions:
  identity: customer_identity
  destinations:
    meta:
      type: meta-capi
      pixel_id: 77
      access_token: \${META_TOKEN}
      origin: ${simulator.origin}
`,
    '.env': `META_TOKEN=${token}`,
  });
  return {
    own,
    simulator,
    project,
    run: project.run,
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** Every line of `--json` output. */
function lines(stdout: string): unknown[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** The text of every file below a directory. */
function textsBelow(directory: string): string {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

describe.each(servers)('$name', (server) => {
  test('what would be sent is said, then sent, then shown and reported', async () => {
    await using own = await shop(server);

    const dry = await own.run('convert', '--dry-run', '--json');
    expect(dry).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('diagnostic') });
    expect(lines(dry.stdout)).toEqual([
      { destination: 'meta', verdict: 'send', events: 1 },
      { destination: 'meta', verdict: 'held: consent_denied', events: 1 },
      { destination: 'meta', verdict: 'dead: invalid_currency', events: 1 },
    ]);
    expect(own.simulator.requests).toEqual([]);

    const sent = await own.run('convert', 'meta', '--json');
    expect(sent.exitCode).toBe(0);
    expect(lines(sent.stdout)).toEqual([
      {
        destination: 'meta',
        queued: 3,
        delivered: 1,
        retry: 0,
        dead: 1,
        held: 1,
        requests: 1,
        state: 'ok',
      },
    ]);

    const status = await own.run('convert', 'status', '--json');
    expect(status.exitCode).toBe(0);
    expect(lines(status.stdout)).toMatchObject([
      { status: 'dead', reason: 'invalid_currency', events: 1 },
      { status: 'delivered', reason: '', events: 1 },
      { status: 'held', reason: 'consent_denied', events: 1 },
    ]);

    const report = await own.run('convert', 'report', '--json');
    expect(lines(report.stdout)).toMatchObject([
      {
        day: '2026-11-22',
        delivered: 1,
        waiting: 1,
        refused: 1,
        reasons: 'invalid_currency',
        latency_minutes: 1_260,
        em: 100,
        click_id: 0,
      },
    ]);
  });

  test('a cancelled order that its platform cannot take back is marked, and nothing is queued or told', async () => {
    await using own = await shop(server);
    await own.own.query(`DELETE FROM fct_conversions WHERE order_id <> '1001'`);
    await own.run('convert');
    await own.own.query(`UPDATE fct_conversions SET is_cancelled = 1`);

    const dry = await own.run('convert', '--dry-run', '--json');
    const before = await own.run('convert', 'status', '--json');
    const sent = await own.run('convert', '--json');
    const status = await own.run('convert', 'status', '--json');
    const report = await own.run('convert', 'report', '--json');

    expect(dry.stdout).toBe('');
    expect(lines(before.stdout)).toMatchObject([{ status: 'delivered', reason: '', events: 1 }]);
    expect(lines(sent.stdout)).toMatchObject([{ queued: 0, dead: 0, requests: 0 }]);
    expect(lines(status.stdout)).toMatchObject([
      { status: 'delivered', reason: 'not_retracted', events: 1 },
    ]);
    expect(lines(report.stdout)).toMatchObject([{ delivered: 1, not_retracted: 1, refused: 0 }]);
  });

  test('a destination that stopped is told, and the rest waits', async () => {
    await using own = await shop(server, 'another-token-0123456789');

    const sent = await own.run('convert');
    const status = await own.run('convert', 'status');

    expect(sent.exitCode).toBe(1);
    expect(sent.stderr).toContain('meta stopped (META_190): renew its token');
    expect(status.exitCode).toBe(1);
    expect(status.stderr).toContain('pause_auth META_190');
  });

  test('what is dead becomes due again, and what waits is given up', async () => {
    await using own = await shop(server);
    await own.run('convert');
    await own.own.query(`UPDATE fct_conversions SET currency = 'BRL'`);

    const retried = await own.run('convert', 'retry', 'meta');
    const sent = await own.run('convert', '--json');
    const discarded = await own.run('convert', 'discard', 'meta');

    expect(retried.stderr).toContain('1 events are due again');
    expect(lines(sent.stdout)).toMatchObject([{ queued: 0, delivered: 1 }]);
    expect(discarded.stderr).toContain('1 events were discarded');
  });

  test('settings and names that are wrong are told with their places, and no secret', async () => {
    await using own = await shop(server);
    own.project.directory.write(
      'cortex_project.yml',
      own.project.directory.read('cortex_project.yml').replace('pixel_id: 77', 'pixel: 77'),
    );

    const settings = await own.run('convert');
    const name = await own.run('convert', 'mets');
    const nothing = await own.run('convert', 'discard');

    expect(settings.stderr).toContain('CX7503');
    expect(name.stderr).toContain('CX7504');
    expect(nothing.exitCode).toBe(2);
    expect(settings.stderr).not.toContain(TOKEN);
  });

  test('no personal datum and no secret is in any output, file or table of Cortex', async () => {
    await using own = await shop(server);
    own.simulator.setFaults(placedFaults([{ fault: { kind: 'server_error' } }]));
    const outputs = [
      await own.run('convert', '--dry-run', '--verbose'),
      await own.run('convert', '--verbose', '--log-level', 'debug'),
      await own.run('convert', 'status'),
      await own.run('convert', 'report', '--json'),
      await own.run('convert', 'nobody'),
    ];
    const tables = [];
    for (const table of ['__cortex_conversions', '__cortex_conversion_destinations']) {
      tables.push(await own.own.query(`SELECT * FROM ${table}`));
    }

    own.project.directory.write('.env', '');
    const seen = JSON.stringify([outputs, tables]) + textsBelow(own.project.directory.path);
    expect(seen).toContain('purchase.1001');
    expect([...MARKED, TOKEN, '177.32.10.9'].filter((part) => seen.includes(part))).toEqual([]);
  });
});
