/** Ids of the simulated shop: far apart, so that one kind is never taken for another. */
const FIRST = {
  Order: 6_120_000_000_000,
  LineItem: 14_330_000_000_000,
  Customer: 7_310_000_000_000,
  Product: 98_880_000_000,
  ProductVariant: 46_001_000_000_000,
  InventoryItem: 54_600_000_000_000,
  InventoryLevel: 55_700_000_000_000,
  Collection: 29_400_000_000,
  Refund: 109_000_000_000,
  RefundLineItem: 81_200_000_000,
  OrderTransaction: 77_000_000_000,
  ShippingLine: 45_500_000_000,
  MailingAddress: 99_731_000_000,
  CustomerVisit: 1_200_000_000,
  AbandonedCheckout: 372_000_000_000,
  AbandonedCheckoutLineItem: 373_000_000_000,
  ProductOption: 112_200_000,
  BasicEvent: 900_000_000,
} as const;

export type Kind = keyof typeof FIRST;

/** The number of an object: `6120000000007` of the order 7. */
export function legacyId(kind: Kind, number: number): string {
  return String(FIRST[kind] + number);
}

/** `gid://shopify/Order/6120000000007`. */
export function globalId(kind: Kind, number: number): string {
  return `gid://shopify/${kind}/${legacyId(kind, number)}`;
}

/** The world's number of an id of either form; `undefined` for another kind's. */
export function numberOf(kind: Kind, id: string): number | undefined {
  const [, found, digits = ''] = /^gid:\/\/shopify\/(\w+)\/(\d+)/.exec(id) ?? [];
  return found === kind ? Number(digits) - FIRST[kind] : undefined;
}
