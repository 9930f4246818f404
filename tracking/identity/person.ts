import { Temporal } from 'temporal-polyfill';
import { folded } from './text.ts';

const GENDERS: Readonly<Record<string, 'f' | 'm'>> = {
  f: 'f',
  feminino: 'f',
  female: 'f',
  m: 'm',
  masculino: 'm',
  male: 'm',
};

/** `f` or `m`, from English and Portuguese words. */
export function gender(text: string): string | undefined {
  const word = folded(text);
  return Object.hasOwn(GENDERS, word) ? GENDERS[word] : undefined;
}

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/;
const BRAZILIAN_DATE = /^(\d\d?)\/(\d\d?)\/(\d{4})$/;

/** A day of birth from `1990-03-02` or `02/03/1990` (2 March), or `undefined` for a day that never was. */
function birthDate(text: string): Temporal.PlainDate | undefined {
  const [, isoYear, isoMonth, isoDay] = ISO_DATE.exec(text) ?? [];
  const [, day, month, year] = BRAZILIAN_DATE.exec(text) ?? [];
  try {
    return Temporal.PlainDate.from(
      {
        year: Number(isoYear ?? year),
        month: Number(isoMonth ?? month),
        day: Number(isoDay ?? day),
      },
      { overflow: 'reject' },
    );
  } catch {
    return undefined;
  }
}

/** `19900302`. */
export function birthDigits(text: string): string | undefined {
  return birthDate(text)?.toString().replaceAll('-', '');
}
