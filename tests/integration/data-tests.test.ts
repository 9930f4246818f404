import { beforeAll, describe, expect, test } from 'vitest';
import { compileNode } from '../../cli/compile/compile-node.ts';
import { compileTest } from '../../cli/compile/compile-test.ts';
import { decideTestStatus } from '../../cli/compile/test-status.ts';
import { BUILT_IN_TESTS } from '../../cli/compile/tests/registry.ts';
import type { CompiledTest } from '../../cli/manifest/compiled.ts';
import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { ModelNode } from '../../cli/manifest/node.ts';
import { compileContext, ephemeral, sqlModel, testNode } from '../support/compile-context.ts';
import { fixture } from '../support/fixture.ts';
import { modelNode } from '../support/model-node.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

interface StatusCase {
  readonly severity: string;
  readonly warn_if: string;
  readonly error_if: string;
  readonly failures_found: number;
  readonly warn_error: boolean;
  readonly status: string;
  readonly message: string | null;
  readonly failures: number;
}

const STATUS_CASES = fixture<{ status: readonly StatusCase[] }>('data_tests').status;

describe.each(servers)('data tests on $name', (server) => {
  let database: TestDatabase;
  let words: ModelNode;
  let other: ModelNode;

  beforeAll(async () => {
    database = await server.database();
    words = modelNode('words', { database: database.name, config: { materialized: 'table' } });
    other = modelNode('other', { database: database.name, config: { materialized: 'table' } });
    await database.query(`create table words (
      id int primary key, word varchar(20), latin varchar(20) character set latin1, amount decimal(12,2),
      price double, bytes varbinary(20), day date, moment datetime(3), flag tinyint(1), kind enum('a','B'))`);
    await database.query(`insert into words values
      (1, 'a', 'á', 1.50, 0.5, x'FF00', '2024-01-01', '2024-01-01 10:00:00.5', 1, 'a'),
      (2, 'A', 'Á', 1.50, 0.5, x'FF01', '2024-01-01', '2024-01-01 10:00:00.5', 0, 'B'),
      (3, 'á', 'a', 2.00, 1e20, x'FF00', '2024-01-02', '2024-01-01 10:00:00.6', 1, 'a'),
      (4, 'a ', 'á ', 3.00, 1.0, x'FF02', null, null, null, null)`);
    await database.query(
      'create table other (code varchar(20) collate utf8mb4_unicode_ci, number int, latin varchar(20) character set latin1)',
    );
    await database.query(`insert into other values ('a', 2, 'á'), ('b', 3, 'é')`);
  });

  const contextOf = () => compileContext([words, other]);

  async function verdict(compiled: CompiledTest): Promise<Record<string, unknown>> {
    return (await database.query(compiled.verdictSql.text))[0] ?? {};
  }

  async function failures(
    name: string,
    testArguments: Readonly<Record<string, unknown>>,
    config: NodeConfig = {},
  ): Promise<number> {
    const compiled = compileTest(
      testNode(name, { tested: words, testArguments, config }),
      contextOf(),
    );
    expect(compiled.diagnostics).toEqual([]);
    return Number((await verdict(compiled.value))['failures']);
  }

  test.each([
    ['word', 0],
    ['latin', 0],
    ['amount', 1],
    ['price', 1],
    ['bytes', 1],
    ['day', 1],
    ['moment', 1],
    ['flag', 1],
    ['kind', 1],
    ["concat(word, '-')", 0],
    ['lower(word)', 1],
  ])('values of %s are told apart byte by byte', async (column, expected) => {
    expect(await failures('unique', { column_name: column })).toBe(expected);
  });

  test('a view is asked once and answers the same', async () => {
    const view = modelNode('seen', { database: database.name, config: { materialized: 'view' } });
    await database.query('create or replace view seen as select * from words');

    const compiled = compileTest(
      testNode('unique', { tested: view, testArguments: { column_name: 'amount' } }),
      compileContext([view]),
    );

    expect(compiled.value.sql.text).not.toContain('exists');
    expect((await verdict(compiled.value))['failures']).toEqual(expect.anything());
    expect(Number((await verdict(compiled.value))['failures'])).toBe(1);
  });

  test('not_null reads a day that cannot be null, in tables and through views', async () => {
    await database.query('create table days (day date not null, moment datetime not null)');
    await database.query("insert into days values ('2024-01-01', '2024-01-01')");
    await database.query(
      'create view both_days as select day, moment from days union all select day, moment from days',
    );
    await database.query(`set session sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE'`);

    for (const name of ['days', 'both_days']) {
      for (const column_name of ['day', 'moment']) {
        const tested = modelNode(name, { database: database.name, config: {} });
        const compiled = compileTest(
          testNode('not_null', { tested, testArguments: { column_name } }),
          compileContext([tested]),
        );
        expect((await verdict(compiled.value))['failures'], `${name}.${column_name}`).toSatisfy(
          (failures) => Number(failures) === 0,
        );
      }
    }
    expect(await failures('not_null', { column_name: 'day' })).toBe(1);
  });

  test.each([
    [{ column_name: 'word', values: ['a', 'A', 'á', 'a '] }, 0],
    [{ column_name: 'word', values: ['a'] }, 3],
    [{ column_name: 'latin', values: ['á', 'Á', 'a'] }, 1],
    [{ column_name: 'amount', values: ['1.5', 2, 3] }, 0],
    [{ column_name: 'amount', values: [1.5, 2, 3], quote: false }, 0],
    [{ column_name: 'flag', values: [true, false] }, 0],
    [{ column_name: 'day', values: ['2024-01-01'] }, 1],
    [{ column_name: 'kind', values: ['a'] }, 1],
  ])('accepted_values compares %j by the type of the column', async (values, expected) => {
    expect(await failures('accepted_values', values)).toBe(expected);
  });

  test.each([
    [{ column_name: 'word', to: "ref('other')", field: 'code' }, 3],
    [{ column_name: 'latin', to: "ref('other')", field: 'latin' }, 3],
    [{ column_name: 'latin', to: "ref('other')", field: 'code' }, 3],
    [{ column_name: 'amount', to: "ref('other')", field: 'number' }, 2],
    [{ column_name: 'id', to: "{{ ref('other') }}", field: 'number' }, 2],
  ])('relationships compares %j by the types of both columns', async (values, expected) => {
    expect(await failures('relationships', values)).toBe(expected);
  });

  test('where, limit and fail_calc apply to the failing rows in this order', async () => {
    const testArguments = { column_name: 'word', values: ['x'] };

    expect(await failures('accepted_values', testArguments, { where: 'id < 4' })).toBe(3);
    expect(await failures('accepted_values', testArguments, { limit: 2 })).toBe(2);
    expect(
      await failures('accepted_values', testArguments, { fail_calc: 'sum(n_records) * 10' }),
    ).toBe(40);
    expect(
      await failures('accepted_values', testArguments, {
        limit: 1,
        fail_calc: 'sum(n_records) * 10',
      }),
    ).toBe(10);
  });

  test('a singular test with a CTE over an ephemeral model runs', async () => {
    const parent = ephemeral('parent', 'select id, word from {{ref "words"}} -- all of them');
    const singular = testNode('no_three', {
      rawCode: 'with mine as (select * from {{ref "parent"}}) select * from mine where id = 3;\n',
    });

    const compiled = compileTest(singular, compileContext([words, parent]));

    expect(compiled.diagnostics).toEqual([]);
    expect(Number((await verdict(compiled.value))['failures'])).toBe(1);
    expect(await database.query(compiled.value.sql.text)).toEqual([{ id: 3, word: 'á' }]);
  });

  test('a test of an ephemeral model runs, filtered and whole', async () => {
    const parent = ephemeral(
      'parent',
      'with w as (select id, word from {{ref "words"}}) select * from w',
    );
    const context = compileContext([words, parent]);
    const compiled = (config: NodeConfig) =>
      compileTest(
        testNode('not_null', { tested: parent, testArguments: { column_name: 'id' }, config }),
        context,
      ).value;

    expect(Number((await verdict(compiled({})))['failures'])).toBe(0);
    expect(Number((await verdict(compiled({ where: 'id > 1' })))['failures'])).toBe(0);
  });

  test.each([
    [
      'with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select i from n join {{ref "first"}} f on f.id = n.i',
      3,
    ],
    ['(select id from {{ref "first"}}) union all (select id from {{ref "second"}})', 8],
    [
      '/* all */ WITH a AS (select id from {{ref "second"}} where id > 1) select a.id from a, {{ref "first"}} as f where f.id = a.id -- done',
      3,
    ],
  ])('ephemeral parents are merged into: %s', async (rawCode, rows) => {
    const first = ephemeral('first', 'select id from {{ref "words"}};');
    const second = ephemeral(
      'second',
      'with recursive r as (select id from {{ref "first"}}) select id from r',
    );

    const compiled = compileNode(
      sqlModel('child', rawCode),
      compileContext([words, first, second]),
    );

    expect(compiled.diagnostics).toEqual([]);
    expect(await database.query(compiled.value.sql.text)).toHaveLength(rows);
  });

  test('an empty run reads no rows, whatever stands around a ref', async () => {
    const child = sqlModel(
      'child',
      `with words as (select * from {{ref "words"}})
       select words.id, o.code, other.number from words
       join {{ref "other"}} as o on true left join {{ref "other"}} on true
       where words.id in (select id from {{ref "words"}})`,
    );

    const compiled = compileNode(child, compileContext([words, other], { empty: true }));

    expect(compiled.diagnostics).toEqual([]);
    expect(await database.query(compiled.value.sql.text)).toEqual([]);
  });

  test('every test of the library is understood by the server', async () => {
    const tests: readonly [string, Readonly<Record<string, unknown>>][] = [
      ['recency', { field: 'moment', datepart: 'day', interval: 1 }],
      [
        'recency',
        {
          field: 'moment',
          datepart: 'day',
          interval: 1,
          ignore_time_component: true,
          group_by_columns: ['kind'],
        },
      ],
      ['number_of_rows', { threshold: 3 }],
      ['row_count_between', { min_value: 4, max_value: 4 }],
      ['row_count_change', { compare_model: "ref('other')", max_change: 1.01 }],
      ['sum_equals', { column_name: 'amount', value: 8 }],
      [
        'sum_equals',
        {
          column_name: 'amount',
          compare_model: "ref('other')",
          compare_column: 'number',
          tolerance: 3,
        },
      ],
      ['mean_in_range', { column_name: 'amount', min_value: 2, max_value: 2 }],
      ['stddev_in_range', { column_name: 'amount', min_value: 0.7, max_value: 0.71 }],
      ['sum_in_range', { column_name: 'amount', max_value: 8 }],
      ['z_score', { column_name: 'amount', threshold: 3 }],
      ['string_length_between', { column_name: 'word', min_value: 1, max_value: 2 }],
      ['string_length_equal', { column_name: 'day', value: 10 }],
      ['match_regex_pattern_list', { column_name: 'word', patterns: ['^[aA]', 'á'] }],
      ['not_match_regex_pattern_list', { column_name: 'word', patterns: ['^b$', String.raw`\d`] }],
      ['match_like_pattern_list', { column_name: 'word', patterns: ['a%', 'A', 'á'] }],
      ['not_match_like_pattern_list', { column_name: 'word', patterns: ['b%'] }],
      ['valid_http_method', { column_name: "'GET'" }],
      ['valid_uuid', { column_name: "'6ccd780c-baba-1026-9564-5b8c656024db'" }],
      ['valid_email', { column_name: "'ana.maria+shop@example.com.br'" }],
      ['valid_url', { column_name: "'https://example.com/a?b=c'" }],
      ['valid_json', { column_name: "'{}'" }],
      ['not_in_future', { column_name: 'moment' }],
      ['equality', { compare_model: "ref('words')", compare_columns: ['id', 'word'] }],
      [
        'sequential_values',
        { column_name: 'day', datepart: 'day', interval: 1, group_by_columns: ['word'] },
      ],
      ['fewer_rows_than', { compare_model: "ref('other')", group_by_columns: ['latin'] }],
    ];
    const found: Record<string, number> = {};
    for (const [name, values] of tests) found[name] = await failures(name, values);

    expect(found).toEqual({
      recency: 2 + 1,
      number_of_rows: 0,
      row_count_between: 0,
      row_count_change: 0,
      sum_equals: 0,
      mean_in_range: 0,
      stddev_in_range: 0,
      sum_in_range: 0,
      z_score: 0,
      string_length_between: 0,
      string_length_equal: 0,
      match_regex_pattern_list: 0,
      not_match_regex_pattern_list: 0,
      match_like_pattern_list: 0,
      not_match_like_pattern_list: 0,
      valid_http_method: 0,
      valid_uuid: 0,
      valid_email: 0,
      valid_url: 0,
      valid_json: 0,
      not_in_future: 0,
      equality: 0,
      sequential_values: 0,
      fewer_rows_than: 4,
    });
    expect(BUILT_IN_TESTS.size).toBeGreaterThanOrEqual(29);
  });

  test.each([
    ['string_length_between', { column_name: 'word', max_value: 1 }, 1],
    ['match_regex_pattern_list', { column_name: 'word', patterns: ['^a'] }, 2],
    ['not_match_like_pattern_list', { column_name: 'word', patterns: ['a%'] }, 2],
    ['valid_email', { column_name: 'word' }, 4],
    ['valid_url', { column_name: "'ftp://x'" }, 4],
    ['valid_uuid', { column_name: 'word' }, 4],
    ['z_score', { column_name: 'amount', threshold: 1 }, 1],
    ['sum_equals', { column_name: 'amount', value: 8.01 }, 1],
    [
      'sum_equals',
      { column_name: 'amount', compare_model: "ref('other')", compare_column: 'number' },
      1,
    ],
    ['row_count_change', { compare_model: "ref('other')", max_change: 0.5 }, 1],
    ['row_count_between', { max_value: 3 }, 1],
    ['number_of_rows', { threshold: 4 }, 1],
    ['equality', { compare_model: "ref('other')", compare_columns: ['latin'] }, 4],
    ['not_in_future', { column_name: 'date_add(utc_timestamp(), interval 1 day)' }, 4],
  ])('%s with %j finds what is wrong', async (name, values, expected) => {
    expect(await failures(name, values)).toBe(expected);
  });

  test.each(STATUS_CASES.map((each) => ({ ...each, label: JSON.stringify(each) })))(
    'a status follows from $label',
    async (each) => {
      const rows = `select 1 as n from (select 1 as x) as one where ${each.failures_found} > 0`;
      const compiled = compileTest(
        testNode('counted', {
          rawCode: rows,
          config: {
            severity: each.severity,
            warn_if: each.warn_if,
            error_if: each.error_if,
            fail_calc: `coalesce(max(n), 0) * ${each.failures_found}`,
          },
        }),
        contextOf(),
      );
      const row = await verdict(compiled.value);

      const decision = decideTestStatus(
        compiled.value,
        {
          failures: Number(row['failures']),
          shouldWarn: Number(row['should_warn']) === 1,
          shouldError: Number(row['should_error']) === 1,
        },
        { warnError: each.warn_error },
      );

      expect(decision).toEqual({
        status: each.status,
        message: each.message ?? '',
        failures: each.failures,
      });
    },
  );
});
