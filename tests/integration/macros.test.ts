import { beforeAll, describe, expect, test } from 'vitest';
import type { Capabilities } from '../../cli/manifest/capabilities.ts';
import { literal } from '../../cli/sql/literal.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { fixture } from '../support/fixture.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';
import { render } from '../support/template-environment.ts';

type Value = string | number | boolean | null;
type Given = Readonly<Record<string, Value | readonly Value[]>>;

interface Fixture {
  readonly scalar: readonly { fn: string; args: Given; expected: Value; length?: number }[];
  readonly row_sets: readonly { fn: string; args: Given; rows: readonly (readonly Value[])[] }[];
  readonly aggregates: readonly {
    args: Given;
    table: { rows: readonly (readonly Value[])[] };
    expected: Readonly<Record<string, string>>;
  }[];
  readonly set_operators: readonly {
    fn: string;
    left: number[];
    right: number[];
    expected: number[];
  }[];
}

const CASES = fixture<Fixture>('macros');

/** SQL of an argument of the fixture: a literal. */
function sql(given: Given, name: string): string {
  return literal(given[name] as Value);
}

/** An argument of the fixture as a template writes a text. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

const call = (name: string, given: Readonly<Record<string, string | number>>) =>
  `{{${name} ${Object.entries(given)
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'number' ? value : `'${value.replaceAll("'", "\\'")}'`}`,
    )
    .join(' ')}}}`;

/** How each function of the fixture is written in a template. */
const TEMPLATES: Readonly<Record<string, (given: Given) => string>> = {
  date_trunc: (given) =>
    call('date_trunc', { unit: given['part'] as string, date: sql(given, 'value') }),
  datediff: (given) =>
    call('datediff', {
      unit: given['part'] as string,
      start: sql(given, 'first'),
      end: sql(given, 'second'),
    }),
  dateadd: (given) =>
    call('dateadd', {
      unit: given['part'] as string,
      amount: given['n'] as number,
      date: sql(given, 'value'),
    }),
  last_day: (given) =>
    call('last_day', { date: sql(given, 'value'), unit: given['part'] as string }),
  split_part: (given) =>
    call('split_part', {
      text: sql(given, 'text'),
      delimiter: given['delimiter'] as string,
      part: given['n'] as number,
    }),
  position: (given) => call('position', { needle: sql(given, 'needle'), text: sql(given, 'text') }),
  right: (given) => `right(${sql(given, 'text')}, ${given['n'] as number})`,
  replace: (given) => `replace(${sql(given, 'text')}, ${sql(given, 'old')}, ${sql(given, 'new')})`,
  cast: (given) => call('cast', { value: sql(given, 'value'), type: given['type'] as string }),
  safe_cast: (given) =>
    call('safe_cast', { value: sql(given, 'value'), type: given['type'] as string }),
  length: (given) => `char_length(${sql(given, 'text')})`,
  hash: (given) => call('md5', { value: sql(given, 'value') }),
  concat: (given) =>
    `concat(${(given['values'] as string[]).map((value) => literal(value)).join(', ')})`,
  cast_bool_to_text: (given) => call('cast_bool_to_text', { value: sql(given, 'value') }),
  escape_single_quotes: (given) => `{{literal ${quoted(given['text'] as string)}}}`,
  string_literal: (given) => `{{literal ${quoted(given['text'] as string)}}}`,
  equals: (given) => call('equals', { left: sql(given, 'x'), right: sql(given, 'y') }),
  get_powers_of_two: (given) => call('powers_of_two', { upper: given['upper'] as number }),
  get_intervals_between: (given) =>
    call('datediff', {
      unit: given['part'] as string,
      start: sql(given, 'start'),
      end: sql(given, 'end'),
    }),
};

describe.each(servers)('macros on $name', (server) => {
  let database: TestDatabase;
  let capabilities: Capabilities;

  beforeAll(async () => {
    database = await server.database();
    await using warehouse = await connectTarget(database.target, { runId: 'test' });
    capabilities = warehouse.capabilities;
  });

  function rendered(template: string): string {
    const { text, diagnostics } = render(template, { capabilities });
    expect(diagnostics).toEqual([]);
    return text;
  }

  async function value(expression: string): Promise<unknown> {
    const [row] = await database.query(`select ${rendered(expression)} as result`);
    return row?.['result'];
  }

  /** Rows with whole numbers as numbers: drivers and servers differ in which they send as text. */
  async function rowsOf(query: string): Promise<Record<string, unknown>[]> {
    const rows = await database.query(rendered(query));
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, one]) => [name, wholeNumber(one)])),
    );
  }

  async function column(query: string, name: string): Promise<unknown[]> {
    return (await rowsOf(query)).map((row) => row[name]);
  }

  /** Strict errors exist only in statements that write. */
  async function written(expression: string): Promise<unknown> {
    await database.query('drop table if exists written');
    await database.query(`create table written as select ${rendered(expression)} as result`);
    const [row] = await database.query('select result from written');
    return row?.['result'];
  }

  test.each(CASES.scalar)('$fn $args is $expected', async ({ fn, args, expected, length }) => {
    const template = TEMPLATES[fn]?.(args) ?? '';

    const result = await value(template);

    expect(comparable(result, expected)).toBe(comparable(expected, expected));
    if (length !== undefined) expect(Number(await value(`char_length(${template})`))).toBe(length);
  });

  test.each(CASES.row_sets)('$fn $args gives its rows', async ({ fn, args, rows }) => {
    const template =
      fn === 'generate_series'
        ? call('generate_series', { upper: args['upper'] as number })
        : call('date_spine', {
            unit: args['part'] as string,
            start: args['start'] as string,
            end: args['end'] as string,
          });
    const name = fn === 'generate_series' ? 'generated_number' : 'date_day';

    const found = await column(`select * from (${template}) as spine order by 1`, name);

    expect(found).toEqual(rows.flat());
  });

  test.each(CASES.aggregates)(
    'listagg $args joins each group',
    async ({ args, table, expected }) => {
      const rows = table.rows
        .map((row) => `select ${row.map((one) => literal(one)).join(', ')}`)
        .join(' union all ');
      await database.query('drop table if exists listed');
      await database.query(
        'create table listed (group_col int, string_text varchar(10), order_col int)',
      );
      await database.query(`insert into listed ${rows}`);
      const listagg = call('listagg', args as Record<string, string>);

      const found = await rowsOf(
        `select group_col, ${listagg} as joined from listed group by group_col`,
      );

      const joined = Object.fromEntries(
        found.map((row) => [String(row['group_col']), row['joined']]),
      );
      expect(joined).toMatchObject(expected);
    },
  );

  test.each(CASES.set_operators)(
    '$fn of $left and $right is $expected',
    async ({ fn, left, right, expected }) => {
      const side = (values: number[]) =>
        values.length === 0
          ? 'select 1 as id where false'
          : values.map((id) => `select ${id} as id`).join(' union all ');

      const found = await column(
        `select * from (select * from (${side(left)}) l ${fn} select * from (${side(right)}) r) x order by id`,
        'id',
      );

      expect(found.map(Number)).toEqual(expected);
    },
  );

  test.each([
    ['integer', "'12'", 12],
    ['integer', "' -7 '", -7],
    ['integer', "'12a'", null],
    ['integer', "''", null],
    ['integer', 'null', null],
    ['decimal(10,2)', "'12.50'", '12.50'],
    ['decimal(10,2)', "'12,50'", null],
    ['decimal(4,2)', "'123.1'", null],
    ['date', "'2024-02-29'", '2024-02-29'],
    ['date', "'2023-02-29'", null],
    ['date', "'2023-13-01'", null],
    ['date', "'0000-00-00'", null],
    ['datetime', "'2024-01-05T10:20:30.5Z'", '2024-01-05 10:20:30.500000'],
    ['datetime', "'2024-01-05T10:20:30-03:00'", null],
    ['boolean', "'Yes'", 1],
    ['boolean', "'perhaps'", null],
    ['float', "'1e3'", 1000],
    ['float', "'abc'", null],
  ])('safe_cast to %s of %s is %s, in a query and in a table', async (type, text, expected) => {
    const template = call('safe_cast', { value: text, type });

    const [queried, stored] = [await value(template), await written(template)];

    expect(comparable(queried, expected)).toBe(expected);
    expect(comparable(stored, expected)).toBe(expected);
  });

  test.each([
    ['split_part', { text: "'a|b|c'", delimiter: '|', part: -1 }, 'c'],
    ['split_part', { text: "'a|b|c'", delimiter: '|', part: -3 }, 'a'],
    ['split_part', { text: "'a|b|c'", delimiter: '|', part: 4 }, ''],
    ['split_part', { text: "'a--b'", delimiter: '--', part: 2 }, 'b'],
    ['date_trunc', { unit: 'quarter', date: "'2024-12-31 23:59:59'" }, '2024-10-01'],
    ['date_trunc', { unit: 'week', date: "'2024-03-03'" }, '2024-02-26'],
    ['date_trunc', { unit: 'year', date: "'2024-03-03'" }, '2024-01-01'],
    ['date_trunc', { unit: 'hour', date: "'2024-03-03 10:11:12.9'" }, '2024-03-03 10:00:00'],
    ['last_day', { date: "'2024-02-03'", unit: 'quarter' }, '2024-03-31'],
    ['datediff', { unit: 'quarter', start: "'2023-12-31'", end: "'2024-01-01'" }, 1],
    ['datediff', { unit: 'week', start: "'2024-03-04'", end: "'2024-03-03'" }, -1],
    ['dateadd', { unit: 'month', amount: 1, date: "date'2024-01-31'" }, '2024-02-29'],
    ['safe_divide', { numerator: '1', denominator: '0' }, null],
    ['equals', { left: 'null', right: 'null' }, 1],
    ['any_value', { value: '5' }, 5],
    [
      'hash',
      { value: "'abc'" },
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ],
    ['md5', { value: "'ação 😀'" }, '83ae72460e243e097734b18eda5c476b'],
  ] as const)('%s of %o is %s', async (name, given, expected) => {
    const result = await value(call(name, given));

    expect(comparable(result, expected)).toBe(expected);
  });

  test('surrogate keys tell apart what plain concatenation confuses', async () => {
    const keys = await Promise.all(
      ["'a|b', 'c'", "'a', 'b|c'", "'a', null", "'a', '~'", "'a', ''", "null, 'a'"].map(
        async (columns) =>
          value(`{{surrogate_key columns=(list ${columns.split(', ').map(quoted).join(' ')})}}`),
      ),
    );

    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a date spine over thirty years is whole', async () => {
    const spine = call('date_spine', { unit: 'day', start: '2000-01-01', end: '2030-01-01' });

    const [row] = await rowsOf(
      `select count(*) as n, max(date_day) as last from (${spine}) as spine`,
    );

    expect(row).toEqual({ n: 10_958, last: '2029-12-31' });
  });

  test('a date spine takes SQL expressions', async () => {
    const spine = call('date_spine', {
      unit: 'hour',
      start: "'2024-01-01'",
      end: "'2024-01-01' + interval 1 day",
    });

    expect(await column(`select * from (${spine}) s order by 1 desc limit 1`, 'date_hour')).toEqual(
      ['2024-01-01 23:00:00'],
    );
  });

  test.each([
    'America/Sao_Paulo',
    'America/New_York',
    'Europe/Lisbon',
    'Asia/Kolkata',
    'Africa/Casablanca',
    'UTC',
  ])('local_time in %s agrees with the time-zone data of Node', async (zone) => {
    const start = Date.UTC(1999, 0, 1);
    const instants = Array.from({ length: 400 }, (_, index) => start + index * 26.3 * 86_400_000);
    const rows = instants
      .map((time) => `select timestamp'${utcText(time)}' as utc`)
      .join(' union all ');

    const found = await column(
      `select ${call('local_time', { utc: 'utc', timezone: zone })} as local from (${rows}) x`,
      'local',
    );

    expect(found.map((text) => String(text).slice(0, 19))).toEqual(
      instants.map((time) => localText(time, zone)),
    );
  });

  test('json macros read text, numbers, truth values and times', async () => {
    await database.query('drop table if exists documents');
    await database.query('create table documents (payload json)');
    const payload = {
      name: 'ação',
      long: 'x'.repeat(2000),
      none: null,
      price: 12.5,
      code: 'abc',
      yes: true,
      no: false,
      at: '2026-11-23T09:00:00.5Z',
    };
    await database.query(`insert into documents values (${literal(JSON.stringify(payload))})`);
    const read = (macro: string, key: string) =>
      `${call(macro, { column: 'payload', path: `$.${key}` })} as ${key}_`;
    const columns = [
      read('json_str', 'name'),
      read('json_str', 'long'),
      read('json_str', 'none'),
      read('json_num', 'price'),
      read('json_num', 'code'),
      read('json_bool', 'yes'),
      read('json_bool', 'no'),
      read('json_ts', 'at'),
    ];

    const [row] = await rowsOf(`select ${columns.join(', ')} from documents`);

    expect(row).toMatchObject({
      name_: 'ação',
      long_: payload.long,
      none_: null,
      code_: null,
      yes_: 1,
      no_: 0,
      at_: '2026-11-23 09:00:00.500000',
    });
    expect(Number(row?.['price_'])).toBe(12.5);
  });

  test('relations are pivoted, unpivoted, united, deduplicated and thinned', async () => {
    await database.query('drop table if exists sales');
    await database.query(
      "create table sales as select 1 as id, 'north' as region, 10 as amount, 1 as seen union all select 1, 'south', 5, 2 union all select 2, 'north', 7, 1",
    );

    const pivoted = await rowsOf(
      "select id, {{pivot column='region' values=(list 'north' 'south') then_value='amount'}} from sales group by id order by id",
    );
    const unpivoted = await rowsOf(
      "select * from ({{unpivot relation='sales' columns=(list 'amount' 'seen') keep=(list 'id')}}) x order by id, field_name, value",
    );
    const united = await rowsOf(
      "select * from ({{union_relations relations=(list 'sales' '(select 9 as id, 1 as extra) e') columns=(list (list 'id' 'region') (list 'id' 'extra'))}}) x order by id desc limit 1",
    );
    const latest = await rowsOf(
      "select * from ({{deduplicate relation='sales' columns=(list 'id' 'region') partition_by=(list 'id') order_by=(list 'seen desc')}}) x order by id",
    );
    const thinned = await rowsOf(
      "select {{star_except columns=(list 'id' 'region' 'amount') except=(list 'REGION') relation_alias='s' prefix='sale_'}} from sales s limit 1",
    );

    expect(pivoted.map((row) => [row['id'], Number(row['north']), Number(row['south'])])).toEqual([
      [1, 10, 5],
      [2, 7, 0],
    ]);
    expect(unpivoted).toHaveLength(6);
    expect(unpivoted[0]).toEqual({ id: 1, field_name: 'amount', value: 10 });
    expect(united).toEqual([{ id: 9, region: null, extra: 1 }]);
    expect(latest.map((row) => row['region'])).toEqual(['south', 'north']);
    expect(Object.keys(thinned[0] ?? {})).toEqual(['sale_id', 'sale_amount']);
  });
});

/** Server values as the fixture writes them: dates without midnight, numbers and truth values as such. */
function comparable(result: unknown, expected: unknown): unknown {
  if (typeof expected === 'boolean') return Boolean(Number(result));
  if (typeof expected === 'number' && result !== null) return Number(result);
  return result;
}

function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

function utcText(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function localText(time: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(Math.floor(time / 1000) * 1000);
}
