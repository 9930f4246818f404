import { readFileSync } from 'node:fs';
import { platformFixtures } from './platform-fixture.ts';
import type { TestDatabase } from './server.ts';

/** What `_expected.json` of a recorded stream says. */
export interface ExpectedRows {
  readonly rows?: number;
  readonly parents?: number;
  readonly after_upsert_rows?: number;
  readonly child_rows?: Readonly<Record<string, number>>;
  readonly totals?: Readonly<Record<string, number>>;
  readonly totals_excluding_test?: Readonly<Record<string, number>>;
}

/** SQL of the table's columns for each name that a fixture calls a total by. */
export type TotalsSql = Readonly<Record<string, string>>;

export function expectedRows(platform: string, folder: string): ExpectedRows {
  const file = new URL(`${folder}/_expected.json`, platformFixtures(platform));
  return JSON.parse(readFileSync(file, 'utf8')) as ExpectedRows;
}

/** The parts of what is expected that tables can be compared with. */
export function whatIsExpected(expected: ExpectedRows) {
  const { rows, parents, after_upsert_rows, child_rows = {} } = expected;
  return {
    rows: rows ?? parents ?? after_upsert_rows,
    child_rows,
    totals: totalsOf(expected),
  };
}

export interface LandedQuestion {
  readonly table: string;
  readonly expected: ExpectedRows;
  readonly totals?: TotalsSql;
  /** Name of a child's table by its name in the fixture; `<table>_<name>` otherwise. */
  readonly childTable?: (name: string) => string;
}

/** The same of what stands in the tables. */
export async function landedRows(own: TestDatabase, question: LandedQuestion) {
  const { table, expected, totals = {}, childTable = (name) => `${table}_${name}` } = question;
  const names = Object.keys(totalsOf(expected));
  const sums = names.map((name) => `${totals[name] ?? 'null'} as ${name}`);
  const [row = {}] = await own.query(
    `select ${['count(*) as n', ...sums].join(', ')} from ${table}`,
  );
  const children = await Promise.all(
    Object.keys(expected.child_rows ?? {}).map(async (name) => {
      const [counted] = await own.query(`select count(*) as n from ${childTable(name)}`);
      return [name, Number(counted?.['n'])] as const;
    }),
  );
  return {
    rows: Number(row['n']),
    child_rows: Object.fromEntries(children),
    totals: Object.fromEntries(names.map((name) => [name, Number(row[name])])),
  };
}

function totalsOf({ totals, totals_excluding_test }: ExpectedRows) {
  return totals ?? totals_excluding_test ?? {};
}
