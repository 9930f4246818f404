import type { Page, Stream } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { textAt } from '../sdk/value-source.ts';
import type { MetaAdsAccount } from './account.ts';
import { pathOf } from './api.ts';
import type { MetaAdsRead } from './pages.ts';
import { pagesOf } from './pages.ts';

const GONE = new Set(['ARCHIVED', 'DELETED']);
const PAGE_SIZE = 100;

interface Entity extends Pick<Stream, 'name' | 'description' | 'columns' | 'pii'> {
  /** Edge of the account: `campaigns`. */
  readonly edge: string;
  /** Fields that are asked for, separated by commas. */
  readonly fields: string;
  /** Its name in filters (`campaign`); without it Meta has no archive of it. */
  readonly archivedAs?: string;
  /** Adds to a record what Meta leaves out of it. */
  complete?(record: JsonRecord, context: MetaAdsRead): JsonRecord;
}

/**
 * A list of the account, always read whole: an object that did not change for years still is the name of
 * today's rows, so that asking for changes only would leave it out. What Meta no longer lists is marked
 * deleted.
 */
export function entityStream(entity: Entity): Stream<MetaAdsAccount> {
  const { name, description, columns, pii } = entity;
  return {
    name,
    description,
    key: ['id'],
    columns,
    cursor: { kind: 'none' },
    write: { mode: 'snapshot' },
    isDeleted: (record) => GONE.has(textAt(record, 'effective_status')),
    ...(pii === undefined ? {} : { pii }),
    pageSize: PAGE_SIZE,
    read: (context) => read(context, entity),
    estimate: () => ({ calls: 10 }),
  };
}

async function* read(context: MetaAdsRead, entity: Entity): AsyncGenerator<Page, void> {
  const { fields, archivedAs } = entity;
  const url = pathOf(`act_${context.accountId}`, entity.edge);
  for (const filtering of filtersOf(context, archivedAs)) {
    for await (const page of pagesOf(context, { url, query: { fields, filtering } })) {
      const records = page.records.map((record) => entity.complete?.(record, context) ?? record);
      yield { ...page, records };
    }
  }
}

/** Archived and deleted objects are listed only where the filter asks for them. */
function filtersOf({ account }: MetaAdsRead, archivedAs: string | undefined) {
  if (archivedAs === undefined || !account.deleted_objects) return [undefined];
  const field = `${archivedAs}.delivery_info`;
  const gone = [{ field, operator: 'IN', value: ['archived', 'deleted'] }];
  return [undefined, JSON.stringify(gone)];
}
