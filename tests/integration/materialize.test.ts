import { beforeAll, describe, expect, test } from 'vitest';
import { CortexError } from '../../cli/kernel/errors.ts';
import type { NodeConfig, OnSchemaChange } from '../../cli/manifest/node-config.ts';
import { literal } from '../../cli/sql/literal.ts';
import { identifier } from '../../cli/sql/identifier.ts';
import { buildModel, currentOf } from '../support/build-model.ts';
import { fixture } from '../support/fixture.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

type Value = string | number | null;
type FixtureRow = Record<string, Value>;

interface StrategyCase {
  name: string;
  config: NodeConfig;
  existing: FixtureRow[];
  new_batch: FixtureRow[];
  expected?: FixtureRow[];
  error?: string;
}

interface SchemaCase {
  name: string;
  on_schema_change: OnSchemaChange;
  unique_key: string;
  strategy: 'delete+insert';
  existing_columns: string[];
  existing: FixtureRow[];
  new_columns: string[];
  new_batch: FixtureRow[];
  expected_columns?: string[];
  expected?: FixtureRow[];
  error?: string;
}

const CASES = fixture<{ strategies: StrategyCase[]; on_schema_change: SchemaCase[] }>(
  'incremental',
);

function selectRows(rows: readonly FixtureRow[], columns: readonly string[]): string {
  if (rows.length === 0) {
    return `select ${columns.map((column) => `'x' as ${identifier(column)}`).join(', ')} from (select 1) as one where false`;
  }
  return rows
    .map(
      (row) =>
        `select ${columns.map((column) => `${literal(row[column] ?? null)} as ${identifier(column)}`).join(', ')}`,
    )
    .join(' union all ');
}

/** Numbers and texts as one spelling: the driver gives BIGINT and DECIMAL as text. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function sorted(rows: readonly Record<string, unknown>[], columns: readonly string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => textOf(row[column])))).sort();
}

describe.each(servers)('on $name', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await server.database();
  });

  test.each(CASES.strategies)('incremental strategies: $name', async (example) => {
    const columns = ['id', 'msg', 'color'];
    const config = { ...example.config, materialized: 'incremental' };
    const existing = selectRows(example.existing, columns);
    await database.query('drop table if exists target');

    const act = async () => {
      await buildModel(database, { name: 'target', sql: existing, config });
      await buildModel(database, {
        name: 'target',
        sql: selectRows(example.new_batch, columns),
        config,
        isIncremental: true,
      });
    };

    if (example.error !== undefined) {
      await expect(act()).rejects.toThrow(/nope/);
      return;
    }
    await act();
    const rows = await database.query('select * from target');
    expect(sorted(rows, columns)).toEqual(sorted(example.expected ?? [], columns));
  });

  test.each(CASES.on_schema_change)('schema changes: $name', async (example) => {
    const config: NodeConfig = {
      materialized: 'incremental',
      incremental_strategy: example.strategy,
      unique_key: example.unique_key,
      on_schema_change: example.on_schema_change,
    };
    const names = example.new_columns.map((column) => column.split(' ')[0] ?? '');
    await database.query('drop table if exists target');
    await database.query(`create table target (${example.existing_columns.join(', ')})`);
    const columns = example.existing_columns.map((column) => column.split(' ')[0] ?? '');
    await database.query(`insert into target ${selectRows(example.existing, columns)}`);

    const act = () =>
      buildModel(database, {
        name: 'target',
        sql: selectRows(example.new_batch, names),
        config,
        isIncremental: true,
      });

    if (example.error !== undefined) {
      await expect(act()).rejects.toThrow();
      const kept = await database.query('select * from target');
      expect(sorted(kept, columns)).toEqual(sorted(example.existing, columns));
      return;
    }
    await act();
    const after = await currentOf(database, 'target');
    const expected = example.expected_columns ?? [];
    expect(after?.columns.map((column) => column.name)).toEqual(expected);
    const rows = await database.query('select * from target');
    expect(sorted(rows, expected)).toEqual(sorted(example.expected ?? [], expected));
  });

  test('merge finds rows by key where the table has no unique index on it', async () => {
    await database.query('drop table if exists target');
    await database.query(
      `create table target as select 1 as id, 'old' as msg union all select 2, 'kept'`,
    );
    const config: NodeConfig = { materialized: 'incremental', unique_key: 'id' };

    await buildModel(database, {
      name: 'target',
      sql: `select 1 as id, 'new' as msg union all select 3, 'add'`,
      config,
      isIncremental: true,
    });

    expect(await database.query('select * from target order by id')).toMatchObject([
      { msg: 'new' },
      { msg: 'kept' },
      { msg: 'add' },
    ]);
  });

  test('merge refuses a batch that repeats a key and leaves the table alone', async () => {
    await database.query('drop table if exists target');
    const config: NodeConfig = { materialized: 'incremental', unique_key: 'id' };
    await buildModel(database, { name: 'target', sql: `select 1 as id, 'old' as msg`, config });

    const refused = buildModel(database, {
      name: 'target',
      sql: `select 1 as id, 'a' as msg union all select 1, 'b'`,
      config,
      isIncremental: true,
    });

    await expect(refused).rejects.toMatchObject({
      diagnostics: [{ code: 'CX4025', notes: ['id = 1: 2 rows', expect.any(String)] }],
    });
    expect(await database.query('select msg from target')).toEqual([{ msg: 'old' }]);
  });

  test('keys that differ in case, accents or trailing blanks are different keys', async () => {
    await database.query('drop table if exists target');
    const config: NodeConfig = { materialized: 'incremental', unique_key: 'code' };
    const sql = ['a', 'A', 'á', 'a ']
      .map((code) => `select '${code}' as code, 1 as n`)
      .join(' union all ');
    await buildModel(database, { name: 'target', sql, config });

    await buildModel(database, {
      name: 'target',
      sql: `select 'A' as code, 2 as n union all select 'a ', 3`,
      config,
      isIncremental: true,
    });

    const rows = await database.query(
      `select concat('[', code, ']') as code, n from target order by n, code`,
    );
    expect(rows.map((row) => String(row['code']) + String(row['n'])).sort()).toEqual([
      '[A]2',
      '[a ]3',
      '[a]1',
      '[á]1',
    ]);
  });

  test('keys of a model with a binary collation join texts of that collation', async () => {
    const collation = 'utf8mb4_bin';
    const sql = `select 'a' as code union all select 'A'`;
    await buildModel(database, {
      name: 'keyed',
      sql,
      config: { materialized: 'incremental', unique_key: 'code', collation },
    });
    await buildModel(database, {
      name: 'plain',
      sql,
      config: { materialized: 'table', collation },
    });

    const joined = await database.query(
      'select plain.code from plain join keyed on keyed.code = plain.code order by plain.code',
    );

    expect(joined).toEqual([{ code: 'A' }, { code: 'a' }]);
  });

  test('a table gets its keys, indexes, types and comments', async () => {
    await database.query('drop table if exists designed');
    await buildModel(database, {
      name: 'designed',
      sql: `select 1 as id, 'Ana' as name, cast(12.5 as decimal(10,2)) as total, null as note`,
      config: {
        materialized: 'table',
        primary_key: 'id',
        indexes: [{ columns: ['name(10)'] }, { columns: ['total'], unique: true }],
        column_types: { total: 'decimal(14,3)' },
        row_format: 'dynamic',
      },
    });

    const [created] = await database.query('show create table designed');
    const text = String(created?.['Create Table']).toLowerCase();
    expect(text).toContain('primary key (`id`)');
    expect(text).toMatch(/key `ix_name_10_\w+` \(`name`\(10\)\)/);
    expect(text).toMatch(/unique key `uq_total` \(`total`\)/);
    expect(text).toContain('`total` decimal(14,3)');
    expect(text).toContain('`note` varchar(255)');
  });

  test('a configured column that the query lacks stops the model before it builds', async () => {
    const built = buildModel(database, {
      name: 'never',
      sql: 'select 1 as order_id',
      config: { materialized: 'table', primary_key: 'orderid' },
    });

    await expect(built).rejects.toBeInstanceOf(CortexError);
    await expect(built).rejects.toMatchObject({
      diagnostics: [{ code: 'CX4020', hint: 'did you mean `order_id`?' }],
    });
    expect(await database.relations()).not.toContain('never');
  });

  test.each([
    {
      about: 'a query that does not keep its contract',
      code: 'CX4021',
      sql: "select 'x' as id",
      config: { materialized: 'table', contract: { enforced: true } },
      message: 'the query of `refused` does not keep its contract',
    },
    {
      about: 'a key that no index can hold whole',
      code: 'CX4022',
      sql: "select 1 as id, repeat('x', 300) as body",
      config: { materialized: 'incremental', unique_key: 'body', column_types: { body: 'text' } },
      message: '`unique_key` of `refused` has `body` of type `text`, which cannot be indexed whole',
    },
    {
      about: 'a merge without a key',
      code: 'CX4026',
      sql: 'select 1 as id',
      config: { materialized: 'incremental', incremental_strategy: 'merge' },
      message: '`refused` merges but has no `unique_key`',
    },
  ] satisfies { config: NodeConfig; [fact: string]: unknown }[])(
    '$about is refused before it is built',
    async ({ code, sql, config, message }) => {
      const built = buildModel(database, { name: 'refused', sql, config });

      await expect(built).rejects.toMatchObject({ diagnostics: [{ code, message }] });
      expect(await database.relations()).not.toContain('refused');
    },
  );
});
