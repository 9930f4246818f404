import { localInstant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';

const UTC = { zone: 'UTC' } as const;

export const campaigns = entityStream({
  name: 'campaigns',
  description: 'Campaigns of the advertiser, deleted ones too',
  kind: 'campaign',
  columns: {
    campaign_id: bigint('campaign_id', 'Id of the campaign, as `__CAMPAIGN_ID__` in links'),
    advertiser_id: bigint('advertiser_id', 'Advertiser that it belongs to'),
    campaign_name: text('campaign_name', 'Name as of the last sync', { length: 512 }),
    objective_type: text('objective_type', 'What the campaign is for: `WEB_CONVERSIONS`'),
    objective: text('objective', 'The same, by the older names'),
    campaign_type: text('campaign_type', '`REGULAR_CAMPAIGN` or `IOS14_CAMPAIGN`'),
    budget: decimal('budget', 'In the currency; 0 without a bound'),
    budget_mode: text('budget_mode', 'What the budget bounds: a day, everything, nothing'),
    operation_status: text('operation_status', '`ENABLE`, `DISABLE` or `DELETE`', { length: 64 }),
    secondary_status: text('secondary_status', 'What holds, all things considered'),
    is_smart_performance_campaign: flag('is_smart_performance_campaign', 'Runs as Smart+'),
    is_new_structure: flag('is_new_structure', 'Has the structure of today’s API'),
    budget_optimize_on: flag('budget_optimize_on', 'TikTok divides the budget among ad groups'),
    special_industries: json('special_industries', 'Industries with rules of their own'),
    create_time: localInstant('create_time', 'When it was made, UTC', UTC),
    modify_time: localInstant('modify_time', 'When it last changed, UTC', UTC),
  },
});
