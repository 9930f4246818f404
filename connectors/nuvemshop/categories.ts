import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { NuvemshopAccount } from './account.ts';
import { readList } from './list.ts';
import { mainText } from './locale.ts';

/** Few, so that all are read each time: a filter by time is not documented, and deleted ones show. */
export const categories: Stream<NuvemshopAccount> = {
  name: 'categories',
  description: 'Categories of products',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the category'),
    parent_id: bigint('parent', 'Category above it, NULL at the top'),
    name: text(mainText('name'), 'Name in the main language'),
    handle: text(mainText('handle'), 'Name in URLs'),
    description: longText(mainText('description'), 'Description in the main language'),
    subcategories: json('subcategories', 'Ids of the categories below it'),
    google_shopping_category: text('google_shopping_category', 'Category at Google Shopping'),
    visibility: text('visibility', 'Whether customers see it: visible, hidden'),
    created_at: instant('created_at', 'When it was made'),
    updated_at: instant('updated_at', 'When it last changed'),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 200,
  read: (context) => readList(context, { resource: 'categories' }),
  estimate: () => ({ calls: 1, perMinute: 120 }),
};
