/** Units of time that the date macros know, coarse to fine. Weeks begin on Monday. */
const DATE_UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
] as const;

export type DateUnit = (typeof DATE_UNITS)[number];

/** The unit that a macro was given; throws with the units there are. */
export function dateUnit(text: string, among: readonly DateUnit[] = DATE_UNITS): DateUnit {
  const wanted = text.toLowerCase();
  const found = among.find((unit) => unit === wanted);
  if (found === undefined) throw new Error(`\`${text}\` is no unit; use ${among.join(', ')}`);
  return found;
}

/** A date or time as the widest type, so that text, DATE and DATETIME are treated alike. */
export function moment(sql: string): string {
  return `cast(${sql} as datetime(6))`;
}

/** The start of the unit that a time lies in: DATE for a day and longer, DATETIME below. */
export function truncated(unit: DateUnit, sql: string): string {
  const day = `cast(${sql} as date)`;
  switch (unit) {
    case 'year':
      return `makedate(year(${day}), 1)`;
    case 'quarter':
      return `(makedate(year(${day}), 1) + interval quarter(${day}) - 1 quarter)`;
    case 'month':
      return `(${day} - interval dayofmonth(${day}) - 1 day)`;
    case 'week':
      return `(${day} - interval weekday(${day}) day)`;
    case 'day':
      return day;
    case 'hour':
      return `cast(date_format(${moment(sql)}, '%Y-%m-%d %H:00:00') as datetime)`;
    case 'minute':
      return `cast(date_format(${moment(sql)}, '%Y-%m-%d %H:%i:00') as datetime)`;
    case 'second':
      return `cast(date_format(${moment(sql)}, '%Y-%m-%d %H:%i:%s') as datetime)`;
    case 'millisecond':
      return `(${moment(sql)} - interval microsecond(${moment(sql)}) % 1000 microsecond)`;
    case 'microsecond':
      return moment(sql);
  }
}

/** A time moved by a number of units. MySQL has no interval of milliseconds. */
export function shifted(unit: DateUnit, amount: string, sql: string): string {
  if (unit === 'millisecond') return `(${sql} + interval (${amount}) * 1000 microsecond)`;
  return `(${sql} + interval (${amount}) ${unit})`;
}

/** A date written as `2023-09-01` or `2023-09-01 10:00:00` becomes a literal; anything else is SQL already. */
export function dateOrSql(text: string): string {
  return /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?$/.test(text)
    ? `'${text.replace('T', ' ')}'`
    : text;
}
