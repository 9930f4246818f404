import { accountZone } from '../sdk/columns/account-zone.ts';
import type { Column } from '../sdk/columns.ts';
import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { ChildTable } from '../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { computed, isList, isRecord } from '../sdk/value-source.ts';

/** What is asked for; more fields make Meta refuse smaller windows. */
export const INSIGHT_FIELDS =
  'account_id,account_name,account_currency,campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,objective,optimization_goal,attribution_setting,impressions,reach,frequency,clicks,inline_link_clicks,spend,cpc,cpm,ctr,actions,action_values,date_start,date_stop';

/** Windows in which conversions are counted beside the ad set's own. */
export const ATTRIBUTION_WINDOWS = ['1d_click', '7d_click', '1d_view'] as const;

/**
 * Names under which Meta reports the same purchases, the widest first. They mirror each other: adding them
 * up counts a purchase up to five times.
 */
const PURCHASES = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'] as const;

const RATE = { scale: 6, rounds: true } as const;

export const insightColumns: Readonly<Record<string, Column>> = {
  account_id: bigint('account_id', 'Id of the ad account, without `act_`'),
  account_name: text('account_name', 'Name of the ad account as of the read'),
  account_currency: text('account_currency', 'ISO 4217 code of the amounts', { length: 3 }),
  date_start: date('date_start', 'Day of the account on which the ad was shown'),
  date_stop: date('date_stop', 'The same day: rows are daily'),
  time_zone: accountZone(),
  campaign_id: bigint('campaign_id', 'Campaign of the ad'),
  campaign_name: text('campaign_name', 'Name as of the read, not of the day', { length: 512 }),
  adset_id: bigint('adset_id', 'Ad set of the ad'),
  adset_name: text('adset_name', 'Name as of the read, not of the day', { length: 512 }),
  ad_id: bigint('ad_id', 'The ad'),
  ad_name: text('ad_name', 'Name as of the read, not of the day', { length: 512 }),
  objective: text('objective', 'Objective of the campaign'),
  optimization_goal: text('optimization_goal', 'What delivery is optimised for'),
  attribution_setting: text('attribution_setting', 'Windows that `value` of the actions follows'),
  impressions: bigint('impressions', 'How often it was shown'),
  reach: bigint('reach', 'People who saw it that day; cannot be added up over days or ads'),
  frequency: decimal('frequency', 'Impressions for each person; cannot be added up', RATE),
  clicks: bigint('clicks', 'All clicks, on links, likes and names'),
  inline_link_clicks: bigint('inline_link_clicks', 'Clicks on links; NULL when there were none'),
  spend: decimal('spend', 'Amount spent, in the account currency'),
  cpc: decimal('cpc', 'Cost of a click; NULL without clicks', RATE),
  cpm: decimal('cpm', 'Cost of a thousand impressions', RATE),
  ctr: decimal('ctr', 'Clicks for a hundred impressions', RATE),
  purchases: decimal(
    computed((record) => purchasesIn(record, 'actions')),
    'Purchases by the ad set’s attribution: of `omni_purchase`, else `purchase`, else the pixel',
    { rounds: true },
  ),
  purchase_value: decimal(
    computed((record) => purchasesIn(record, 'action_values')),
    'Value of those purchases, in the account currency',
    { rounds: true },
  ),
};

/** Tables for the actions of a row of a stream, whose key begins theirs. */
export function actionTables(stream: string, parentKey: readonly string[]): readonly ChildTable[] {
  return [
    {
      name: `${stream}_actions`,
      description: 'How often people did something after the ad, by kind of action',
      path: 'actions',
      parentKey,
      key: 'position',
      columns: actionColumns('Count'),
    },
    {
      name: `${stream}_action_values`,
      description: 'What the actions were worth, in the account currency, by kind of action',
      path: 'action_values',
      parentKey,
      key: 'position',
      columns: actionColumns('Value'),
    },
  ];
}

function actionColumns(what: string): Readonly<Record<string, Column>> {
  const amount = (path: string, when: string) => decimal(path, `${what} ${when}`, { rounds: true });
  return {
    action_type: text(
      'action_type',
      'Kind of action; several kinds mirror the same purchases, so choose one before adding up',
    ),
    value: amount('value', 'by the attribution setting of the ad set'),
    click_1d: amount('1d_click', 'within a day after a click; NULL when there was none'),
    click_7d: amount('7d_click', 'within seven days after a click; NULL when there was none'),
    view_1d: amount('1d_view', 'within a day after a view; NULL when there was none'),
  };
}

function purchasesIn(record: JsonRecord, list: 'actions' | 'action_values'): JsonValue | undefined {
  const actions = record[list];
  if (!isList(actions)) return undefined;
  const byType = new Map(actions.filter(isRecord).map((item) => [item['action_type'], item]));
  const found = PURCHASES.map((type) => byType.get(type)).find((item) => item !== undefined);
  return found?.['value'];
}
