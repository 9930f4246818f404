import type { CallEstimate } from '../sdk/definition.ts';

/** Orders that a shop of usual size takes in a day, for estimates. */
const USUAL_ORDERS_A_DAY = 100;
/** What the smallest plan gives back in a minute. */
const POINTS_A_MINUTE = 6000;
/** Shopify gives back what a page did not use of its cost at once: lists inside of records are rarely full. */
const USUALLY_USED = 0.3;

export interface UsualPages {
  /** Records that change in a day, for each order of that day. */
  readonly perOrder: number;
  readonly pageSize: number;
  /** Points of a page whose lists are all full. */
  readonly cost: number;
}

/** What pages of records take that change as orders come in: each call costs points, which refill steadily. */
export function pagesOfUsualShop({ perOrder, pageSize, cost }: UsualPages) {
  return (days: number): CallEstimate => ({
    calls: Math.ceil((days * USUAL_ORDERS_A_DAY * perOrder) / pageSize),
    volume: `${USUAL_ORDERS_A_DAY} orders a day`,
    perMinute: Math.floor(POINTS_A_MINUTE / (cost * USUALLY_USED)),
  });
}
