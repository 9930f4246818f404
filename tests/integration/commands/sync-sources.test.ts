import { describe, expect, test } from 'vitest';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

const MODELS = {
  'models/fct_orders.sql':
    "select id, total from {{source 'nuvemshop' 'orders'}} where _deleted_at is null\n",
};

describe.each(servers)('$name', (server) => {
  test('written sources serve models at once, and freshness asks the state of the sync', async () => {
    const own = await server.database();
    await using project = await simulatedProject(own, { files: MODELS });

    const written = await project.run('sync', '--write-sources');
    const never = await project.run('source', 'freshness', '--select', 'source:nuvemshop.orders');
    await project.run('sync', 'nuvemshop.orders');
    const built = await project.run('build');
    const fresh = await project.run('source', 'freshness', '--select', 'source:nuvemshop.orders');

    expect(written).toMatchObject({
      exitCode: 0,
      stdout: 'sources/nuvemshop.yml\nsources/meta_ads.yml\n',
    });
    expect(never.exitCode).toBe(1);
    expect(never.stderr).toContain('no rows');
    expect(built).toMatchObject({ exitCode: 0 });
    const [orders] = await own.query('select count(*) as n from fct_orders');
    expect(Number(orders?.['n'])).toBe(263);
    // The simulated clock stands in October 2026, the server's does not: only the state can say so.
    const days = Math.floor((Date.now() - project.clock.now()) / 86_400_000);
    expect(fresh.stderr).toContain(`${days} days old`);
  });

  test('raw tables can be made without a row, a credential or a call', async () => {
    const own = await server.database();
    await using project = await simulatedProject(own, { files: MODELS });
    delete project.environment['SHOP_TOKEN'];

    const made = await project.run('sync', 'nuvemshop', '--tables-only');
    const again = await project.run('sync', 'nuvemshop', '--tables-only');
    await project.run('sync', 'nuvemshop', '--write-sources');
    const built = await project.run('build');

    expect(made).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/2\d raw tables made/),
    });
    expect(again.stderr).toContain('0 raw tables made');
    expect(project.shop.requests).toEqual([]);
    expect(built, built.stderr).toMatchObject({ exitCode: 0 });
    expect(await own.query('select * from fct_orders')).toEqual([]);
  });

  test('sources of files are written too, and freshness asks when they were last loaded whole', async () => {
    const own = await server.database();
    const settings = {
      connectors: {
        files: {
          streams: {
            ad_costs: {
              path: 'costs.csv',
              table: 'raw_ad_costs',
              description: 'Costs by day',
              columns: {
                Day: { type: 'date', name: 'day', description: 'Day' },
                Cost: 'decimal(9,2)',
              },
              column_names: 'snake_case',
            },
          },
        },
      },
    };
    await using project = await simulatedProject(own, {
      settings,
      files: {
        'costs.csv': 'Day,Cost\n2026-10-01,12.50\n',
        'models/costs.sql': "select day, cost from {{source 'files' 'ad_costs'}}\n",
      },
    });
    const freshness = () => project.run('source', 'freshness', '--select', 'source:files');

    const written = await project.run('sync', '--write-sources');
    const never = await freshness();
    await project.run('sync');
    const built = await project.run('build');
    const fresh = await freshness();
    project.directory.write('costs.csv', 'Day,Cost\nyesterday,12.50\n');
    project.clock.advance(86_400_000 * 3);
    const failed = await project.run('sync');
    const still = await freshness();

    expect(written).toMatchObject({ exitCode: 0, stdout: 'sources/files.yml\n' });
    expect(project.directory.read('sources/files.yml')).toMatch(
      /name: day\n +description: Day\n +data_type: date\n +- name: cost\n/,
    );
    expect(never).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no rows') as unknown,
    });
    expect(built).toMatchObject({ exitCode: 0 });
    expect(failed.exitCode).toBe(1);
    // A sync that failed loaded nothing: the files are as old as they were.
    const days = (at: number) => `${Math.floor((Date.now() - at) / 86_400_000)} days old`;
    expect(fresh.stderr).toContain(days(project.clock.now() - 86_400_000 * 3));
    expect(still.stderr).toContain(days(project.clock.now() - 86_400_000 * 3));
  });
});

const [server] = servers;

test('sources are written the same each time, with types, descriptions and personal data', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);

  await project.run('sync', '--write-sources', 'nuvemshop');
  const text = project.directory.read('sources/nuvemshop.yml');
  await project.run('sync', '--write-sources', 'nuvemshop');

  expect(project.directory.read('sources/nuvemshop.yml')).toBe(text);
  expect(text).toContain('identifier: raw_nuvemshop_orders\n');
  expect(text).toContain('identifier: raw_nuvemshop_order_lines\n');
  expect(text).toMatch(
    /- name: contact_email\n +description: .+\n +data_type: varchar.+\n +meta:\n +pii: email/,
  );
  const listed = await project.run('ls', '--resource-type', 'source');
  expect(listed.stdout).toContain('source:shop.nuvemshop.orders');
});

test('a file of sources that people wrote or changed is left alone', async () => {
  const own = await (server ?? expect.fail()).database();
  const ours = 'sources: []\n';
  await using project = await simulatedProject(own, { files: { 'sources/meta_ads.yml': ours } });

  const refused = await project.run('sync', '--write-sources');
  project.directory.write(
    'sources/nuvemshop.yml',
    `${project.directory.read('sources/nuvemshop.yml')}\n# mine\n`,
  );
  const again = await project.run('sync', '--write-sources', 'nuvemshop');

  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('CX7216');
  expect(project.directory.read('sources/meta_ads.yml')).toBe(ours);
  expect(again.exitCode).toBe(1);
  expect(project.directory.read('sources/nuvemshop.yml')).toContain('# mine');
});
