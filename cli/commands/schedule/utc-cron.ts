import { cronFields, weekdaysOf } from './cron-fields.ts';

const DAY_MINUTES = 1440;

/**
 * A cron schedule in UTC for a scheduler that knows no zones, by the offset of the zone (minutes east of UTC).
 * `undefined` where the shift cannot be written: a list of times, or a day of the month, that crosses midnight.
 */
export function utcCron(schedule: string, offsetMinutes: number): string | undefined {
  if (offsetMinutes === 0) return schedule;
  const fields = cronFields(schedule);
  if (fields === undefined) return undefined;
  const { minute, hour, day, month, weekday } = fields;
  const everyHour = hour === '*' && day === '*' && month === '*' && weekday === '*';
  if (everyHour && offsetMinutes % 60 === 0) return schedule;
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return undefined;
  const total = Number(hour) * 60 + Number(minute) - offsetMinutes;
  const days = Math.floor(total / DAY_MINUTES);
  if (days !== 0 && (day !== '*' || month !== '*')) return undefined;
  const left = total - days * DAY_MINUTES;
  const shifted =
    weekday === '*' || days === 0
      ? weekday
      : weekdaysOf(weekday)
          .map((number) => (number + days + 7) % 7)
          .join(',');
  return [left % 60, Math.floor(left / 60), day, month, shifted].join(' ');
}

/** Minutes that a zone is east of UTC at a moment. */
export function zoneOffset(timeZone: string, instant: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
