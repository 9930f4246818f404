import { SyncState } from '../../warehouse/state/sync-state.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { targetChecks } from '../diagnosis/connection-checks.ts';
import { connectorFindings } from '../doctor/connectors.ts';
import { freshnessFindings } from '../doctor/freshness.ts';
import { syncFindings } from '../doctor/syncs.ts';
import { tokenFindings } from '../doctor/tokens.ts';
import { packPlatforms } from '../init/pack-platforms.ts';
import type { ProjectSession } from '../session.ts';
import { connectorNames } from '../sync/read-connectors.ts';
import type { Seen, Sight } from './item.ts';
import { done, open } from './item.ts';

/** What the shops say of themselves is what the project file says of the client. */
export async function seeClient({ session, database }: Sight): Promise<Seen> {
  const { timezone, currency } = session.project.client;
  const { ecommerce } = packPlatforms();
  const state = await SyncState.open(database.control);
  const shops = (await state.accounts()).filter(({ platform }) => ecommerce.includes(platform));
  if (shops.length === 0) {
    return open(
      'no shop was read yet that says its own: `cortex sync`',
      'nenhuma loja que diga os seus foi lida ainda: `cortex sync`',
    );
  }
  const other = shops.find((shop) => shop.timeZone !== timezone || shop.currency !== currency);
  if (other === undefined) return done(`${timezone}, ${currency}`, `${timezone}, ${currency}`);
  const { platform, accountId, timeZone, currency: money } = other;
  const shop = `${platform} ${accountId}: ${timeZone}, ${money}`;
  return open(
    `${shop}; the project file has ${timezone}, ${currency}`,
    `${shop}; o arquivo do projeto tem ${timezone}, ${currency}`,
  );
}

/** One cheap call to each account. */
export async function seeCredentials(session: ProjectSession): Promise<Seen> {
  if (connectorNames(session).length === 0) {
    return open('`connectors:` names no platform', '`connectors:` não tem plataforma');
  }
  return allWell(connectorFindings(session, { asks: true }));
}

export async function seeDatabase(session: ProjectSession): Promise<Seen> {
  return allWell(targetChecks(session), ['fail']);
}

/** As the doctor finds it: syncs and sources. */
export async function seeFresh(sight: Sight): Promise<Seen> {
  const syncs = await allWell(syncFindings(sight));
  return syncs.state === 'done' ? allWell(freshnessFindings(sight)) : syncs;
}

export async function seeTokens(session: ProjectSession): Promise<Seen> {
  return allWell(tokenFindings(session));
}

/** Done where no check is as bad as those; else the first that is, and how many more. */
async function allWell(
  checks: AsyncIterable<Check>,
  bad: readonly Check['status'][] = ['fail', 'warn'],
): Promise<Seen> {
  const found: Check[] = [];
  for await (const check of checks) if (bad.includes(check.status)) found.push(check);
  const [first] = found;
  if (first === undefined) return done('nothing is wrong', 'nada está errado');
  const more = found.length - 1;
  const text = `${first.name}: ${first.detail}; ${first.hint ?? ''}`;
  return more === 0
    ? open(text, text)
    : open(`${text} (and ${more} more)`, `${text} (e mais ${more})`);
}
