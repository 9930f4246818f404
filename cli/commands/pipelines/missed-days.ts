import { addDays } from '../../../connectors/runner/plan/calendar.ts';

/** The days between the one of the last good run and today: a pipeline that never ended well has missed none. */
export function missedDays(lastGood: string | undefined, today: string): readonly string[] {
  const days: string[] = [];
  if (lastGood === undefined) return days;
  for (let day = addDays(lastGood, 1); day < today; day = addDays(day, 1)) days.push(day);
  return days;
}
