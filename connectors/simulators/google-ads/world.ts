import type { ShopWorld } from '../shop/world-records.ts';

/** What the platform shows of a shop. */
export type GoogleAdsWorld = Pick<ShopWorld, 'advertising' | 'shop'>;
