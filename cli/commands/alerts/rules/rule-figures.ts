import type { Finding } from './evaluate-rules.ts';
import type { Verdict } from './judge-day.ts';

/** A finding for machines. Decimals are texts, so that no digit is lost; days are `2026-11-25`. */
export interface RuleFigures {
  readonly rule: string;
  readonly label: string;
  readonly model: string;
  readonly column: string;
  /** Value of the rule's `by`; null without one. */
  readonly dimension: string | null;
  readonly day: string;
  readonly verdict: Verdict;
  readonly value: string | null;
  readonly expected: string | null;
  /** Percent, two decimals. */
  readonly change_pct: string | null;
  readonly limit_pct: number;
  readonly direction: 'increase' | 'decrease' | 'both';
  readonly compare: 'same_weekday' | 'moving_window';
  /** What it was compared with, newest first. */
  readonly history: readonly { readonly day: string; readonly value: string }[];
  /** All days that were read, oldest first. */
  readonly series: readonly { readonly day: string; readonly value: string | null }[];
}

export function ruleFigures({ rule, dimension, day, judgement, series }: Finding): RuleFigures {
  const { verdict, value, expected, changePct, history } = judgement;
  return {
    rule: rule.name,
    label: rule.label,
    model: rule.model,
    column: rule.column,
    dimension: dimension ?? null,
    day,
    verdict,
    value: value?.toFixed() ?? null,
    expected: expected?.toFixed() ?? null,
    change_pct: changePct?.toFixed(2) ?? null,
    limit_pct: rule.changePct,
    direction: rule.direction,
    compare: rule.compare,
    history: history.map((past) => ({ day: past.day, value: past.value.toFixed() })),
    series: series.map((one) => ({ day: one.day, value: one.value?.toFixed() ?? null })),
  };
}
