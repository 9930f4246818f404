import { decimal } from '../shop/money.ts';
import { orderNumber } from '../shop/order-number.ts';
import type { Ga4World } from './world.ts';

/** A row by the names of GA4's dimensions and metrics. */
export type ReportRow = Readonly<Record<string, string>>;

type Reader = (world: Ga4World, date: string, now: number) => readonly ReportRow[];

/** Reports by what is asked for beside the date; the first whose fields hold everything answers. */
const READERS: readonly { readonly fields: readonly string[]; readonly read: Reader }[] = [
  {
    fields: [
      'sessionSource',
      'sessionMedium',
      'sessionCampaignName',
      'sessionDefaultChannelGroup',
      'sessions',
      'totalUsers',
      'newUsers',
      'engagedSessions',
      'eventCount',
      'userEngagementDuration',
      'ecommercePurchases',
      'purchaseRevenue',
    ],
    read: ({ analytics }, date, now) =>
      analytics.traffic(date, now).map((row) => ({
        ...sourceOf(row),
        sessionDefaultChannelGroup: row.channelGroup,
        sessions: String(row.sessions),
        totalUsers: String(row.users),
        newUsers: String(row.newUsers),
        engagedSessions: String(row.engagedSessions),
        eventCount: String(row.events),
        userEngagementDuration: String(row.engagementSeconds),
        ecommercePurchases: String(row.purchases),
        purchaseRevenue: decimal(row.revenue),
      })),
  },
  {
    fields: [
      'transactionId',
      'sessionSource',
      'sessionMedium',
      'sessionCampaignName',
      'ecommercePurchases',
      'purchaseRevenue',
    ],
    read: ({ analytics }, date, now) =>
      analytics.transactions(date, now).map((row) => ({
        transactionId: String(orderNumber(row.orderIndex)),
        ...sourceOf(row),
        ecommercePurchases: String(row.purchases),
        purchaseRevenue: decimal(row.revenue),
      })),
  },
  {
    fields: [
      'itemId',
      'itemName',
      'itemsViewed',
      'itemsAddedToCart',
      'itemsPurchased',
      'itemRevenue',
    ],
    read: ({ analytics }, date, now) =>
      analytics.items(date, now).map((row) => ({
        itemId: String(row.productId),
        itemName: row.name,
        itemsViewed: String(row.viewed),
        itemsAddedToCart: String(row.addedToCart),
        itemsPurchased: String(row.purchased),
        itemRevenue: decimal(row.revenue),
      })),
  },
  {
    fields: ['eventName', 'eventCount', 'totalUsers'],
    read: ({ analytics }, date, now) =>
      analytics.events(date, now).map((row) => ({
        eventName: row.name,
        eventCount: String(row.count),
        totalUsers: String(row.users),
      })),
  },
  {
    fields: [
      'landingPagePlusQueryString',
      'sessions',
      'totalUsers',
      'ecommercePurchases',
      'purchaseRevenue',
    ],
    read: ({ analytics }, date, now) =>
      analytics.landingPages(date, now).map((row) => ({
        landingPagePlusQueryString: row.page,
        sessions: String(row.sessions),
        totalUsers: String(row.users),
        ecommercePurchases: String(row.purchases),
        purchaseRevenue: decimal(row.revenue),
      })),
  },
];

interface SourceRow {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
}

function sourceOf({ source, medium, campaign }: SourceRow) {
  return { sessionSource: source, sessionMedium: medium, sessionCampaignName: campaign };
}

/** Rows of a day with all fields, the date included; `undefined` where the fields do not go together. */
export function dayRows(
  fields: readonly string[],
  { world, date, now }: { readonly world: Ga4World; readonly date: string; readonly now: number },
): readonly ReportRow[] | undefined {
  const asked = fields.filter((field) => field !== 'date');
  const reader = READERS.find(({ fields: known }) => asked.every((field) => known.includes(field)));
  const day = date.replaceAll('-', '');
  return reader?.read(world, date, now).map((row) => ({ date: day, ...row }));
}
