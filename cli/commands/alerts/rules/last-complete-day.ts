import { addDays, dayOf } from '../../../../connectors/runner/plan/calendar.ts';
import { diagnostic } from '../../../kernel/diagnostic.ts';
import { CortexError } from '../../../kernel/errors.ts';
import type { Project } from '../../../project/project.ts';
import { lookupVariable } from '../../../project/variables.ts';

/** The variable `as_of` where it is set, as the models read it; else the day before `now` in the client's zone. */
export function lastCompleteDay(
  { variables, name, client }: Pick<Project, 'variables' | 'name' | 'client'>,
  now: number,
): string {
  const asOf = lookupVariable(variables, name, 'as_of');
  if (asOf === undefined || asOf === null || asOf === '') {
    return addDays(dayOf(now, client.timezone), -1);
  }
  if (typeof asOf === 'string' && isDay(asOf)) return asOf;
  throw new CortexError([
    diagnostic('CX7601', 'the variable `as_of` must be a day such as `2026-11-25`'),
  ]);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
