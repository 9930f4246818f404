import { beforeAll, describe, expect, test } from 'vitest';
import { compileTest } from '../../cli/compile/compile-test.ts';
import { literal } from '../../cli/sql/literal.ts';
import { compileContext, testNode } from '../support/compile-context.ts';
import { fixture } from '../support/fixture.ts';
import { modelNode } from '../support/model-node.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

interface Table {
  readonly columns: readonly (readonly [string, 'int' | 'text'])[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

interface Case {
  readonly test: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly t: Table;
  readonly u?: Table;
  readonly failures: number;
  readonly preferred_failures?: number;
}

const CASES = fixture<{ cases: readonly Case[] }>('test_library').cases;

describe.each(servers)('the test library on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
  });

  /** Fills a table of its own and answers with the number of failures of a test on it. */
  async function failuresOf({ test: name, args, t, u }: Case, id: string): Promise<number> {
    const [tested, other] = [`t_${id}`, `u_${id}`];
    await createTable(database, tested, t);
    if (u !== undefined) await createTable(database, other, u);
    const node = modelNode(tested, { database: database.name, config: { materialized: 'table' } });
    const compared = modelNode(other, { database: database.name });
    const testArguments = Object.fromEntries(
      Object.entries(args).map(([key, value]) => [key, value === 'u' ? `ref('${other}')` : value]),
    );
    const compiled = compileTest(
      testNode(name, { tested: node, testArguments }),
      compileContext([node, compared]),
    );
    expect(compiled.diagnostics).toEqual([]);
    const [row] = await database.query(compiled.value.verdictSql.text);
    return Number(row?.['failures']);
  }

  test.each(
    CASES.map((each, index) => ({ ...each, id: `${index}`, label: JSON.stringify(each.args) })),
  )('$test $label finds what it should ($id)', async (each) => {
    const failures = await failuresOf(each, each.id);

    expect([each.failures, each.preferred_failures]).toContain(failures);
  });
});

async function createTable(
  database: TestDatabase,
  name: string,
  { columns, rows }: Table,
): Promise<void> {
  const types = { int: 'int', text: 'varchar(50)' };
  const definition = columns.map(([column, type]) => `${column} ${types[type]}`).join(', ');
  await database.query(`create table ${name} (${definition})`);
  const tuples = rows.map((row) => `(${row.map(literal).join(', ')})`);
  if (tuples.length > 0) await database.query(`insert into ${name} values ${tuples.join(', ')}`);
}
