/**
 * The number that buyers see, which the site also sends to Analytics as the transaction. It starts at 100, as at
 * Nuvemshop, where the shop that Analytics watches stands.
 */
export function orderNumber(index: number): number {
  return 100 + index;
}
