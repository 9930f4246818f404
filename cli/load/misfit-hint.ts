import { columnType } from './values/column-type.ts';

/** What would most likely mend a value that does not fit its column. */
export function misfitHint(value: string, sqlType: string): string | undefined {
  const type = columnType(sqlType);
  switch (type.kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      if (/^-?\d+,\d+$/.test(value)) return "set `decimal: ','` or a `locale` for the column";
      return /^[-+]?\d/.test(value) ? 'declare a wider type, or correct the value' : undefined;
    case 'date':
    case 'datetime':
      if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(value)) {
        return 'set `date_format`, for example `DD/MM/YYYY`';
      }
      return /\.\d+/.test(value) ? 'declare `datetime(6)` to keep fractions of seconds' : undefined;
    case 'time':
      return /\.\d+/.test(value) ? 'declare `time(6)` to keep fractions of seconds' : undefined;
    case 'text':
      return 'declare a longer type, such as `varchar(500)` or `longtext`';
    case 'json':
    case 'other':
      return undefined;
  }
}
