import type { TestNode } from '../../../cli/manifest/node.ts';
import type { Mutation } from './mutation.ts';

/** Arguments of a test, as far as mutations read them. */
type Settings = Readonly<Record<string, string | number | boolean | undefined>>;

interface TestedColumn {
  readonly table: string;
  readonly column: string;
  readonly settings: Settings;
  /** The least that a value of a column can change by: a cent, or one. */
  readonly step: (table: string, column: string) => string;
}

type Generator = (tested: TestedColumn) => readonly Mutation[];

/** Breaks one value of the column. */
function oneValue({ table, column }: TestedColumn, what: string, value: string): Mutation {
  return {
    what,
    sql: `update ${table} set ${column} = ${value} where ${column} is not null limit 1`,
  };
}

const doubledRow = ({ table }: TestedColumn): Mutation => ({
  what: 'a row is doubled',
  sql: `insert into ${table} select * from ${table} limit 1`,
});

const droppedRow = ({ table }: TestedColumn): Mutation => ({
  what: 'a row is dropped',
  sql: `delete from ${table} limit 1`,
});

/** What breaks the data under each kind of test: every mutation of a kind has to be noticed by each of its tests. */
const GENERATORS: Readonly<Record<string, Generator>> = {
  not_null: (tested) => [oneValue(tested, 'a value becomes NULL', 'null')],
  unique: ({ table, column }) => [
    {
      what: 'a row is doubled',
      sql: `insert into ${table} select * from ${table} where ${column} is not null limit 1`,
    },
  ],
  unique_combination_of_columns: (tested) => [doubledRow(tested)],
  accepted_values: (tested) => [oneValue(tested, 'a value is none of the list', "'9'")],
  relationships: (tested) => [oneValue(tested, 'a key becomes an orphan', "'-1'")],
  accepted_range: (tested) => [...belowTheRange(tested), ...aboveTheRange(tested)],
  sum_equals: sumMutations,
  equal_rowcount: (tested) => [droppedRow(tested), doubledRow(tested)],
  sequential_values: ({ table, column }) => [
    {
      what: 'the last day shifts by one',
      sql: `update ${table} set ${column} = ${column} + interval 1 day order by ${column} desc limit 1`,
    },
  ],
  not_in_future: (tested) => [oneValue(tested, 'a time lies in the future', "'2999-01-01'")],
  string_length_equal: (tested) => [
    oneValue(
      tested,
      'a text loses a character',
      `left(${tested.column}, char_length(${tested.column}) - 1)`,
    ),
  ],
};

function belowTheRange(tested: TestedColumn): readonly Mutation[] {
  const { min_value: least, inclusive = true } = tested.settings;
  if (least === undefined) return [];
  const [what, value] =
    inclusive === false
      ? ['a value is the bound itself', least]
      : ['a value is too small', `(${String(least)}) - 1`];
  return [oneValue(tested, what, String(value))];
}

function aboveTheRange(tested: TestedColumn): readonly Mutation[] {
  const { max_value: most } = tested.settings;
  return most === undefined
    ? []
    : [oneValue(tested, 'a value is too large', `(${String(most)}) + 1`)];
}

function sumMutations({ table, column, settings, step }: TestedColumn): readonly Mutation[] {
  const other = referredTo(settings['compare_model']);
  const otherColumn = String(settings['compare_column'] ?? column);
  const more = (relation: string, name: string): Mutation => ({
    what:
      step(relation, name) === '1'
        ? `one more in \`${relation}\``
        : `a cent more in \`${relation}\``,
    sql: `update ${relation} set ${name} = ${name} + ${step(relation, name)} where ${name} is not null limit 1`,
  });
  return [
    more(table, column),
    more(other, otherColumn),
    { what: 'a row is dropped', sql: `delete from ${table} where ${column} > 0 limit 1` },
    {
      what: 'a row is doubled',
      sql: `insert into ${table} select * from ${table} where ${column} > 0 limit 1`,
    },
  ];
}

/** The name in `ref('fct_orders')`. */
function referredTo(value: unknown): string {
  const name = /ref\(\s*['"](\w+)['"]\s*\)/.exec(String(value))?.[1];
  if (name === undefined) throw new Error(`no model is named in ${String(value)}`);
  return name;
}

/** The mutations of a test by its kind; `undefined` where the kind has none and one must be written. */
export function genericMutations(
  test: TestNode,
  step: TestedColumn['step'],
): readonly Mutation[] | undefined {
  const table = test.attachedNode?.split('.').at(-1) ?? '';
  // The built-in tests read their arguments by these types; lists are of no use here.
  const settings = (test.testArguments ?? {}) as Settings;
  const column = test.columnName ?? String(settings['column_name'] ?? '');
  return GENERATORS[test.testName ?? '']?.({
    table,
    column,
    settings,
    step,
  });
}
