import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { valueAt } from '../sdk/value-source.ts';

/** `ATACADO5/99.50`: a code, which may hold slashes itself, and the amount. */
const CODE_AND_AMOUNT = /^(.*)\/(-?[\d.]+)$/;

/** Code or amount of the coupon of an order: from the map `coupon` where Tray sends it, or from the text. */
export function couponPart(order: JsonRecord, part: 'code' | 'discount'): JsonValue | undefined {
  const told = valueAt(order, `Order.coupon.${part}`);
  if (told !== undefined && told !== null && told !== '') return told;
  const text = valueAt(order, 'Order.discount_coupon');
  if (typeof text !== 'string' || text === '') return undefined;
  const [, code, amount] = CODE_AND_AMOUNT.exec(text) ?? [undefined, text, undefined];
  return part === 'code' ? code : amount;
}
