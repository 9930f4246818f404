import { describe, expect, test } from 'vitest';
import type { RenderedSql } from '../../../cli/kernel/rendered-sql.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { DatabaseError } from '../../../cli/warehouse/database-error.ts';
import type { ErrorContext } from '../../../cli/warehouse/describe-error.ts';
import { describeDatabaseError } from '../../../cli/warehouse/describe-error.ts';
import { concatSql } from '../../../cli/kernel/rendered-sql.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const FILE = 'models/m.sql';

function template(text: string): RenderedSql {
  const source = { file: FILE, start: 0, end: text.length };
  return { text, map: [{ start: 0, end: text.length, kind: 'verbatim', source }] };
}

/** Writes a model into a table, as a build does, and gives the diagnostic with the text it points at. */
async function refuse(own: TestDatabase, model: string, context: ErrorContext = {}) {
  await using database = await connectTarget(own.target, { runId: 'r1' });
  const statement = concatSql('INSERT INTO `target`\n', template(model));
  try {
    await database.control.execute(statement.text, { node: 'model.shop.m' });
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const found = describeDatabaseError(error, statement, { file: FILE, ...context });
    const span = found.labels[0]?.span;
    return { ...found, at: span === undefined ? undefined : model.slice(span.start, span.end) };
  }
  throw new Error('the server took it');
}

describe.each(servers)('$name: an error of the database', (server) => {
  const prepared = server.database().then(async (own) => {
    await own.query(
      'CREATE TABLE target (id INT PRIMARY KEY, name VARCHAR(5), total DECIMAL(5,2) NOT NULL, day DATE)',
    );
    await own.query('CREATE TABLE orders (id INT, name VARCHAR(50), total VARCHAR(20))');
    await own.query("INSERT INTO orders VALUES (1, 'ação longa', 'x'), (1, 'b', '2')");
    return own;
  });

  test.each([
    ['CX5113', 'select 1,\n  2 amount net,\n 3 from orders', 'net'],
    ['CX5113', 'select (1 + 2', '2'],
    ['CX5101', "select o.id, 'totl', o.totl\nfrom orders o", 'o.totl'],
    ['CX5105', 'select id from ordrs', 'ordrs'],
    ['CX5107', 'select id from orders a join orders b on a.name = b.name', 'id'],
    ['CX5109', 'select no_such_fn(id) from orders', 'no_such_fn'],
    ['CX5112', 'select id, name, count(*), null from orders group by id', 'name'],
    ['CX5104', "select id, 'a', 1, null from orders", ''],
    ['CX5103', "select 9, 'longer than five', 1, null", ''],
    ['CX5106', "select id, 'a', total, null from orders", 'total'],
    ['CX5106', "select id, 'a', 99999, null from orders", ''],
    ['CX5106', "select 5, 'a', 1, '2024-02-30'", ''],
    ['CX5108', "select 3, 'a', null, null from orders", ''],
    ['CX5111', "select 3, 'a', 1 / 0, null", ''],
    ['CX5115', "select 3, 'a', JSON_EXTRACT(JSON_OBJECT('a', 1), 'not a path'), null", ''],
    [
      'CX5110',
      "select 1, 'a', 1, null from orders where name collate utf8mb4_bin = name collate utf8mb4_unicode_ci",
      '',
    ],
  ])('%s: %s', async (code, model, at) => {
    const found = await refuse(await prepared, model);

    expect({ code: found.code, at: found.at, words: found.notes[0] }).toEqual({
      code,
      at,
      words: expect.stringMatching(/^server: \d+ \(\w+\) ./),
    });
  });

  test('names the nearest column and the place in the compiled file', async () => {
    const found = await refuse(await prepared, 'select id,\n  totl from orders', {
      columns: ['id', 'name', 'total'],
      compiledPath: 'target/compiled/m.sql',
    });

    expect(found.hint).toBe('did you mean `total`?');
    expect(found.notes[1]).toBe('compiled: target/compiled/m.sql:3:3');
  });

  test('of a table that the project knows no other name is guessed', async () => {
    const found = await refuse(await prepared, 'select id from raw_orders', {
      tables: ['raw_orders', 'raw_order', 'stg_orders'],
    });

    expect(found.hint).toBe('build or load it first, or correct its name');
  });
});
