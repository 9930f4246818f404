import type { ShopWorld } from '../shop/world-records.ts';

/** What the platform shows of a shop. */
export type Ga4World = Pick<ShopWorld, 'analytics' | 'shop' | 'calendar' | 'orders'>;

/** The property of the generated shop. */
export const PROPERTY_ID = '398172645';
