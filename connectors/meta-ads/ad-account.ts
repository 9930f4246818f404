import { bigint, decimal, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { AccountFacts, ProbeContext, Stream } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { unexpectedAnswer } from '../sdk/records-at.ts';
import { isRecord, textAt } from '../sdk/value-source.ts';
import type { MetaAdsAccount } from './account.ts';
import { pathOf } from './api.ts';
import { minorUnits } from './money.ts';

const FIELDS =
  'id,account_id,name,currency,timezone_name,timezone_offset_hours_utc,account_status,amount_spent,balance,spend_cap';

export const adAccount: Stream<MetaAdsAccount> = {
  name: 'ad_account',
  description: 'The ad account: its currency, time zone, status and balance as of the last sync',
  key: ['account_id'],
  columns: {
    account_id: bigint('account_id', 'Id of the ad account, without `act_`'),
    name: text('name', 'Name of the ad account'),
    currency: text('currency', 'ISO 4217 code in which everything of the account is counted', {
      length: 3,
    }),
    timezone_name: text('timezone_name', 'IANA zone of the days of reports', { length: 64 }),
    timezone_offset_hours_utc: decimal(
      'timezone_offset_hours_utc',
      'Hours by which the zone was ahead of UTC when this was read',
      { scale: 2 },
    ),
    account_status: integer(
      'account_status',
      '1 active, 2 disabled, 3 unsettled, 7 under review, 9 in a grace period, 101 closed',
    ),
    amount_spent: minorUnits(
      'amount_spent',
      'currency',
      'Spent so far under the spending limit, in the currency',
    ),
    balance: minorUnits('balance', 'currency', 'Amount that is owed, in the currency'),
    spend_cap: minorUnits('spend_cap', 'currency', 'Spending limit in the currency; 0 is none'),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 1,
  async *read(context) {
    yield { records: [await readAccount(context)] };
  },
  estimate: () => ({ calls: 1 }),
};

/** What the account says of itself, which proves that the token may read it. */
export async function probe(context: ProbeContext<MetaAdsAccount>): Promise<AccountFacts> {
  const account = await readAccount(context);
  return {
    name: textAt(account, 'name'),
    timeZone: textAt(account, 'timezone_name'),
    currency: textAt(account, 'currency'),
  };
}

async function readAccount(context: ProbeContext<MetaAdsAccount>): Promise<JsonRecord> {
  const url = pathOf(`act_${context.accountId}`);
  const answer = await context.http.send({ url, query: { fields: FIELDS } });
  if (typeof answer === 'string' || !isRecord(answer.body)) {
    throw unexpectedAnswer('the account is missing');
  }
  return answer.body;
}
