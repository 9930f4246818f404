import { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import { columnType } from '../../../cli/load/values/column-type.ts';
import type { Stream } from '../../sdk/definition.ts';
import { isTextType } from '../flatten/landed-columns.ts';

const UNITS = { day: 'days', month: 'months', year: 'years' } as const;
const LENGTH = /^([1-9]\d{0,4}) (day|month|year)s?$/;

/** How long the records of a stream are kept as they are: `{ after: 24 months, action: drop }`. */
export const retentionSchema = z.strictObject({
  after: z
    .string()
    .regex(LENGTH, { error: 'must be like `24 months`, `180 days` or `5 years`' })
    .describe('Age from which on it applies'),
  action: z
    .enum(['drop', 'delete'])
    .default('drop')
    .describe('`drop` takes the personal data out, `delete` the whole record with its lists'),
  by: z
    .string()
    .optional()
    .describe('Column with a date that tells the age; when the record last changed unless given'),
});

/** The rule of a stream, its column worked out. */
export interface Retention {
  readonly after: string;
  readonly action: 'drop' | 'delete';
  readonly by: string;
}

/** The rule with its column, or why it cannot be used. */
export function retentionOf(
  stream: Stream,
  { after, action, by }: z.output<typeof retentionSchema>,
): Retention | { readonly problem: string } {
  const column = by ?? ageColumn(stream);
  const known = stream.columns[column];
  if (known === undefined && column !== SYNCED) {
    return { problem: `\`${stream.name}\` has no column \`${column}\`` };
  }
  if (known !== undefined && !['date', 'datetime'].includes(columnType(known.type).kind)) {
    return { problem: `\`${column}\` is \`${known.type}\`, and tells no date` };
  }
  if (action === 'drop' && hasPersonalKey(stream)) {
    return { problem: `personal data is in the key of \`${stream.name}\`: it can only be deleted` };
  }
  return { after, action, by: column };
}

/** The first instant (ISO 8601, UTC) that is young enough: what is older than it is over. */
export function cutoff({ after }: Pick<Retention, 'after'>, now: number): string {
  const [, count = '', unit = 'day'] = LENGTH.exec(after) ?? [];
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('UTC')
    .subtract({ [UNITS[unit as keyof typeof UNITS]]: Number(count) })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
}

const SYNCED = '_synced_at';

/** What tells when a record last changed; reports tell their day. */
function ageColumn({ versionBy, columns, write }: Stream): string {
  const version = versionBy === undefined ? undefined : columns[versionBy];
  const isDated =
    version !== undefined && ['date', 'datetime'].includes(columnType(version.type).kind);
  if (versionBy !== undefined && isDated) return versionBy;
  return write.mode === 'replace_window' ? write.windowColumn : SYNCED;
}

/** A text of the key is hashed where it would be dropped: the record would become another one. */
function hasPersonalKey({ key, columns, pii = [] }: Stream): boolean {
  return key.some((name) => {
    const column = columns[name];
    if (column === undefined || !isTextType(column.type)) return false;
    const { from } = column;
    return from.of === 'value'
      ? pii.some(({ path }) => path === name)
      : pii.some(({ path }) => path === from.path);
  });
}
