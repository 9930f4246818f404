/** The five fields of a schedule, with names of months and weekdays as numbers. */
export interface CronFields {
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly month: string;
  readonly weekday: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Fields of numbers, lists, ranges and steps; `undefined` for what is written with `L`, `W`, `#` or `?`. */
export function cronFields(schedule: string): CronFields | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule
    .trim()
    .toLowerCase()
    .split(/\s+/);
  const fields = {
    minute,
    hour,
    day,
    month: numbered(month, MONTHS, 1),
    weekday: numbered(weekday, DAYS, 0),
  };
  const isPlain = Object.values(fields).every((field) => /^[\d*,/-]+$/.test(field));
  return isPlain ? fields : undefined;
}

function numbered(field: string, names: readonly string[], first: number): string {
  return field.replaceAll(/[a-z]{3}/g, (word) =>
    names.includes(word) ? String(names.indexOf(word) + first) : word,
  );
}

/** The numbers that a field of weekdays names, Sunday as 0. */
export function weekdaysOf(field: string): readonly number[] {
  const days = field.split(',').flatMap((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to = range.includes('/') || step !== '1' ? '6' : from] = range.split('-');
    const [low, high] = range === '*' ? [0, 6] : [Number(from), Number(to)];
    const count = Math.floor((high - low) / Number(step)) + 1;
    return Array.from({ length: count }, (_, index) => (low + index * Number(step)) % 7);
  });
  return [...new Set(days)].toSorted((one, other) => one - other);
}
