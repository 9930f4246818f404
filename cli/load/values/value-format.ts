/** How numbers and dates are written in a file. ISO dates are always understood. */
export interface ValueFormat {
  /** One character: `.` or `,`. */
  readonly decimal: string;
  /** Characters that may stand between groups of three digits. */
  readonly thousands: string;
  /** `DD/MM/YYYY HH:mm:ss` or `%d/%m/%Y`; `undefined` where only ISO dates are meant. */
  readonly dateFormat: string | undefined;
  /** False when nobody said how numbers are written, so that `1,234` may be a misunderstanding. */
  readonly isSaid: boolean;
}

/** What a configuration may say; every part is optional. */
export interface FormatSettings {
  readonly locale?: string | undefined;
  readonly decimal?: string | undefined;
  readonly thousands?: string | undefined;
  readonly date_format?: string | undefined;
}

export const PLAIN_FORMAT: ValueFormat = {
  decimal: '.',
  thousands: ',',
  dateFormat: undefined,
  isSaid: false,
};

/** The more special settings over the more general ones: column, then file, then locale. Throws RangeError for an unknown locale. */
export function valueFormat(...settings: readonly (FormatSettings | undefined)[]): ValueFormat {
  const said: FormatSettings = Object.assign({}, ...settings.map(withoutUndefined));
  const base = said.locale === undefined ? PLAIN_FORMAT : localeFormat(said.locale);
  const decimal = said.decimal ?? base.decimal;
  return {
    decimal,
    thousands: said.thousands ?? thousandsFor(decimal, base),
    dateFormat: said.date_format ?? base.dateFormat,
    isSaid: base.isSaid || said.decimal !== undefined || said.thousands !== undefined,
  };
}

function withoutUndefined(settings: FormatSettings | undefined): FormatSettings {
  const entries = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function thousandsFor(decimal: string, base: ValueFormat): string {
  if (decimal === base.decimal) return base.thousands;
  return decimal === ',' ? '.' : ',';
}

/** `pt-BR`: decimal comma, points between thousands, `DD/MM/YYYY`. Throws RangeError for an unknown locale. */
function localeFormat(locale: string): ValueFormat {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(
    -1_234_567.8,
  );
  const part = (type: string) => parts.find((found) => found.type === type)?.value;
  const group = part('group') ?? '';
  return {
    decimal: part('decimal') ?? '.',
    thousands: /\s/.test(group) ? ' \u00a0\u202f' : group,
    dateFormat: localeDateFormat(locale),
    isSaid: true,
  };
}

const DATE_TOKENS: Readonly<Record<string, string>> = { year: 'YYYY', month: 'MM', day: 'DD' };

function localeDateFormat(locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .formatToParts(0)
    .map((found) => DATE_TOKENS[found.type] ?? found.value)
    .join('');
}
