import type { ConversionSettings } from '../../../tracking/conversion/settings.ts';
import { ConversionSource } from '../../../tracking/outbox/conversion-source.ts';
import type { Destination } from '../../../tracking/outbox/destination.ts';
import { checkRequests } from '../../../tracking/outbox/check-requests.ts';
import { destinationOf } from '../../../tracking/outbox/destination.ts';
import { judgeNew } from '../../../tracking/outbox/judge-new.ts';
import { askThrough, postThrough } from '../../../tracking/outbox/post.ts';
import { queueAndSend } from '../../../tracking/outbox/queue-and-send.ts';
import type { SendSummary } from '../../../tracking/outbox/sender.ts';
import type { ConversionsConfig } from '../../../tracking/outbox/settings-schema.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { Database } from '../../warehouse/database.ts';
import { ConversionOutbox } from '../../warehouse/state/conversion-outbox.ts';
import { ConversionRequests } from '../../warehouse/state/conversion-requests.ts';
import type { Observation } from '../alerts/observation.ts';
import type { RunAlerts } from '../alerts/run-alerts.ts';
import { keepHeapSmall } from '../../platform/small-heap.ts';
import { EXIT } from '../invocation.ts';
import { badFlagValue } from '../messages.ts';
import type { ProjectSession } from '../session.ts';
import { destinationObservations, stoppedText } from './destination-observations.ts';
import { printRows } from '../sync/print-rows.ts';
import { conversionPlace } from './conversion-place.ts';
import { erasedCustomer } from '../privacy/erased-people.ts';

/** Queues what the model holds and sends what is due, one destination after the other. */
export async function sendConversions(
  session: ProjectSession,
  database: Database,
  config: ConversionsConfig,
  alerts: RunAlerts | undefined,
): Promise<number> {
  const since = sinceDay(session.flags.conversionsSince);
  const { clock, signal } = session.world;
  await using connection = await database.connect();
  // The next orders are read while the outbox is written.
  await using reader = await database.connect();
  const place = conversionPlace(config, database.database);
  const source = await ConversionSource.open(reader, place);
  const work = {
    outbox: await ConversionOutbox.open(connection),
    source,
    settings: settingsOf(session, config),
    since,
    isErased: await erasedCustomer(session, connection),
  };
  const destinations = Object.entries(config.destinations).map(([name, settings]) =>
    destinationOf(name, settings, session.flags.testEventCode),
  );
  if (session.flags.convertDryRun) return await dryRun(session, destinations, work);
  const { openHttpWorld } = await import('../../../connectors/runner/http/open-http-world.ts');
  await using world = await openHttpWorld({ clock, signal, random: Math.random });
  keepHeapSmall();
  const post = postThrough(world);
  const ask = askThrough(world);
  const requests = await ConversionRequests.open(connection);
  const rows = [];
  const observations: Observation[] = [];
  let exitCode: number = EXIT.good;
  for (const destination of destinations) {
    const checked = await checkRequests({ requests, destination, clock, signal, ask });
    for (const warning of checked.warnings) session.note(`${destination.name}: ${warning}`);
    const { queued, summary } = await queueAndSend({
      ...work,
      destination,
      now: clock.now(),
      clock,
      signal,
      post,
      worker: session.runId,
      limit: session.flags.eventLimit,
      read: (orderIds) => source.read(orderIds),
    });
    rows.push(rowOf(destination, queued, summary));
    if (summary.state !== 'ok') exitCode = EXIT.failed;
    observations.push(...destinationObservations(destination.name, summary, checked.refused));
    tell(session, destination, summary);
  }
  printRows(session, COLUMNS, rows);
  if (signal.aborted) return EXIT.interrupted;
  await alerts?.raise(database, exitCode, observations);
  return exitCode;
}

const COLUMNS = [
  'destination',
  'queued',
  'delivered',
  'retry',
  'dead',
  'held',
  'requests',
  'state',
];

function rowOf({ name }: Destination, queued: number, summary: SendSummary) {
  const { delivered, retried, dead, held, requests, state } = summary;
  return { destination: name, queued, delivered, retry: retried, dead, held, requests, state };
}

function tell(session: ProjectSession, { name }: Destination, summary: SendSummary): void {
  for (const warning of summary.warnings) session.note(`${name}: ${warning}`);
  if (summary.state !== 'ok') session.note(stoppedText(name, summary));
}

type Work = Pick<
  Parameters<typeof judgeNew>[0],
  'outbox' | 'source' | 'settings' | 'since' | 'isErased'
>;

/** Says what would become of the orders that are not in the outbox, and writes and sends nothing. */
async function dryRun(
  session: ProjectSession,
  destinations: readonly Destination[],
  work: Work,
): Promise<number> {
  const rows = [];
  for (const destination of destinations) {
    const now = session.world.clock.now();
    const verdicts = await judgeNew({ ...work, destination, now });
    for (const [verdict, events] of verdicts) {
      rows.push({ destination: destination.name, verdict, events });
    }
  }
  printRows(session, ['destination', 'verdict', 'events'], rows);
  return EXIT.good;
}

function settingsOf({ project }: ProjectSession, config: ConversionsConfig): ConversionSettings {
  return {
    timeZone: project.client.timezone,
    defaultCountry: config.default_country,
    eventIdTemplate: config.event_id,
    valueBasis: config.value_basis,
    consentPolicy: config.consent_policy,
    externalIdKind: config.external_id,
  };
}

function sinceDay(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  throw new CortexError([badFlagValue('--since', text, 'a day such as `2026-10-01`')]);
}
