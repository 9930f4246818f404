import type { ShopWorld } from '../shop/world-records.ts';

/** What Meta knows of the shop. */
export type MetaAdsWorld = Pick<ShopWorld, 'shop' | 'calendar' | 'advertising'>;
