import { localInstant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, flag } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';

const UTC = { zone: 'UTC' } as const;

export const ads = entityStream({
  name: 'ads',
  description: 'Ads of the advertiser, deleted ones too',
  kind: 'ad',
  columns: {
    ad_id: bigint('ad_id', 'Id of the ad, as `__CID__` in links'),
    advertiser_id: bigint('advertiser_id', 'Advertiser that it belongs to'),
    campaign_id: bigint('campaign_id', 'Campaign that it belongs to'),
    campaign_name: text('campaign_name', 'Name of the campaign as of the last sync', {
      length: 512,
    }),
    adgroup_id: bigint('adgroup_id', 'Ad group that it belongs to'),
    adgroup_name: text('adgroup_name', 'Name of the ad group as of the last sync', { length: 512 }),
    ad_name: text('ad_name', 'Name as of the last sync', { length: 512 }),
    ad_text: longText('ad_text', 'Text that the ad shows'),
    ad_format: text('ad_format', '`SINGLE_VIDEO`, `CAROUSEL_ADS`', { length: 64 }),
    video_id: text('video_id', 'Video that it shows'),
    image_ids: json('image_ids', 'Images that it shows'),
    landing_page_url: longText('landing_page_url', 'Page that it leads to, with its UTM tags'),
    call_to_action: text('call_to_action', 'What its button says', { length: 64 }),
    operation_status: text('operation_status', '`ENABLE`, `DISABLE` or `DELETE`', { length: 64 }),
    secondary_status: text('secondary_status', 'What holds, all things considered'),
    tracking_pixel_id: bigint('tracking_pixel_id', 'Pixel that counts it; 0 is none'),
    is_aco: flag('is_aco', 'TikTok combines its parts automatically'),
    create_time: localInstant('create_time', 'When it was made, UTC', UTC),
    modify_time: localInstant('modify_time', 'When it last changed, UTC; NULL for Smart+ ads', UTC),
  },
  // The text of an ad may name people.
  pii: [{ path: 'ad_text', kind: 'text' }],
});
