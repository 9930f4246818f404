import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, flag } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { NuvemshopAccount } from './account.ts';
import { FIRST_DAY } from './api.ts';
import { readWindow } from './list.ts';
import { mainText } from './locale.ts';
import { productChildren } from './product-children.ts';
import { idSweep } from './sweep.ts';

export const products: Stream<NuvemshopAccount> = {
  name: 'products',
  description: 'Products of the store; texts by language are whole in the record',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the product'),
    name: text(mainText('name'), 'Name in the main language'),
    handle: text(mainText('handle'), 'Name in URLs'),
    description: longText(mainText('description'), 'Description in the main language, HTML'),
    brand: text('brand', 'Brand'),
    is_published: flag('published', 'Customers see it'),
    is_free_shipping: flag('free_shipping', 'It is shipped for free'),
    requires_shipping: flag('requires_shipping', 'It is a thing, not a file'),
    canonical_url: longText('canonical_url', 'Page of the product'),
    video_url: longText('video_url', 'Video of the product'),
    tags: longText('tags', 'Tags, with commas between'),
    seo_title: text(mainText('seo_title'), 'Title for search engines'),
    seo_description: longText(mainText('seo_description'), 'Description for search engines'),
    attributes: json('attributes', 'Names of what variants differ in, by language'),
    created_at: instant('created_at', 'When it was made'),
    updated_at: instant('updated_at', 'When it last changed'),
  },
  children: productChildren,
  cursor: {
    kind: 'instants',
    overlapHours: 1,
    lagMinutes: 5,
    windowDays: 90,
    firstDay: FIRST_DAY,
  },
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pageSize: 200,
  async *read(context, slice) {
    if (slice.kind !== 'instants') return;
    yield* readWindow(context, { resource: 'products' }, { filter: 'updated_at', ...slice });
  },
  sweep: idSweep('products'),
  estimate: (days) => ({ calls: Math.ceil(days / 90) * 10, perMinute: 120 }),
};
