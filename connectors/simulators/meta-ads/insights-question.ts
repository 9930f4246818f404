import type { SimulatorResponse } from '../simulator.ts';
import { badParameter } from './answers.ts';

/** What rows are asked for. */
export interface InsightsQuestion {
  readonly since: string;
  readonly until: string;
  readonly fields: ReadonlySet<string>;
  readonly breakdowns: readonly string[];
  readonly windows: readonly string[];
}

const BREAKDOWNS = new Set(['age,gender', 'country', 'publisher_platform', '']);
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Reads the parameters of insights from a query or a form, as strictly as Meta does. */
export function readQuestion(parameters: URLSearchParams): InsightsQuestion | SimulatorResponse {
  if (parameters.get('level') !== 'ad') return badParameter('param level must be one of {ad}');
  if (parameters.get('time_increment') !== '1')
    return badParameter('param time_increment must be 1');
  const range = jsonOf(parameters.get('time_range'));
  const { since, until } = (range ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof since !== 'string' || typeof until !== 'string') {
    return badParameter('param time_range must be a valid range');
  }
  if (!DATE.test(since) || !DATE.test(until) || since > until) {
    return badParameter('param time_range must be a valid range');
  }
  const breakdowns = listOf(parameters.get('breakdowns'));
  if (!BREAKDOWNS.has(breakdowns.join(',')))
    return badParameter('Current combination of data breakdown columns is invalid');
  return {
    since,
    until,
    fields: new Set(parameters.get('fields')?.split(',')),
    breakdowns,
    windows: listOf(parameters.get('action_attribution_windows')),
  };
}

function listOf(text: string | null): readonly string[] {
  const value = jsonOf(text);
  return Array.isArray(value) ? value.map(String) : [];
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
