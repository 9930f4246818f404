import type { Column } from '../sdk/columns.ts';
import { decimal } from '../sdk/columns/numbers.ts';

/** An amount of a MoneyBag in the shop's currency, which is the one to model on. */
export function shopMoney(path: string, description: string): Column {
  return decimal(`${path}.shopMoney.amount`, `${description}, in the shop’s currency`);
}
