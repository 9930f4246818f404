import { localDateTime, localInstant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';

const UTC = { zone: 'UTC' } as const;

export const adgroups = entityStream({
  name: 'adgroups',
  description: 'Ad groups of the advertiser, deleted ones too',
  kind: 'adgroup',
  columns: {
    adgroup_id: bigint('adgroup_id', 'Id of the ad group'),
    advertiser_id: bigint('advertiser_id', 'Advertiser that it belongs to'),
    campaign_id: bigint('campaign_id', 'Campaign that it belongs to'),
    campaign_name: text('campaign_name', 'Name of the campaign as of the last sync', {
      length: 512,
    }),
    adgroup_name: text('adgroup_name', 'Name as of the last sync', { length: 512 }),
    operation_status: text('operation_status', '`ENABLE`, `DISABLE` or `DELETE`', { length: 64 }),
    secondary_status: text('secondary_status', 'What holds, all things considered'),
    placement_type: text('placement_type', 'Whether TikTok chooses where ads are shown'),
    placements: json('placements', 'Where ads are shown'),
    location_ids: json('location_ids', 'TikTok’s ids of the places whose people see it'),
    age_groups: json('age_groups', 'Age groups that see it'),
    gender: text('gender', 'Gender that sees it', { length: 64 }),
    languages: json('languages', 'Languages of the people who see it'),
    budget: decimal('budget', 'In the currency; 0 without a bound'),
    budget_mode: text('budget_mode', 'What the budget bounds: a day, everything, nothing'),
    billing_event: text('billing_event', 'What is paid for: `OCPM`, `CPC`', { length: 64 }),
    optimization_goal: text('optimization_goal', 'What delivery is optimised for'),
    optimization_event: text('optimization_event', 'Event of the pixel that counts as the goal'),
    bid_type: text('bid_type', 'How is bid', { length: 64 }),
    bid_price: decimal('bid_price', 'Bid in the currency; 0 where TikTok bids'),
    pixel_id: bigint('pixel_id', 'Pixel that counts its conversions'),
    schedule_type: text('schedule_type', 'Whether it has an end', { length: 64 }),
    schedule_start_time: localDateTime('schedule_start_time', 'Begin, as TikTok writes it'),
    schedule_end_time: localDateTime('schedule_end_time', 'End, as TikTok writes it'),
    click_attribution_window: text('click_attribution_window', 'Days after a click that count', {
      length: 64,
    }),
    view_attribution_window: text('view_attribution_window', 'Days after a view that count', {
      length: 64,
    }),
    create_time: localInstant('create_time', 'When it was made, UTC', UTC),
    modify_time: localInstant('modify_time', 'When it last changed, UTC', UTC),
  },
});
