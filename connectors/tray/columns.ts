import type { Column } from '../sdk/columns.ts';
import type { ColumnOptions } from '../sdk/columns/column.ts';
import { localInstant } from '../sdk/columns/instants.ts';
import { bigint } from '../sdk/columns/numbers.ts';
import type { JsonRecord } from '../sdk/json.ts';
import type { SourceOrPath } from '../sdk/value-source.ts';
import { computed, valueAt } from '../sdk/value-source.ts';

/** Tray writes wall-clock times of Brasília without an offset; summer time ended there in 2019. */
const ZONE = 'America/Sao_Paulo';

export function brasiliaTime(source: SourceOrPath, description: string): Column {
  return localInstant(source, description, { zone: ZONE });
}

/** An instant in two fields: `date` is `2026-10-01`, `hour` is `23:58:01` or missing. */
export function dateAndHour(date: string, hour: string, description: string): Column {
  return brasiliaTime(
    computed((record: JsonRecord) => {
      const day = valueAt(record, date);
      const time = valueAt(record, hour);
      if (typeof day !== 'string' || day === '') return undefined;
      return `${day} ${typeof time === 'string' && time !== '' ? time : '00:00:00'}`;
    }),
    description,
  );
}

const NO_ID: ColumnOptions = { none: ['0', ''] };

/** An id that is `"0"` where there is nothing to point to. */
export function reference(source: SourceOrPath, description: string): Column {
  return bigint(source, description, NO_ID);
}
