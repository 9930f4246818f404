import type { ShopWorld } from '../shop/world-records.ts';

/** What TikTok knows of the shop. */
export type TiktokAdsWorld = Pick<ShopWorld, 'shop' | 'calendar' | 'advertising'>;
