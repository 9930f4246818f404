import { cronFields, weekdaysOf } from './cron-fields.ts';

const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * A cron schedule as `OnCalendar=` expressions of systemd.time(7) in a zone; `undefined` where systemd has no words
 * for it. Cron joins a day and a weekday with "or", systemd with "and": such a schedule becomes two expressions.
 */
export function systemdCalendar(schedule: string, timeZone: string): readonly string[] | undefined {
  const fields = cronFields(schedule);
  if (fields === undefined) return undefined;
  const { minute, hour, day, month, weekday } = fields;
  const time = `${part(hour, 0)}:${part(minute, 0)}:00 ${timeZone}`;
  const names = weekdaysOf(weekday)
    .map((number) => NAMES[number])
    .join(',');
  const byDay = `*-${part(month, 1)}-${part(day, 1)} ${time}`;
  const byWeekday = `${names} *-${part(month, 1)}-* ${time}`;
  if (weekday === '*') return [byDay];
  return day === '*' ? [byWeekday] : [byDay, byWeekday];
}

function part(field: string, first: number): string {
  return field
    .replaceAll('*/', `${first}/`)
    .replaceAll('-', '..')
    .replaceAll(/\b\d\b/g, (digit, at: number, whole: string) =>
      whole[at - 1] === '/' ? digit : digit.padStart(2, '0'),
    );
}
