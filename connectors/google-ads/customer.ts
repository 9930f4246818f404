import type { AccountFacts, ProbeContext, Stream } from '../sdk/definition.ts';
import { bigint, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { textAt } from '../sdk/value-source.ts';
import type { GoogleAdsAccount } from './account.ts';
import { PAGE_SIZE, searchPages } from './search.ts';

const QUERY =
  'SELECT customer.id, customer.descriptive_name, customer.currency_code, customer.time_zone, ' +
  'customer.manager, customer.auto_tagging_enabled, customer.status FROM customer LIMIT 1';

export const customer: Stream<GoogleAdsAccount> = {
  name: 'customer',
  description: 'The ad account itself: one row with its currency and time zone.',
  key: ['id'],
  columns: {
    id: bigint('customer.id', 'Id of the customer'),
    descriptive_name: text('customer.descriptiveName', 'Name'),
    currency_code: text('customer.currencyCode', 'Currency of all its amounts, ISO 4217', {
      length: 3,
    }),
    time_zone: text('customer.timeZone', 'Time zone of its days', { length: 64 }),
    is_manager: flag('customer.manager', 'A manager account, which has no ads of its own'),
    has_auto_tagging: flag('customer.autoTaggingEnabled', 'Clicks carry a gclid'),
    status: text('customer.status', '`ENABLED`, `SUSPENDED`, `CANCELED`, `CLOSED`'),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: PAGE_SIZE,
  async *read(context) {
    for await (const records of searchPages(context, QUERY)) yield { records };
  },
};

export async function probe(context: ProbeContext<GoogleAdsAccount>): Promise<AccountFacts> {
  let row: JsonRecord = {};
  for await (const [first] of searchPages(context, QUERY)) row = first ?? row;
  return {
    name: textAt(row, 'customer.descriptiveName'),
    timeZone: textAt(row, 'customer.timeZone'),
    currency: textAt(row, 'customer.currencyCode'),
  };
}
