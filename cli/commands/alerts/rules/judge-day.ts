import Big from 'big.js';
import { addDays } from '../../../../connectors/runner/plan/calendar.ts';
import type { MetricRule } from '../../../project/alert-rules/metric-rule.ts';

/** One value of a metric; `undefined` where it is NULL. */
export interface DayValue {
  /** `2026-11-25`. */
  readonly day: string;
  readonly value: Big | undefined;
  /** False where the volume of the day is below the rule's minimum. */
  readonly isEnough: boolean;
}

export type Verdict =
  | 'in_range'
  | 'out_of_range'
  /** The day has too little volume to be judged. */
  | 'below_minimum'
  /** The day has no row, or NULL. */
  | 'no_value'
  /** The history has fewer values than the rule asks for. */
  | 'no_history'
  /** A change of nothing has no percentage. */
  | 'expected_zero';

export interface Judgement {
  readonly verdict: Verdict;
  readonly value: Big | undefined;
  /** The median of the history. */
  readonly expected: Big | undefined;
  /** Percent, positive for more than expected; rounded to 20 digits, for people only. */
  readonly changePct: Big | undefined;
  /** What it was compared with, newest first. */
  readonly history: readonly { readonly day: string; readonly value: Big }[];
}

type Comparison = Pick<
  MetricRule,
  'compare' | 'periods' | 'minimumHistory' | 'direction' | 'changePct' | 'missing'
>;

/**
 * Compares the value of a day with the median of its history: the same weekday of the last `periods` weeks, or the
 * last `periods` days. Days that are missing, NULL or below the minimum count for nothing. Exact: values are decimals,
 * and the limit is compared without a division.
 */
export function judgeDay(
  rule: Comparison,
  day: string,
  series: ReadonlyMap<string, DayValue>,
): Judgement {
  const history = historyDays(rule, day).flatMap((past) => {
    const value = valueAt(rule, series, past);
    return value === undefined ? [] : [{ day: past, value }];
  });
  const today = series.get(day) ?? absent(rule, series, day);
  const value = today?.value;
  const hasHistory = history.length >= rule.minimumHistory;
  const expected = hasHistory ? median(history.map((past) => past.value)) : undefined;
  const facts = { value, expected, changePct: changeOf(value, expected), history };
  if (value === undefined) return { ...facts, verdict: 'no_value' };
  if (today?.isEnough === false) return { ...facts, verdict: 'below_minimum' };
  if (expected === undefined) return { ...facts, verdict: 'no_history' };
  if (expected.eq(0) && !value.eq(0)) return { ...facts, verdict: 'expected_zero' };
  return { ...facts, verdict: isOut(rule, value, expected) ? 'out_of_range' : 'in_range' };
}

/** The days that a day is compared with, newest first. */
export function historyDays(
  { compare, periods }: Pick<MetricRule, 'compare' | 'periods'>,
  day: string,
): readonly string[] {
  const step = compare === 'same_weekday' ? 7 : 1;
  return Array.from({ length: periods }, (_, index) => addDays(day, -step * (index + 1)));
}

/** The middle of the values; of an even number the mean of the two in the middle. */
export function median(values: readonly Big[]): Big | undefined {
  const sorted = values.toSorted((a, b) => a.cmp(b));
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) return undefined;
  return upper.plus(lower).times('0.5');
}

function valueAt(
  rule: Comparison,
  series: ReadonlyMap<string, DayValue>,
  day: string,
): Big | undefined {
  const found = series.get(day) ?? absent(rule, series, day);
  return found?.isEnough === true ? found.value : undefined;
}

/** A day without a row, after the first that has one: 0 where the rule says so. */
function absent(
  { missing }: Comparison,
  series: ReadonlyMap<string, DayValue>,
  day: string,
): DayValue | undefined {
  if (missing === 'skip') return undefined;
  const hasBegun = [...series.keys()].some((known) => known < day);
  return hasBegun ? { day, value: new Big(0), isEnough: true } : undefined;
}

function isOut({ direction, changePct }: Comparison, value: Big, expected: Big): boolean {
  const change = value.minus(expected);
  if (change.eq(0)) return false;
  const isWanted = direction === 'both' || change.gt(0) === (direction === 'increase');
  return isWanted && change.abs().times(100).gte(expected.abs().times(changePct));
}

function changeOf(value: Big | undefined, expected: Big | undefined): Big | undefined {
  if (value === undefined || expected === undefined) return undefined;
  if (expected.eq(0)) return value.eq(0) ? new Big(0) : undefined;
  return value.minus(expected).times(100).div(expected.abs());
}
