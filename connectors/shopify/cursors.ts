import type { Cursor } from '../sdk/definition.ts';

/**
 * What changed since: Shopify's search index lags by seconds to minutes, so windows end five minutes before
 * now and every run reads an hour again.
 */
export const CHANGES = {
  kind: 'instants',
  overlapHours: 1,
  lagMinutes: 5,
  windowDays: 30,
} as const satisfies Cursor;

/** The same for products, customers and collections, which are of use however long ago they changed. Shopify opened in 2006. */
export const CHANGES_OF_ALL_TIME = {
  ...CHANGES,
  firstDay: '2006-01-01',
} as const satisfies Cursor;

/** Connections that are searched by a first instant only: one window up to now. */
export const SINCE: Cursor = {
  kind: 'instants',
  overlapHours: 24,
  lagMinutes: 5,
  windowDays: 36_500,
};
