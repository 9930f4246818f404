import type { OrderShelf } from '../shop/world-records.ts';
import type { TrayLine } from './lines-json.ts';
import { linesOf } from './lines-json.ts';

/** The lines of all orders that were placed by an instant, by id. */
export function soldLines(orders: OrderShelf, now: number): readonly TrayLine[] {
  const lines: TrayLine[] = [];
  const count = orders.countBefore(now);
  for (let index = 0; index < count; index += 1) lines.push(...linesOf(orders.life(index)));
  return lines;
}
