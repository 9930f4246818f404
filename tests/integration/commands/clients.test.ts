import { describe, expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

/** A project of one model and two clients, in the databases that are given. */
function agency(first: TestDatabase, second: string, brisa = '') {
  const { host, port, user, password } = first.target;
  const target = { type: 'mysql', host, port, user, password: '${TEST_PASSWORD:-}' };
  const directory = createDirectory({
    'cortex_project.yml': `name: shop\ntargets: { test: ${JSON.stringify(target)} }\nvars: { who: nobody }\n`,
    'models/fct_name.sql': `{{config materialized="table"}}\nselect '{{var "who"}}' as who`,
    'clients/aurora.yml': `database: ${first.name}\nvars: { who: aurora }\n`,
    'clients/brisa.yml': `database: ${second}\nvars: { who: brisa }\n${brisa}`,
  });
  const environment = { TEST_PASSWORD: password };
  return {
    directory,
    run: (...args: string[]) => cortex(args, { directory: directory.path, environment }),
  };
}

describe.each(servers)('on $name', (server) => {
  test('each client is built in its own database, and one that fails stops no other', async () => {
    const [aurora, brisa] = [await server.database(), await server.database()];
    const { run, directory } = agency(aurora, brisa.name);
    const good = await run('build', '--client', 'all', '--json');
    directory.write('clients/brisa.yml', `database: ${brisa.name}\nvars: { who: "it's" }\n`);
    const half = await run('build', '--client', 'all');

    const events = good.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(good).toMatchObject({ exitCode: 0 });
    expect(new Set(events.slice(0, -1).map(({ client }) => client))).toEqual(
      new Set(['aurora', 'brisa']),
    );
    expect(events.at(-1)).toEqual({ type: 'clientsFinished', clients: 2, exitCode: 0 });
    expect(half).toMatchObject({ exitCode: 1 });
    expect(half.stderr).toMatch(/aurora +good\nbrisa +failed\n/);
    expect(await aurora.query('select who from fct_name')).toEqual([{ who: 'aurora' }]);
    expect(await brisa.query('select who from fct_name')).toEqual([{ who: 'brisa' }]);
    for (const code of ['aurora', 'brisa']) {
      expect(directory.read(`target/clients/${code}/run_results.json`)).toContain('fct_name');
      expect(directory.read(`target/clients/${code}/logs/cortex.log`)).toContain('fct_name');
    }
  });

  test('two clients of one database are refused before anything runs', async () => {
    const own = await server.database();
    const { run } = agency(own, own.name.toUpperCase());

    const all = await run('build', '--client', 'all');
    const one = await run('build', '--client', 'brisa');

    expect(all).toMatchObject({ exitCode: 2 });
    expect(one).toMatchObject({ exitCode: 2 });
    for (const { stderr } of [all, one]) expect(stderr).toContain('CX1153');
    expect(await own.query('show tables')).toEqual([]);
  });

  test('a database keeps its client, whoever comes later', async () => {
    const [own, other] = [await server.database(), await server.database()];
    const { run, directory } = agency(own, other.name);
    await run('build', '--client', 'aurora');
    directory.write('clients/brisa.yml', `database: ${own.name}\nvars: { who: brisa }\n`);
    directory.write('clients/aurora.yml', `database: ${other.name}\nvars: { who: aurora }\n`);

    const taken = await run('build', '--client', 'brisa');

    expect(taken).toMatchObject({ exitCode: 2 });
    expect(taken.stderr).toContain('CX1154');
    expect(await own.query('select who from fct_name')).toEqual([{ who: 'aurora' }]);
  });

  test('a model that names the database of another client is refused', async () => {
    const [aurora, brisa] = [await server.database(), await server.database()];
    const { run } = agency(aurora, brisa.name, `models: { +database: ${aurora.name} }\n`);

    const { exitCode, stderr } = await run('build', '--client', 'brisa');

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toContain('CX1156');
    expect(await aurora.query('show tables')).toEqual([]);
  });
});

test('commands that need one client refuse all of them', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': 'name: shop\n',
    'clients/aurora.yml': '',
  });

  const { exitCode, stderr } = await cortex(['server', 'status', '--client', 'all'], {
    directory: path,
  });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('CX1155');
});
