import { describe, expect, test } from 'vitest';
import { CortexError } from '../../../cli/kernel/errors.ts';
import { schemaChange } from '../../../cli/materialize/incremental/schema-change.ts';
import { modelNode } from '../../support/model-node.ts';

const stored = (name: string, type: string) => ({ name, type, isNullable: true, comment: '' });
const given = (name: string, type: string) => ({ name, type });
const node = (mode?: 'ignore' | 'append_new_columns' | 'sync_all_columns' | 'fail') =>
  modelNode('fct_orders', mode === undefined ? {} : { config: { on_schema_change: mode } });

const TABLE = [
  stored('id', 'bigint(20)'),
  stored('f1', 'varchar(255)'),
  stored('f2', 'varchar(255)'),
];

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof CortexError) return error.diagnostics[0]?.code;
    throw error;
  }
  return undefined;
}

describe('a batch with the columns of the table', () => {
  test.each(['ignore', 'append_new_columns', 'sync_all_columns', 'fail'] as const)(
    'goes in as it is under %s',
    (mode) => {
      const query = [given('id', 'int'), given('f2', 'varchar(3)'), given('f1', 'char(1)')];

      expect(schemaChange(node(mode), TABLE, query)).toEqual({
        kind: 'none',
        columns: ['id', 'f2', 'f1'],
      });
    },
  );
});

test('ignore leaves a new column out', () => {
  const query = [
    given('id', 'bigint'),
    given('f1', 'varchar(9)'),
    given('f2', 'varchar(9)'),
    given('f3', 'int'),
  ];

  expect(schemaChange(node(), TABLE, query)).toEqual({ kind: 'none', columns: ['id', 'f1', 'f2'] });
});

test('ignore refuses a query that lost a column', () => {
  expect(
    codeOf(() => schemaChange(node(), TABLE, [given('id', 'int'), given('f1', 'varchar(9)')])),
  ).toBe('CX4023');
});

test('fail refuses a new column, a lost one and a wider type', () => {
  const same = [given('id', 'bigint'), given('f1', 'varchar(9)'), given('f2', 'varchar(9)')];

  expect(codeOf(() => schemaChange(node('fail'), TABLE, [...same, given('f3', 'int')]))).toBe(
    'CX4024',
  );
  expect(codeOf(() => schemaChange(node('fail'), TABLE, same.slice(0, 2)))).toBe('CX4024');
  expect(
    codeOf(() =>
      schemaChange(node('fail'), TABLE, [...same.slice(0, 2), given('f2', 'varchar(900)')]),
    ),
  ).toBe('CX4024');
});

test('append_new_columns keeps a lost column and adds the new one at the end', () => {
  const change = schemaChange(node('append_new_columns'), TABLE, [
    given('f3', 'int'),
    given('id', 'bigint'),
  ]);

  expect(change).toMatchObject({
    kind: 'reshape',
    columns: [{ name: 'id' }, { name: 'f1' }, { name: 'f2' }, { name: 'f3', type: 'int' }],
    kept: ['id', 'f1', 'f2'],
  });
});

test('sync_all_columns takes the columns of the query', () => {
  const change = schemaChange(node('sync_all_columns'), TABLE, [
    given('id', 'bigint'),
    given('f1', 'varchar(5)'),
    given('f3', 'varchar(5)'),
  ]);

  expect(change).toMatchObject({
    kind: 'reshape',
    columns: [{ name: 'id' }, { name: 'f1' }, { name: 'f3' }],
    kept: ['id', 'f1'],
  });
});

test('sync_all_columns widens a type', () => {
  const change = schemaChange(node('sync_all_columns'), TABLE, [
    given('id', 'bigint'),
    given('f1', 'varchar(600)'),
    given('f2', 'varchar(5)'),
  ]);

  expect(change).toMatchObject({
    kind: 'reshape',
    columns: [{ name: 'id' }, { type: 'varchar(600)' }, { name: 'f2' }],
  });
});
