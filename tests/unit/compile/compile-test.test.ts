import { expect, test } from 'vitest';
import { compileTest } from '../../../cli/compile/compile-test.ts';
import { decideTestStatus } from '../../../cli/compile/test-status.ts';
import { storageOf } from '../../../cli/compile/test-settings.ts';
import type { NodeConfig } from '../../../cli/manifest/node-config.ts';
import { outcome } from '../../../cli/kernel/outcome.ts';
import { compileContext, sqlModel, testNode } from '../../support/compile-context.ts';
import { fixture } from '../../support/fixture.ts';
import { sqlMacro, templateEnvironment, withMacros } from '../../support/template-environment.ts';

const ORDERS = sqlModel('orders', '', { materialized: 'table' });

function compileOn(name: string, testArguments: Record<string, unknown>, config: NodeConfig = {}) {
  return compileTest(
    testNode(name, { tested: ORDERS, testArguments, config }),
    compileContext([ORDERS]),
  );
}

function messages(
  name: string,
  testArguments: Record<string, unknown>,
  config: NodeConfig = {},
): string[] {
  return compileOn(name, testArguments, config).diagnostics.map(
    ({ code, message, hint }) => `${code} ${message} (${hint})`,
  );
}

test('arguments that a test does not take are named with the nearest one', () => {
  expect(messages('accepted_range', { column_name: 'total', min_valu: 1 })).toEqual([
    'CX6004 data test `accepted_range` has no argument `min_valu` (did you mean `min_value`?)',
  ]);
  expect(messages('accepted_values', { column_name: 'status' })).toEqual([
    'CX6004 data test `accepted_values` needs its argument `values` (give `values`: a list of values)',
  ]);
  expect(messages('accepted_values', { column_name: 'status', values: 'paid' })).toEqual([
    'CX6004 argument `values` of data test `accepted_values` is not a list of values (give a list of values)',
  ]);
  expect(messages('relationships', { column_name: 'a', to: 'orders', field: 'id' })).toEqual([
    "CX6004 argument `to` of data test `relationships` is not ref('…') or source('…', '…') (give ref('…') or source('…', '…'))",
  ]);
  expect(messages('uniqe', {})).toEqual([
    'CX6003 no data test is named `uniqe` (did you mean `unique`?)',
  ]);
});

test('settings that cannot be are errors at the place of the test', () => {
  const values = { column_name: 'id' };

  expect(messages('unique', values, { severity: 'eror' })).toEqual([
    'CX6005 `severity: eror` is not a severity (did you mean `error`?)',
  ]);
  expect(messages('unique', values, { warn_if: '> 1 or sleep(9)' })[0]).toContain(
    '`warn_if: > 1 or sleep(9)`',
  );
  expect(messages('unique', values, { limit: -1 })[0]).toContain(
    '`limit: -1` is not a number of rows',
  );
  expect(compileOn('unique', values, { severity: 'x' }).diagnostics[0]?.labels[0]?.span).toEqual({
    file: 'models/shop.yml',
    start: 10,
    end: 20,
  });
});

test.each(
  fixture<{
    store: {
      store_failures: boolean | null;
      store_failures_as: 'table' | null;
      flag: boolean;
      result: string;
    }[];
  }>('data_tests').store,
)('failing rows are kept as dbt keeps them: $result', ({ flag, result, ...config }) => {
  let isInvalid = false;
  const kept = storageOf(config, flag, () => {
    isInvalid = true;
  });

  expect(
    isInvalid ? 'error: accepted values are ephemeral, table, view' : (kept ?? 'not stored'),
  ).toBe(result);
});

test('a null number of failures is an error of the test', () => {
  const verdict = { failures: null, shouldWarn: false, shouldError: false };

  expect(
    decideTestStatus({ severity: 'warn', warnIf: '!= 0', errorIf: '!= 0' }, verdict).status,
  ).toBe('error');
});

test('where wraps the tested relation, limit the failing rows', () => {
  const { sql, verdictSql } = compileOn(
    'not_null',
    { column_name: 'id' },
    { where: 'id > 3', limit: 5 },
  ).value;

  expect(sql.text).toMatchInlineSnapshot(`
    "select *
    from (
    select *
    from (select * from \`shop\`.\`orders\` where id > 3) as tested
    where coalesce(\`id\`) is null
    ) as failing_rows
    limit 5"
  `);
  expect(verdictSql.text).toContain('select count(*) as failures');
});

test('a unique number of a table is compared as it is, so that its index answers', () => {
  const context = compileContext([ORDERS], {
    columnsOf: () => [{ name: 'id', type: 'bigint(20)', isNullable: false, comment: '' }],
  });
  const node = testNode('unique', { tested: ORDERS, testArguments: { column_name: 'id' } });

  expect(compileTest(node, context).value.sql.text).toMatchInlineSnapshot(`
    "select min(\`id\`) as unique_field, count(*) as n_records
    from \`shop\`.\`orders\` as tested
    where \`id\` is not null
    group by \`id\`
    having count(*) > 1"
  `);
});

test('a macro of the project comes before the library and gets the filtered relation', () => {
  const macro = sqlMacro(
    'test_unique',
    'select * from {{model}} where {{column_name}} in (select id from {{to}})',
    [{ name: 'model' }, { name: 'column_name' }, { name: 'to' }],
  );
  const environment = templateEnvironment({ ...withMacros(macro), ref: () => outcome('') });
  const compiled = compileTest(
    testNode('unique', {
      tested: ORDERS,
      testArguments: { column_name: 'id', to: "ref('orders')" },
      config: { where: 'id > 1' },
    }),
    compileContext([ORDERS], { environment }),
  );

  expect(compiled.diagnostics).toEqual([]);
  expect(compiled.value.sql.text).toBe(
    'select * from (select * from `shop`.`orders` where id > 1) dbt_subquery where id in (select id from `shop`.`orders`)',
  );
});

/** Where the rows of a test come from while an incremental run brings some. */
function rowsOf(name: string, testArguments: Record<string, unknown>, config: NodeConfig = {}) {
  const changedRows = (id: string) =>
    id === ORDERS.id
      ? { batch: { database: 'shop', name: 'batch' }, written: '`is_gone` = 0' }
      : undefined;
  const { value } = compileTest(
    testNode(name, { tested: ORDERS, testArguments, config }),
    compileContext([ORDERS], { changedRows }),
  );
  const isOfBatch = value.sql.text.includes('`batch`');
  return isOfBatch ? (value.sql.text.includes('`orders`') ? 'both' : 'batch') : 'table';
}

test.each([
  ['not_null', { column_name: 'id' }, 'batch'],
  ['accepted_values', { column_name: 'status', values: ['now()', 'paid'] }, 'batch'],
  ['accepted_range', { column_name: 'total', min_value: 0 }, 'batch'],
  ['expression_is_true', { expression: 'total = net + tax' }, 'batch'],
  ['match_regex_pattern_list', { column_name: 'sku', patterns: ['^select'] }, 'batch'],
  ['valid_email', { column_name: 'email' }, 'batch'],
  ['unique', { column_name: 'id' }, 'both'],
  ['unique_combination_of_columns', { combination_of_columns: ['store', 'number'] }, 'both'],
  ['unique', { column_name: 'lower(email)' }, 'table'],
  ['accepted_range', { column_name: 'paid_at', max_value: 'now()' }, 'table'],
  ['accepted_values', { column_name: 'a', values: ['(select 1)'], quote: false }, 'table'],
  ['expression_is_true', { expression: 'id in (select id from other)' }, 'table'],
  ['sequential_values', { column_name: 'id' }, 'table'],
  ['at_least_one', { column_name: 'id' }, 'table'],
])('%s of %j looks at the %s', (name, testArguments, expected) => {
  expect(rowsOf(name, testArguments)).toBe(expected);
});

test('a condition on the rows of a test is kept where changed rows are looked at', () => {
  expect(rowsOf('not_null', { column_name: 'id' }, { where: 'is_valid = 1' })).toBe('batch');
  expect(rowsOf('not_null', { column_name: 'id' }, { where: 'day < curdate()' })).toBe('table');
});
