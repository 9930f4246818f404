import type { AccountFacts, ProbeContext } from '../sdk/definition.ts';
import { textAt } from '../sdk/value-source.ts';
import type { Ga4Account } from './account.ts';
import { askForPage } from './run-report.ts';

/** Zone and currency stand beside every report: one of one row is asked for. */
export async function probe(context: ProbeContext<Ga4Account>): Promise<AccountFacts> {
  const body = await askForPage(context, {
    dimensions: ['date'],
    metrics: ['sessions'],
    since: 'yesterday',
    until: 'today',
    limit: 1,
    offset: 0,
  });
  return {
    name: `GA4 property ${context.accountId}`,
    timeZone: textAt(body, 'metadata.timeZone'),
    currency: textAt(body, 'metadata.currencyCode'),
  };
}
