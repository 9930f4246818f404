import { decimalText } from '../../connectors/sdk/columns/decimal-text.ts';
import type { Conversion, ConversionItem } from './conversion.ts';
import type { ConversionSettings } from './settings.ts';

/** Hundredths of a decimal text, rounded half away from zero; `undefined` for what is no number. */
export function cents(text: string): bigint | undefined {
  const plain = decimalText(text);
  return plain === undefined ? undefined : rounded(digitsOf(plain), 2);
}

/** Hundredths as the number that JSON sends: 44970 is 449.7. */
export function amount(hundredths: bigint): number {
  return Number(centsText(hundredths));
}

/** `449.70`. */
export function centsText(hundredths: bigint): string {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The value of a purchase in hundredths, on the basis that the project chose. */
export function purchaseCents(
  { total, items }: Conversion,
  { valueBasis }: Pick<ConversionSettings, 'valueBasis'>,
): bigint | undefined {
  if (valueBasis === 'items') return items.length === 0 ? undefined : itemCents(items);
  return total === undefined ? undefined : cents(total);
}

/** Sum of price times quantity, without rounding in between. */
function itemCents(items: readonly ConversionItem[]): bigint | undefined {
  let sum: Decimal = { digits: 0n, places: 0 };
  for (const { unitPrice, quantity } of items) {
    const price = decimalText(unitPrice);
    const count = decimalText(quantity);
    if (price === undefined || count === undefined) return undefined;
    sum = plus(sum, times(digitsOf(price), digitsOf(count)));
  }
  return rounded(sum, 2);
}

/** `digits` divided by ten to the power of `places`. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function digitsOf(plain: string): Decimal {
  const point = plain.indexOf('.');
  if (point < 0) return { digits: BigInt(plain), places: 0 };
  return {
    digits: BigInt(plain.slice(0, point) + plain.slice(point + 1)),
    places: plain.length - point - 1,
  };
}

function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, places: a.places + b.places };
}

function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  const scaled = ({ digits, places: own }: Decimal) => digits * 10n ** BigInt(places - own);
  return { digits: scaled(a) + scaled(b), places };
}

function rounded({ digits, places }: Decimal, wanted: number): bigint {
  if (places === wanted) return digits;
  if (places <= wanted) return digits * 10n ** BigInt(wanted - places);
  const unit = 10n ** BigInt(places - wanted);
  const half = digits < 0n ? -unit / 2n : unit / 2n;
  return (digits + half) / unit;
}
