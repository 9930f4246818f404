import type { Stream, Sweep } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { text } from '../sdk/columns/text.ts';
import { textAt } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import { SINCE } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { PAGE_INFO } from './fragments.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';
import { createdSince } from './search.ts';

const PAGE_SIZE = 250;

const EVENTS: Operation = {
  name: 'deletion_events',
  cost: 100,
  document: `query deletion_events($first: Int!, $after: String, $query: String) {
  events(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    ${PAGE_INFO}
    nodes { __typename id action appTitle createdAt message ... on BasicEvent { subjectId subjectType } }
  }
}`,
};

/**
 * Queries do not return what was deleted; the event log names it. The filter is the one that Airbyte uses
 * with the REST log (verb destroy) and was not verified against a live shop.
 */
export const deletionEvents: Stream<ShopifyAccount> = {
  name: 'deletion_events',
  description: 'Deletions of products, orders, customers and other objects.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the event', { length: 100 }),
    action: text('action', 'What happened: `destroy`'),
    subject_id: text('subjectId', 'Global id of what is gone', { length: 100 }),
    subject_type: text('subjectType', '`PRODUCT`, `ORDER`, `CUSTOMER` …'),
    created_at: instant('createdAt', 'When it happened, UTC'),
    app_title: text('appTitle', 'App that did it'),
  },
  cursor: SINCE,
  write: { mode: 'upsert' },
  pii: [{ path: 'message', kind: 'text' }],
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 0.05, pageSize: PAGE_SIZE, cost: EVENTS.cost }),
  async *read(context, slice) {
    const since = createdSince(slice);
    const search = since === '' ? 'action:destroy' : `action:destroy AND ${since}`;
    const pages = connectionPages(context, { operation: EVENTS, field: 'events', search });
    for await (const records of pages) yield { records };
  },
};

/** How far back a sweep looks; a shop that was not synced for longer needs a full refresh. */
const SWEPT_DAYS = 90;

/** Ids of a kind of object that were deleted, so that their rows are marked: `PRODUCT`, `ORDER`, `CUSTOMER`. */
export function deletionSweep(subjectType: string): Sweep<ShopifyAccount> {
  return {
    everyDays: 1,
    yields: 'deleted',
    async *read(context) {
      const from = context.startedAt - SWEPT_DAYS * 86_400_000;
      const search = `action:destroy AND ${createdSince({ kind: 'instants', from, to: context.startedAt })}`;
      const pages = connectionPages(context, { operation: EVENTS, field: 'events', search });
      for await (const events of pages) {
        yield events
          .filter((event) => textAt(event, 'subjectType') === subjectType)
          .map((event) => [textAt(event, 'subjectId')]);
      }
    },
  };
}
