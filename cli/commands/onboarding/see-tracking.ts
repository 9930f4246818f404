import { join } from 'node:path';
import { hasErrors } from '../../kernel/outcome.ts';
import { isFile } from '../../platform/fs.ts';
import { relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import { knownPlatforms } from '../doctor/configured-connector.ts';
import { DAY_MS } from '../doctor/finding.ts';
import type { ProjectSession } from '../session.ts';
import { CONTAINER_FILE } from '../tracking/container-file.ts';
import { readTrackingSettings } from '../tracking/read-settings.ts';
import type { Seen, Sight } from './item.ts';
import { done, open } from './item.ts';

export function seeContainer(session: ProjectSession): Seen {
  const { diagnostics } = readTrackingSettings(session.project, session.flags);
  if (hasErrors(diagnostics)) {
    const text = diagnostics[0]?.message ?? '';
    return open(`${text}: write them under \`tracking:\``, `${text}: escreva em \`tracking:\``);
  }
  return isFile(join(session.project.directory, CONTAINER_FILE))
    ? done(CONTAINER_FILE, CONTAINER_FILE)
    : open('`cortex tracking gtm` writes it', '`cortex tracking gtm` escreve o contêiner');
}

/** GA4 closes a day up to two days later. */
const LATEST_DAYS = 4;

/** The last days that GA4 has told: sessions, and the event of a purchase. */
export async function seeEvents({ session, database }: Sight): Promise<Seen> {
  const ga4 = (await knownPlatforms(session)).find(({ definition }) => definition.name === 'ga4');
  if (ga4 === undefined) {
    return open('`connectors.ga4` has to be corrected', '`connectors.ga4` precisa de correção');
  }
  const { database: place, tablePrefix } = ga4.place;
  const tableOf = (stream: string) => ({ database: place, name: `${tablePrefix}${stream}` });
  const [traffic, events] = [tableOf('traffic_daily'), tableOf('events_daily')];
  const standing = await readCatalog(database.control, [place], [traffic.name, events.name]);
  if (standing.size < 2) {
    return open(
      'GA4 was not read yet: `cortex sync ga4`',
      'o GA4 não foi lido ainda: `cortex sync ga4`',
    );
  }
  const since = new Date(session.world.clock.now() - LATEST_DAYS * DAY_MS).toISOString();
  const first = literal(since.slice(0, 10));
  const [found] = await database.control.query(
    `select (select coalesce(sum(sessions), 0) from ${relationSql(traffic)} where date >= ${first}) as sessions,
      (select coalesce(sum(event_count), 0) from ${relationSql(events)} where date >= ${first} and event_name = 'purchase') as purchases`,
  );
  const [sessions, purchases] = [Number(found?.['sessions']), Number(found?.['purchases'])];
  const en = `${sessions} sessions and ${purchases} purchases since ${since.slice(0, 10)}`;
  const pt = `${sessions} sessões e ${purchases} compras desde ${since.slice(0, 10)}`;
  return sessions > 0 && purchases > 0
    ? done(en, pt)
    : open(
        `${en}: look at the tags, then \`cortex sync ga4\``,
        `${pt}: confira as tags e chame \`cortex sync ga4\``,
      );
}
