import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';
import { minorUnits } from './money.ts';

export const campaigns = entityStream({
  name: 'campaigns',
  description: 'Campaigns of the ad account, archived and deleted ones too',
  edge: 'campaigns',
  archivedAs: 'campaign',
  fields:
    'id,account_id,name,objective,buying_type,status,effective_status,bid_strategy,daily_budget,special_ad_categories,created_time,start_time,stop_time,updated_time',
  // Budgets come without their currency.
  complete: (record, { facts }) => ({ ...record, account_currency: facts.currency }),
  columns: {
    id: bigint('id', 'Id of the campaign, as in `utm_id` of well-tagged links'),
    account_id: bigint('account_id', 'Id of the ad account, without `act_`'),
    name: text('name', 'Name as of the last sync', { length: 512 }),
    objective: text('objective', 'What the campaign is for: `OUTCOME_SALES`, `OUTCOME_TRAFFIC`'),
    buying_type: text('buying_type', '`AUCTION` or `RESERVED`', { length: 64 }),
    status: text('status', 'What the advertiser set: `ACTIVE`, `PAUSED`, `ARCHIVED`, `DELETED`', {
      length: 64,
    }),
    effective_status: text('effective_status', 'What holds, all things considered', { length: 64 }),
    bid_strategy: text('bid_strategy', 'How Meta bids for it'),
    daily_budget: minorUnits(
      'daily_budget',
      'account_currency',
      'Budget for a day in the currency; NULL where the ad sets have their own',
    ),
    account_currency: text('account_currency', 'Currency of the budget, added by the connector', {
      length: 3,
    }),
    special_ad_categories: json('special_ad_categories', 'Categories with rules of their own'),
    created_time: instant('created_time', 'When it was made, UTC'),
    start_time: instant('start_time', 'When it began to deliver, UTC'),
    stop_time: instant('stop_time', 'When it stopped or will stop, UTC; NULL without an end'),
    updated_time: instant('updated_time', 'When it last changed, UTC'),
  },
});
