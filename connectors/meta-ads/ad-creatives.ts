import { json } from '../sdk/columns/json.ts';
import { bigint } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import { entityStream } from './entity.ts';

export const adCreatives = entityStream({
  name: 'ad_creatives',
  description: 'Creatives of the ad account: what ads show, and the parameters of their links',
  edge: 'adcreatives',
  fields:
    'id,account_id,name,status,object_type,url_tags,effective_object_story_id,object_story_spec',
  columns: {
    id: bigint('id', 'Id of the creative, as in `ads.creative_id`'),
    account_id: bigint('account_id', 'Id of the ad account, without `act_`'),
    name: text('name', 'Name as of the last sync', { length: 512 }),
    status: text('status', '`ACTIVE`, `IN_PROCESS`, `WITH_ISSUES`, `DELETED`', { length: 64 }),
    object_type: text('object_type', 'What kind of post it is: `SHARE`, `VIDEO`', { length: 64 }),
    url_tags: longText('url_tags', 'Parameters that are added to its links: the UTM tags'),
    effective_object_story_id: text('effective_object_story_id', 'Page and post that it shows'),
    link: longText('object_story_spec.link_data.link', 'Page that it leads to'),
    object_story_spec: json('object_story_spec', 'The post: page, link, text, call to action'),
  },
  // The text of an ad may name people.
  pii: [{ path: 'object_story_spec.link_data.message', kind: 'text' }],
});
