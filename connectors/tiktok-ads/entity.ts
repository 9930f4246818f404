import type { Page, Stream } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { textAt } from '../sdk/value-source.ts';
import type { TiktokAdsAccount } from './account.ts';
import type { TiktokAdsRead } from './pages.ts';
import { pagesOf } from './pages.ts';

const PAGE_SIZE = 1000;

interface Entity extends Pick<Stream, 'name' | 'description' | 'columns' | 'pii'> {
  /** `campaign`: its endpoint is `campaign/get`, its id `campaign_id`. */
  readonly kind: 'campaign' | 'adgroup' | 'ad';
}

/**
 * A list of the advertiser, always read whole: TikTok cannot be asked for changes. What it no longer lists is
 * marked deleted.
 */
export function entityStream(entity: Entity): Stream<TiktokAdsAccount> {
  const { name, description, kind, columns, pii } = entity;
  return {
    name,
    description,
    key: [`${kind}_id`],
    columns,
    cursor: { kind: 'none' },
    write: { mode: 'snapshot' },
    isDeleted,
    ...(pii === undefined ? {} : { pii }),
    pageSize: PAGE_SIZE,
    read: (context) => read(context, kind),
    estimate: () => ({ calls: 4 }),
  };
}

async function* read(context: TiktokAdsRead, kind: Entity['kind']): AsyncGenerator<Page, void> {
  for (const filter of filtersOf(context)) {
    yield* pagesOf(context, {
      endpoint: `${kind}/get`,
      query: { advertiser_id: context.accountId, ...filter },
      identityOf: (record) => textAt(record, `${kind}_id`),
    });
  }
}

/** Deleted ones are listed only where the filter asks for them. */
function filtersOf({ account }: TiktokAdsRead): readonly Readonly<Record<string, string>>[] {
  const deleted = { filtering: JSON.stringify({ primary_status: 'STATUS_DELETE' }) };
  return account.deleted_objects ? [{}, deleted] : [{}];
}

function isDeleted(record: JsonRecord): boolean {
  return (
    textAt(record, 'operation_status') === 'DELETE' ||
    textAt(record, 'secondary_status').endsWith('_DELETE')
  );
}
