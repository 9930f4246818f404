import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';

export const ads = entityStream({
  name: 'ads',
  description: 'Ads of the ad account, archived and deleted ones too',
  edge: 'ads',
  archivedAs: 'ad',
  fields:
    'id,account_id,campaign_id,adset_id,name,status,effective_status,creative{id},tracking_specs,created_time,updated_time',
  columns: {
    id: bigint('id', 'Id of the ad'),
    account_id: bigint('account_id', 'Id of the ad account, without `act_`'),
    campaign_id: bigint('campaign_id', 'Campaign that it belongs to'),
    adset_id: bigint('adset_id', 'Ad set that it belongs to'),
    name: text('name', 'Name as of the last sync', { length: 512 }),
    status: text('status', 'What the advertiser set: `ACTIVE`, `PAUSED`, `ARCHIVED`, `DELETED`', {
      length: 64,
    }),
    effective_status: text('effective_status', 'What holds, all things considered', { length: 64 }),
    creative_id: bigint('creative.id', 'Creative that it shows'),
    tracking_specs: json('tracking_specs', 'Actions that are counted for it'),
    created_time: instant('created_time', 'When it was made, UTC'),
    updated_time: instant('updated_time', 'When it last changed, UTC'),
  },
});
