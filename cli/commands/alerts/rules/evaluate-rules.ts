import Big from 'big.js';
import { addDays } from '../../../../connectors/runner/plan/calendar.ts';
import type { Diagnostic } from '../../../kernel/diagnostic.ts';
import { diagnostic } from '../../../kernel/diagnostic.ts';
import { CortexError } from '../../../kernel/errors.ts';
import { didYouMean } from '../../../kernel/suggest.ts';
import type { CatalogColumn, CatalogSnapshot } from '../../../manifest/relation.ts';
import { relationKey } from '../../../manifest/relation.ts';
import type { MetricRule } from '../../../project/alert-rules/metric-rule.ts';
import { columnsOf } from '../../../project/alert-rules/metric-rule.ts';
import { readCatalog } from '../../../warehouse/catalog.ts';
import type { Database } from '../../../warehouse/database.ts';
import type { MetricRow } from '../../../warehouse/metric-series.ts';
import { readMetricSeries } from '../../../warehouse/metric-series.ts';
import type { DayValue, Judgement } from './judge-day.ts';
import { historyDays, judgeDay } from './judge-day.ts';

/** How a rule, or one value of its dimension, stands on a day. */
export interface Finding {
  readonly rule: MetricRule;
  /** Absent for a rule without `by`; `NULL` for rows that have none. */
  readonly dimension: string | undefined;
  readonly day: string;
  readonly judgement: Judgement;
  /** All days that were read, oldest first: what a chart shows. */
  readonly series: readonly DayValue[];
}

export interface Evaluation {
  readonly findings: readonly Finding[];
  /** Why rules could not be judged. */
  readonly problems: readonly Diagnostic[];
}

/** Days that a chart shows at least. */
const SHOWN_DAYS = 28;

/** Judges a day by every rule. A rule that cannot be judged is a problem, and holds up no other. */
export async function evaluateRules(
  database: Database,
  rules: readonly MetricRule[],
  { day, signal }: { readonly day: string; readonly signal: AbortSignal },
): Promise<Evaluation> {
  const relations = rules.map(({ relation }) => relation);
  const catalog = await readCatalog(
    database.control,
    [...new Set(relations.map((one) => one.database))],
    [...new Set(relations.map((one) => one.name))],
  );
  await using connection = await database.connect();
  const findings: Finding[] = [];
  const problems: Diagnostic[] = [];
  for (const rule of rules) {
    try {
      const dayColumn = checkedColumns(rule, catalog);
      const query = {
        ...rule,
        dayColumn,
        volumes: rule.minimum.map(([column]) => column),
        firstDay: firstDay(rule, day),
        lastDay: day,
      };
      const rows = await readMetricSeries(connection, query, { signal });
      findings.push(...judged(rule, day, rows));
    } catch (error) {
      if (!(error instanceof CortexError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  return { findings, problems };
}

function firstDay(rule: MetricRule, day: string): string {
  const oldest = historyDays(rule, day).at(-1) ?? day;
  const shown = addDays(day, -SHOWN_DAYS);
  return oldest < shown ? oldest : shown;
}

/** The column of the day. Throws CX7606 for a column that does not stand in the database. */
function checkedColumns(rule: MetricRule, catalog: CatalogSnapshot): CatalogColumn {
  const found = catalog.get(relationKey(rule.relation));
  if (found === undefined) {
    throw notJudged(rule, `\`${rule.model}\` is not built yet`, 'build it first');
  }
  const byName = new Map(found.columns.map((column) => [column.name.toLowerCase(), column]));
  for (const column of columnsOf(rule)) {
    if (byName.has(column.toLowerCase())) continue;
    const known = found.columns.map(({ name }) => name);
    const hint = didYouMean(column, known) ?? 'correct the rule, or build the model again';
    throw notJudged(rule, `\`${rule.model}\` has no column \`${column}\``, hint);
  }
  const day = byName.get(rule.dayColumn.toLowerCase());
  if (day === undefined) throw new Error('every column was found');
  return day;
}

function judged(rule: MetricRule, day: string, rows: readonly MetricRow[]): readonly Finding[] {
  const byDimension = new Map<string | undefined, Map<string, DayValue>>();
  // A rule without a dimension has a verdict even where nothing was found.
  if (rule.by === undefined) byDimension.set(undefined, new Map());
  for (const row of rows) {
    const dimension = rule.by === undefined ? undefined : (row.dimension ?? 'NULL');
    if (row.records > 1 && rule.aggregate === undefined) throw severalRows(rule, row);
    const series = byDimension.get(dimension) ?? new Map<string, DayValue>();
    byDimension.set(dimension, series.set(row.day, dayValue(rule, row)));
  }
  return [...byDimension].map(([dimension, series]) => ({
    rule,
    dimension,
    day,
    judgement: judgeDay(rule, day, series),
    series: [...series.values()],
  }));
}

function dayValue(rule: MetricRule, row: MetricRow): DayValue {
  const isEnough = rule.minimum.every(([column, least], index) => {
    const volume = row.volumes[index];
    return volume !== undefined && decimal(rule, column, volume).gte(least);
  });
  const value = row.value === undefined ? undefined : decimal(rule, rule.column, row.value);
  return { day: row.day, value, isEnough };
}

/** Throws CX7606 for what is not a number, and never repeats it. */
function decimal(rule: MetricRule, column: string, text: string): Big {
  try {
    return new Big(text);
  } catch {
    const what = `\`${column}\` of \`${rule.model}\` holds what is not a number`;
    throw notJudged(rule, what, 'choose a column of numbers');
  }
}

function severalRows(rule: MetricRule, { day, records }: MetricRow): CortexError {
  const what = `\`${rule.model}\` has ${records} rows for ${day}`;
  return notJudged(rule, what, 'give the rule `aggregate`, `by` or `where`');
}

function notJudged({ name }: MetricRule, what: string, hint: string): CortexError {
  return new CortexError([
    diagnostic('CX7606', `the rule \`${name}\` was not judged: ${what}`, { hint }),
  ]);
}
