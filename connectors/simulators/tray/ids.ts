const FIRST_ORDER = 70_000;
const FIRST_ACCOUNT = 5000;

/** The order and the account that an id is of. */
export const orderIndex = (id: string) => Number(id) - FIRST_ORDER;
export const accountOf = (id: string) => Number(id) - FIRST_ACCOUNT;

/** Ids as large as the platform's own; each grows with the number that it is made of. */
export const orderId = (index: number) => String(FIRST_ORDER + index);
export const customerId = (account: number) => String(FIRST_ACCOUNT + account);
export const productId = (product: number) => String(8000 + product);
export const variantId = (variant: number) => String(44_000 + variant);
export const categoryId = (category: number) => String(30 + category);
export const couponId = (coupon: number) => String(coupon);
export const paymentId = (index: number) => String(160_000 + index);

/** Parts of a kit that may stand beside its line. */
const MOST_PARTS = 16;

/** A line, or a part of the kit of a line, counted from 1. */
export const lineId = (line: number, part = 0) => String(91_000 + line * MOST_PARTS + part);
