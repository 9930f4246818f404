import type { AccountFacts, ProbeContext } from '../sdk/definition.ts';
import { ReadFailure } from '../sdk/read-failure.ts';
import { textAt } from '../sdk/value-source.ts';
import type { Account } from './platform.ts';

/** One cheap call that proves the credentials and says what the account is. */
export async function probe({ http, accountId }: ProbeContext<Account>): Promise<AccountFacts> {
  const answer = await http.send({ url: `/shops/${accountId}` });
  if (typeof answer === 'string') {
    const reason = `there is no shop \`${accountId}\``;
    throw new ReadFailure({ action: 'fatal', kind: 'account', reason });
  }
  return {
    name: textAt(answer.body, 'name'),
    timeZone: textAt(answer.body, 'time_zone'),
    currency: textAt(answer.body, 'currency'),
  };
}
