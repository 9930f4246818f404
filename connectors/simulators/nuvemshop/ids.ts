import { bare } from '../json-text.ts';

/** Ids as large as the platform's own; each grows with the number that it is made of. */
export const orderId = (index: number) => 1_700_000_000 + index;
export const checkoutId = (index: number) => 1_800_000_000 + index;
export const customerId = (account: number) => 310_000_000 + account;
export const productId = (product: number) => 220_000_000 + product;
export const variantId = (variant: number) => 1_000_000_000 + variant;
export const categoryId = (category: number) => 29_000_000 + category;
export const couponId = (coupon: number) => 7_400_000 + coupon;
export const imageId = (product: number) => 650_000_000 + product;
export const addressId = (account: number) => 90_000_000 + account;

/** Beyond what a double holds, on purpose; a bare number in the JSON. */
export const lineId = (line: number) => bare(String(9_100_000_000_000_000n + BigInt(line)));
