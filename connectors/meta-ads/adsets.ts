import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';

export const adsets = entityStream({
  name: 'adsets',
  description: 'Ad sets of the ad account, archived and deleted ones too',
  edge: 'adsets',
  archivedAs: 'adset',
  fields:
    'id,account_id,campaign_id,name,status,effective_status,billing_event,optimization_goal,attribution_spec,promoted_object,targeting,created_time,start_time,updated_time',
  columns: {
    id: bigint('id', 'Id of the ad set'),
    account_id: bigint('account_id', 'Id of the ad account, without `act_`'),
    campaign_id: bigint('campaign_id', 'Campaign that it belongs to'),
    name: text('name', 'Name as of the last sync', { length: 512 }),
    status: text('status', 'What the advertiser set: `ACTIVE`, `PAUSED`, `ARCHIVED`, `DELETED`', {
      length: 64,
    }),
    effective_status: text('effective_status', 'What holds, all things considered', { length: 64 }),
    billing_event: text('billing_event', 'What is paid for: `IMPRESSIONS`', { length: 64 }),
    optimization_goal: text('optimization_goal', 'What delivery is optimised for', { length: 64 }),
    attribution_spec: json('attribution_spec', 'Attribution windows of its conversions'),
    promoted_object: json('promoted_object', 'What it promotes: pixel and event, page, catalogue'),
    targeting: json('targeting', 'Who is to see it'),
    created_time: instant('created_time', 'When it was made, UTC'),
    start_time: instant('start_time', 'When it began to deliver, UTC'),
    updated_time: instant('updated_time', 'When it last changed, UTC'),
  },
});
