import type { Random } from '../random.ts';
import type { OrderLine } from './order-records.ts';
import type { ShopBase } from './shop-base.ts';

/** Most lines that an order has; line ids are counted by it. */
const MOST_LINES = 5;
const LINE_WEIGHTS = [56, 25, 12, 5, 2];
const QUANTITY_WEIGHTS = [86, 11, 3];

/** What is in a basket at an instant. `place` numbers baskets, so that line ids are unique. */
export function linesOf(base: ShopBase, place: number, at: number, random: Random): OrderLine[] {
  const count = random.weighted(LINE_WEIGHTS) + 1;
  const lines: OrderLine[] = [];
  for (let position = 0; position < count; position += 1) {
    const product = base.catalog.pick(random, at);
    const variant = random.pick(product.variants);
    const quantity = random.weighted(QUANTITY_WEIGHTS) + 1;
    if (lines.some((line) => line.variant.id === variant.id)) continue;
    const { name, price, listPrice, cost } = base.catalog.priceOf(variant, at);
    lines.push({
      id: place * MOST_LINES + position + 1,
      product,
      variant,
      name,
      quantity,
      unitPrice: price,
      listPrice,
      unitCost: cost,
      parts: product.parts,
      isGiftCard: product.kind === 'gift_card',
    });
  }
  return lines;
}

export function subtotalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}
