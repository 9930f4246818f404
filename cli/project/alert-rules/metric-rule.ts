import type { Relation } from '../../manifest/relation.ts';
import type { WrittenRule } from './rule-schema.ts';

/** A rule of `alerts.rules` that is linked to its model, every option filled in. */
export interface MetricRule {
  readonly name: string;
  /** What messages call it. */
  readonly label: string;
  readonly model: string;
  readonly relation: Relation;
  readonly column: string;
  readonly changePct: number;
  readonly direction: WrittenRule['direction'];
  readonly compare: WrittenRule['compare'];
  /** Weeks of `same_weekday`, days of `moving_window`. */
  readonly periods: number;
  readonly minimumHistory: number;
  readonly dayColumn: string;
  readonly by: string | undefined;
  readonly where: readonly (readonly [
    column: string,
    values: readonly (string | number | boolean)[],
  ])[];
  readonly aggregate: WrittenRule['aggregate'];
  readonly minimum: readonly (readonly [column: string, least: number])[];
  readonly missing: WrittenRule['missing'];
}

const PERIODS = { same_weekday: 4, moving_window: 28 } as const;

/** Fills in what a rule does not say. */
export function metricRule(name: string, written: WrittenRule, relation: Relation): MetricRule {
  const { where, minimum, periods = PERIODS[written.compare] } = written;
  return {
    name,
    label: written.label ?? name,
    model: written.model,
    relation,
    column: written.column,
    changePct: written.change_pct,
    direction: written.direction,
    compare: written.compare,
    periods,
    minimumHistory: written.minimum_history ?? Math.ceil(periods / 2),
    dayColumn: written.day,
    by: written.by,
    where: Object.entries(where).map(([column, values]) => [column, [values].flat()]),
    aggregate: written.aggregate,
    minimum: Object.entries(minimum),
    missing: written.missing,
  };
}

/** Every column that a rule names, each once. */
export function columnsOf(rule: MetricRule): readonly string[] {
  const { column, dayColumn, by, where, minimum } = rule;
  const others = [...where, ...minimum].map(([name]) => name);
  return [...new Set([column, dayColumn, ...(by === undefined ? [] : [by]), ...others])];
}
