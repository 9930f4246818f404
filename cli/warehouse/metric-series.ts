import type { CatalogColumn, Relation } from '../manifest/relation.ts';
import { exactlyOneOf } from '../sql/exact-text.ts';
import { identifier, relationSql } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';
import type { Connection, RunOptions } from './database.ts';

/** What is read of a relation: one value a day, for each value of a dimension. */
export interface MetricQuery {
  readonly relation: Relation;
  readonly column: string;
  readonly dayColumn: CatalogColumn;
  readonly by: string | undefined;
  readonly where: readonly (readonly [
    column: string,
    values: readonly (string | number | boolean)[],
  ])[];
  readonly aggregate: 'sum' | 'avg' | 'min' | 'max' | undefined;
  /** Columns whose sum over the rows of the day is read beside the value. */
  readonly volumes: readonly string[];
  /** Days, both included: `2026-11-01`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface MetricRow {
  readonly day: string;
  /** Absent without `by`, and for NULL. */
  readonly dimension: string | undefined;
  /** As the server wrote it, so that no digit is lost; absent for NULL. */
  readonly value: string | undefined;
  readonly volumes: readonly (string | undefined)[];
  /** Rows that the day has. */
  readonly records: number;
}

/** Reads a metric day by day, oldest first. */
export async function readMetricSeries(
  connection: Connection,
  query: MetricQuery,
  options: RunOptions = {},
): Promise<readonly MetricRow[]> {
  const rows = await connection.query(metricSql(query), options);
  return rows.map((row) => ({
    day: String(row['day']),
    dimension: textOf(row['dimension']),
    value: textOf(row['value']),
    volumes: query.volumes.map((_, index) => textOf(row[`volume_${index}`])),
    records: Number(row['records']),
  }));
}

function metricSql(query: MetricQuery): string {
  const { relation, column, dayColumn, by, where, aggregate, volumes } = query;
  const day = identifier(dayColumn.name);
  const columns = [
    `cast(cast(${day} as date) as char) as day`,
    `${by === undefined ? 'null' : identifier(by)} as dimension`,
    `${aggregate ?? 'max'}(${identifier(column)}) as value`,
    ...volumes.map((name, index) => `sum(${identifier(name)}) as volume_${index}`),
    'count(*) as records',
  ];
  const conditions = [
    `${day} >= ${dayLiteral(dayColumn, query.firstDay, 0)}`,
    `${day} < ${dayLiteral(dayColumn, query.lastDay, 1)}`,
    ...where.map(([name, values]) =>
      exactlyOneOf(
        identifier(name),
        values.map((value) => literal(value)),
      ),
    ),
  ];
  return [
    `select ${columns.join(', ')}`,
    `from ${relationSql(relation)}`,
    `where ${conditions.join(' and ')}`,
    'group by 1, 2',
    'order by 1, 2',
  ].join('\n');
}

/** A day in the form of its column, so that an index is used: 20261123 for whole numbers, else a text. */
function dayLiteral({ type }: CatalogColumn, day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const text = new Date(Date.UTC(year, month - 1, date + later)).toISOString().slice(0, 10);
  return /int/.test(type) ? literal(Number(text.replaceAll('-', ''))) : literal(text);
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
