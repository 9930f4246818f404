import type { Conversion, ConversionItem } from './conversion.ts';
import type { IssueCode } from './issue.ts';
import { amount, cents, purchaseCents } from './money.ts';
import type { ConversionSettings } from './settings.ts';

export interface Money {
  /** As JSON sends it. */
  readonly value: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** Value and currency of a purchase, or what is wrong with them. */
export function purchaseMoney(
  conversion: Conversion,
  settings: Pick<ConversionSettings, 'valueBasis'>,
): Money | IssueCode {
  return money(conversion.currency, purchaseCents(conversion, settings));
}

/** What is left of a purchase after refunds. */
export function netMoney({ currency, netTotal }: Conversion): Money | IssueCode {
  return money(currency, netTotal === undefined ? undefined : cents(netTotal));
}

function money(currency: string | undefined, hundredths: bigint | undefined): Money | IssueCode {
  if (currency === undefined || currency === '') return 'missing_currency';
  if (!/^[A-Z]{3}$/.test(currency)) return 'invalid_currency';
  return hundredths === undefined ? 'missing_value' : { value: amount(hundredths), currency };
}

/** The price of one item as JSON sends it. */
export function itemPrice({ unitPrice }: ConversionItem): number | undefined {
  const price = cents(unitPrice);
  return price === undefined ? undefined : amount(price);
}
