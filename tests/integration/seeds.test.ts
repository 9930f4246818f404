import { describe, expect, test } from 'vitest';
import type { SeedNode } from '../../cli/manifest/node.ts';
import { CortexError } from '../../cli/kernel/errors.ts';
import { loadSeed } from '../../cli/load/load-seed.ts';
import { readSeed } from '../../cli/load/read-seed.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { TABLE_DEFAULTS } from '../support/load-settings.ts';
import { seedFile } from '../support/seed-file.ts';
import { servers } from '../support/server.ts';
import type { TestDatabase } from '../support/server.ts';

describe.each(servers)('$name', (server) => {
  test('a seed becomes a table with its types, keys, indexes and comments', async () => {
    const own = await server.database();
    const seed = seedFile(
      'code,day,price,is_new,zip\na,31/01/2026,"1.234,50",true,01310\nA,1/2/2026,-7,FALSE,\n',
      {
        database: own.name,
        config: {
          locale: 'pt-BR',
          primary_key: 'CODE',
          indexes: [{ columns: ['day'] }],
          column_types: { code: 'varchar(20)' },
        },
        columns: [{ name: 'price', description: 'BRL', meta: {}, tags: [], constraints: [] }],
      },
    );

    const loaded = await load(own, seed);

    const [table] = await own.query('show create table prices');
    const definition = String(table?.['Create Table']);
    expect(loaded).toEqual({ rows: 2 });
    expect(await own.query('select * from prices order by price')).toEqual([
      { code: 'A', day: '2026-02-01', price: '-7.00', is_new: 0, zip: null },
      { code: 'a', day: '2026-01-31', price: '1234.50', is_new: 1, zip: '01310' },
    ]);
    expect(definition).toContain("COMMENT 'BRL'");
    expect(definition).toContain('PRIMARY KEY (`code`)');
    expect(definition).toContain('KEY `ix_day` (`day`)');
  });

  test('fractions of seconds reach the table whole', async () => {
    const own = await server.database();
    const seed = seedFile(
      'id,inferred,declared,clock\n1,2026-01-31 10:00:00,2026-01-31 23:59:59.999,23:59:59.25\n2,2026-01-31T23:59:59.999999,2026-01-31 10:00:00,10:00:00\n',
      {
        database: own.name,
        config: { column_types: { declared: 'datetime(3)', clock: 'time(2)' } },
      },
    );

    await load(own, seed);

    expect(await own.query('select * from prices order by id')).toEqual([
      {
        id: '1',
        inferred: '2026-01-31 10:00:00.000000',
        declared: '2026-01-31 23:59:59.999',
        clock: '23:59:59.25',
      },
      {
        id: '2',
        inferred: '2026-01-31 23:59:59.999999',
        declared: '2026-01-31 10:00:00.000',
        clock: '10:00:00.00',
      },
    ]);
  });

  test('a repeated key points to its line', async () => {
    const own = await server.database();
    const seed = seedFile('id,name\n1,"two\nlines"\n\n2,b\n1,c\n', {
      database: own.name,
      config: { primary_key: 'id' },
    });

    const failure = await load(own, seed).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CortexError);
    expect((failure as CortexError).diagnostics[0]).toMatchObject({
      code: 'CX7011',
      message: 'the server refuses `seeds/prices.csv`, line 6',
    });
  });

  test('an empty seed is an empty table', async () => {
    const own = await server.database();

    const loaded = await load(own, seedFile('id,name\n', { database: own.name }));

    expect(loaded).toEqual({ rows: 0 });
    expect(await own.query('select id, name from prices')).toEqual([]);
  });

  test('a seed with more text columns than a row has room for is loaded', async () => {
    const own = await server.database();
    const names = Array.from({ length: 80 }, (_, index) => `c${index}`);
    const values = names.map((name) => `value of ${name}`);

    await load(own, seedFile(`${names.join()}\n${values.join()}\n`, { database: own.name }));

    expect((await own.query('select c0, c79 from prices'))[0]).toEqual({
      c0: 'value of c0',
      c79: 'value of c79',
    });
  });
});

async function load(own: TestDatabase, seed: SeedNode): Promise<{ readonly rows: number }> {
  await using database = await connectTarget(own.target, { runId: 'seeds' });
  await using connection = await database.connect();
  const { value: table, diagnostics } = await readSeed(seed);
  if (table === undefined) throw new CortexError(diagnostics);
  return await loadSeed({
    connection,
    database,
    seed,
    table,
    relation: seed.relation,
    tableDefaults: TABLE_DEFAULTS,
  });
}
