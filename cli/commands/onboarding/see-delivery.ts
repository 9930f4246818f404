import { relationKey } from '../../manifest/relation.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import { conversionDestinations } from '../../project/conversion-destinations.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import { AlertStore } from '../../warehouse/state/alert-store.ts';
import { ConversionOutbox } from '../../warehouse/state/conversion-outbox.ts';
import { newestDeliveries } from '../../warehouse/state/outbox-ages.ts';
import { PipelineState } from '../../warehouse/state/pipeline-state.ts';
import { StateStore } from '../../warehouse/state/state-store.ts';
import { readAlerts } from '../alerts/read-alerts.ts';
import { DAY_MS, momentText } from '../doctor/finding.ts';
import type { Seen, Sight } from './item.ts';
import { done, open } from './item.ts';

/** What a day's run makes is not older. */
const LATEST_MS = 2 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;

/** The models below a folder `reports`: they stand, and were built in the last two days. */
export async function seeReports({ session, database, manifest }: Sight): Promise<Seen> {
  const reports = nodesOfType(manifest.nodes, 'model').filter(({ path }) =>
    path.includes('/reports/'),
  );
  const places = [...new Set(reports.map(({ relation }) => relation.database))];
  const names = reports.map(({ relation }) => relation.name);
  const standing = await readCatalog(database.control, places, names);
  const builds = await (await StateStore.open(database.control)).lastBuilds();
  const oldest = session.world.clock.now() - LATEST_MS;
  const bad = reports.find(
    ({ id, relation }) =>
      !standing.has(relationKey(relation)) || (builds.get(id)?.at ?? 0) < oldest,
  );
  if (reports.length > 0 && bad === undefined) {
    return done(`${reports.length} reports`, `${reports.length} relatórios`);
  }
  const name = bad?.name ?? 'reports';
  return open(
    `\`${name}\` is not built, or older than two days: \`cortex build\``,
    `\`${name}\` não está construído ou tem mais de dois dias: \`cortex build\``,
  );
}

export async function seeDailyRun({ session, database }: Sight): Promise<Seen> {
  const state = await PipelineState.open(database.control);
  const last = await state.newest('daily');
  const isGood = last !== undefined && ['success', 'partial', 'running'].includes(last.status);
  if (isGood && last.startedAt >= session.world.clock.now() - LATEST_MS) {
    return done(`begun at ${momentText(last.startedAt)}`, `início: ${momentText(last.startedAt)}`);
  }
  const command = '`cortex schedule install`';
  if (last === undefined) {
    return open(`it never ran: ${command}`, `nunca rodou: ${command}`);
  }
  const when = `${last.status}, ${momentText(last.startedAt)}`;
  return open(`its last run: ${when}; ${command}`, `última execução: ${when}; ${command}`);
}

/** Every channel has taken its last notifications; where it had none, a person says that the test arrived. */
export async function seeAlerts({ session, database }: Sight): Promise<Seen> {
  const channels = Object.keys(readAlerts(session)?.channels ?? {});
  if (channels.length === 0) {
    return open('write channels under `alerts:`', 'escreva canais em `alerts:`');
  }
  const counts = await (await AlertStore.open(database.control)).counts();
  const of = (channel: string, status: string) =>
    counts.find((count) => count.channel === channel && count.status === status);
  const deaf = channels.find(
    (name) => of(name, 'dead') !== undefined || (of(name, 'due')?.attempts ?? 0) > 0,
  );
  if (deaf !== undefined) {
    return open(
      `\`${deaf}\` does not take notifications: \`cortex alerts test\``,
      `\`${deaf}\` não recebe as notificações: \`cortex alerts test\``,
    );
  }
  const names = channels.join(', ');
  if (channels.every((name) => of(name, 'sent') !== undefined)) return done(names, names);
  return {
    state: 'unconfirmed',
    words: {
      en: `${names}: call \`cortex alerts test\`, and \`cortex onboarding done alerts\` when the message is there`,
      pt: `${names}: chame \`cortex alerts test\` e, quando a mensagem chegar, \`cortex onboarding done alerts\``,
    },
  };
}

/** Every destination took something in the last week, and none has stopped. */
export async function seeConversions({ session, database }: Sight): Promise<Seen> {
  const names = conversionDestinations(session.project).map(({ name }) => name);
  if (names.length === 0) {
    return open('write destinations under `conversions:`', 'escreva os destinos em `conversions:`');
  }
  const pauses = await (await ConversionOutbox.open(database.control)).pauses();
  const deliveries = await newestDeliveries(database.control);
  const oldest = session.world.clock.now() - WEEK_MS;
  const bad = names.find((name) => pauses.has(name) || (deliveries.get(name) ?? 0) < oldest);
  if (bad === undefined) return done(names.join(', '), names.join(', '));
  return pauses.has(bad)
    ? open(
        `\`${bad}\` has stopped: \`cortex convert status\``,
        `\`${bad}\` parou: \`cortex convert status\``,
      )
    : open(
        `\`${bad}\` took nothing in a week: \`cortex convert ${bad} --dry-run\``,
        `\`${bad}\` não recebeu nada em uma semana: \`cortex convert ${bad} --dry-run\``,
      );
}
