import type { Column } from '../sdk/columns.ts';
import { shiftDecimal } from '../sdk/columns/decimal-text.ts';
import { decimal } from '../sdk/columns/numbers.ts';
import { computed, valueAt } from '../sdk/value-source.ts';

/** Currencies whose smallest unit is the currency itself, as Meta counts budgets and balances. */
const WHOLE = new Set([
  'CLP',
  'COP',
  'CRC',
  'HUF',
  'IDR',
  'ISK',
  'JPY',
  'KRW',
  'PYG',
  'TWD',
  'VND',
]);

/**
 * An amount that Meta sends in the smallest units of the currency, as digits: `25000` is 250.00 BRL and
 * 25000 CLP.
 */
export function minorUnits(path: string, currencyPath: string, description: string): Column {
  const amount = computed((record) => {
    const digits = valueAt(record, path);
    if (typeof digits !== 'string' || !/^-?\d+$/.test(digits)) return digits;
    const currency = valueAt(record, currencyPath);
    return typeof currency === 'string' && WHOLE.has(currency) ? digits : shiftDecimal(digits, 2);
  });
  return decimal(amount, description, { scale: 2 });
}
