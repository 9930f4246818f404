import { epoch } from '../sdk/columns/instants.ts';
import { bigint, decimal } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { AccountFacts, ProbeContext, Stream } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { recordsAt, unexpectedAnswer } from '../sdk/records-at.ts';
import { textAt } from '../sdk/value-source.ts';
import type { TiktokAdsAccount } from './account.ts';
import { pathOf } from './api.ts';

export const advertisers: Stream<TiktokAdsAccount> = {
  name: 'advertisers',
  description: 'The advertiser: its currency, time zone, status and balance as of the last sync',
  key: ['advertiser_id'],
  columns: {
    advertiser_id: bigint('advertiser_id', 'Id of the advertiser'),
    name: text('name', 'Name of the advertiser'),
    company: text('company', 'Company that it belongs to'),
    status: text('status', '`STATUS_ENABLE`, or why it cannot advertise', { length: 64 }),
    currency: text('currency', 'ISO 4217 code in which everything is counted', { length: 3 }),
    timezone: text('timezone', 'IANA zone of the days of reports', { length: 64 }),
    country: text('country', 'ISO 3166-1 code of two letters', { length: 8 }),
    industry: text('industry', 'TikTok’s number of the industry', { length: 64 }),
    balance: decimal('balance', 'What is left to spend, in the currency'),
    advertiser_account_type: text('advertiser_account_type', '`AUCTION` or `RESERVATION`', {
      length: 64,
    }),
    owner_bc_id: bigint('owner_bc_id', 'Business Center that owns it'),
    contacter: text('contacter', 'Contact, masked by TikTok'),
    email: text('email', 'E-mail address, masked by TikTok'),
    telephone_number: text('telephone_number', 'Telephone number, masked by TikTok'),
    create_time: epoch('create_time', 'When it was made, UTC', { unit: 'seconds' }),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pii: [
    { path: 'contacter', kind: 'name' },
    { path: 'email', kind: 'email' },
    { path: 'telephone_number', kind: 'phone' },
  ],
  pageSize: 1,
  async *read(context) {
    yield { records: await readAdvertiser(context) };
  },
  estimate: () => ({ calls: 1 }),
};

/** What the advertiser says of itself, which proves that the token may read it. */
export async function probe(context: ProbeContext<TiktokAdsAccount>): Promise<AccountFacts> {
  const [advertiser] = await readAdvertiser(context);
  return {
    name: textAt(advertiser, 'name'),
    timeZone: textAt(advertiser, 'timezone'),
    currency: textAt(advertiser, 'currency'),
  };
}

async function readAdvertiser(
  context: ProbeContext<TiktokAdsAccount>,
): Promise<readonly JsonRecord[]> {
  const answer = await context.http.send({
    url: pathOf('advertiser/info'),
    query: { advertiser_ids: JSON.stringify([context.accountId]) },
  });
  if (typeof answer === 'string') throw unexpectedAnswer('the advertiser is missing');
  return recordsAt(answer.body, 'data.list');
}
