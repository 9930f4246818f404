import { describe, expect, test } from 'vitest';
import { metaConversionsSimulator } from '../../../connectors/simulators/conversions/meta.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import type { SeenRequest } from '../../support/answering-server.ts';
import { answeringServer, inTurn, json } from '../../support/answering-server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { addOrders, createConversionTables, TOKEN } from '../../support/conversion-run.ts';
import { FakeClock } from '../../support/run-events.ts';
import { serverProject } from '../../support/server-project.ts';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

const OK = json(200, {});

function told(requests: readonly SeenRequest[]) {
  const messages = requests.map(
    ({ body }) => JSON.parse(body) as { kind: string; lines: string[] },
  );
  return messages.map(({ kind, lines }) => [kind, ...lines]);
}

function channel(origin: string) {
  return { channels: { hook: { type: 'webhook', url: `${origin}/hook` } } };
}

describe.each(servers)('on $name', (server) => {
  test('an account whose token is refused is told once, and when it is read again', async () => {
    await using hook = await answeringServer(OK);
    const alerts = channel(hook.origin);
    await using project = await simulatedProject(await server.database(), { settings: { alerts } });
    project.environment['SHOP_TOKEN'] = 'revoked';

    await project.run('sync');
    await project.run('sync');
    project.environment['SHOP_TOKEN'] = project.environment['META_TOKEN'] ?? '';
    await project.run('sync');

    const [paused, back, ...more] = told(hook.requests);
    expect(paused?.[0]).toBe('failed');
    expect(paused?.slice(1)).toEqual([
      expect.stringMatching(/^nuvemshop 2981734: CX\d{4} .*; none of its streams is read$/),
    ]);
    expect(back).toEqual(['recovered', expect.stringMatching(/^nuvemshop 2981734, since /)]);
    expect(more).toEqual([]);
  });

  test('a destination that stopped and conversions that were refused are told, and that they are well', async () => {
    await using hook = await answeringServer(OK);
    const database = await server.database();
    await createConversionTables(database);
    await addOrders(database, [{ id: '1001' }, { id: '1003', currency: 'R$' }]);
    await using simulator = await startSimulator(metaConversionsSimulator, {
      world: { pixelId: '77' },
      clock: manualClock('2026-11-23T09:00:00Z'),
      credentials: [TOKEN],
    });
    const { directory, run } = serverProject(database, {
      'cortex_project.yml': `alerts: ${JSON.stringify(channel(hook.origin))}
conversions:
  identity: customer_identity
  destinations:
    meta: { type: meta-capi, pixel_id: 77, access_token: '\${META_TOKEN}', origin: '${simulator.origin}' }
`,
      '.env': 'META_TOKEN=another-token-0123456789',
    });
    await run('convert');
    await run('convert');
    directory.write('.env', `META_TOKEN=${TOKEN}`);
    await run('convert', 'retry', 'meta');
    await run('convert');
    await run('convert');
    await addOrders(database, [{ id: '1004' }]);
    await run('convert');

    expect(told(hook.requests)).toMatchInlineSnapshot(`
      [
        [
          "failed",
          "conversions meta stopped (META_190): renew its token or its permissions; nothing is lost",
          "conversions meta: 1 event refused for good; \`cortex convert report\` says why",
        ],
        [
          "recovered",
          "conversions meta, since 2026-11-23T09:00Z",
        ],
        [
          "recovered",
          "conversions meta: what is sent is accepted, since 2026-11-23T09:00Z",
        ],
      ]
    `);
  });

  test('conversions that come to nothing as they should are no alert', async () => {
    await using hook = await answeringServer(OK);
    const database = await server.database();
    await createConversionTables(database);
    await addOrders(database, [
      { id: '1001' },
      { id: '1002', occurredAt: '2026-10-01 12:00:00' },
      { id: '1003', occurredAt: '2026-10-01 12:00:00', consent: 'denied' },
    ]);
    await using simulator = await startSimulator(metaConversionsSimulator, {
      world: { pixelId: '77' },
      clock: manualClock('2026-11-23T09:00:00Z'),
      credentials: [TOKEN],
    });
    const { run } = serverProject(database, {
      'cortex_project.yml': `alerts: ${JSON.stringify(channel(hook.origin))}
conversions:
  identity: customer_identity
  destinations:
    meta: { type: meta-capi, pixel_id: 77, access_token: ${TOKEN}, origin: '${simulator.origin}' }
`,
    });

    await run('convert');
    const status = await run('convert', 'status');

    expect(status.stdout).toMatch(/dead +consent_denied/);
    expect(status.stdout).toMatch(/dead +too_old/);
    expect(status.stdout).toContain('delivered');
    expect(told(hook.requests)).toEqual([]);
  });

  test('a pipeline that failed is told with its steps, and when it is well', async () => {
    await using hook = await answeringServer(OK);
    const database = await server.database();
    const { directory, run } = serverProject(database, {
      'cortex_project.yml': `alerts: ${JSON.stringify(channel(hook.origin))}
pipelines:
  own: { steps: [{ step: operation, macro: absent, on_failure: continue }, build] }
`,
      'models/totals.sql': 'select 1 as id',
    });
    await run('run-pipeline', 'own');
    directory.write('macros/absent.sql', 'select 1');
    await run('run-pipeline', 'own');
    await run('run-pipeline', 'own');

    expect(told(hook.requests)).toEqual([
      ['failed', expect.stringMatching(/^pipeline own: `operation` failed \(CX\d{4}\)$/)],
      ['recovered', expect.stringMatching(/^pipeline own, since /)],
    ]);
  });

  test('a database that is not reached is told, tried again where a channel did not take it, and told when it is back', async () => {
    await using hook = await answeringServer(inTurn(json(503, {}), OK));
    const { host, port, user, password, database } = (await server.database()).target;
    const project = (at: number) => `name: shop
targets: { test: ${JSON.stringify({ type: 'mysql', host, port: at, user, password, database })} }
alerts: ${JSON.stringify(channel(hook.origin))}
`;
    const directory = createDirectory({
      'cortex_project.yml': project(1),
      'models/totals.sql': 'select 1 as id',
    });
    const clock = new FakeClock();
    const run = async (...args: string[]) => cortex(args, { directory: directory.path, clock });
    const first = await run('build');
    expect(first.exitCode).toBe(2);
    expect(first.stderr).toContain('did not take a notification: the server answered 503');
    await run('run-pipeline', 'daily');
    await run('test');
    expect(hook.requests).toHaveLength(2);
    clock.ms += 25 * 3_600_000;
    await run('build');
    directory.write('cortex_project.yml', project(port));
    await run('build');
    await run('build');

    const messages = told(hook.requests);
    expect(messages.map(([kind]) => kind)).toEqual(['failed', 'failed', 'failed', 'recovered']);
    expect(messages[1]?.[1]).toMatch(/^CX\d{4} /);
    expect(messages[3]?.[1]).toBe('it was not, since 2026-11-23T09:00Z');
    expect(hook.requests.map(({ body }) => body).join()).not.toContain(String(hook.origin));
  });
});
