import { IDENTIFIER_KINDS } from '../../../tracking/outbox/identifiers.ts';
import { matchQuality } from '../../../tracking/outbox/match-quality.ts';
import type { Database } from '../../warehouse/database.ts';
import { ConversionOutbox } from '../../warehouse/state/conversion-outbox.ts';
import { NOT_RETRACTED } from '../../warehouse/state/outbox-event.ts';
import type { OutboxDay } from '../../warehouse/state/outbox-figures.ts';
import { outboxCounts, outboxDays } from '../../warehouse/state/outbox-figures.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { printRows } from '../sync/print-rows.ts';

/** How many events of each destination are in which state, and why; 1 where a destination stopped. */
export async function showStatus(
  session: ProjectSession,
  database: Database,
  names: readonly string[],
): Promise<number> {
  await using connection = await database.connect();
  const outbox = await ConversionOutbox.open(connection);
  const pauses = await outbox.pauses();
  const counts = await outboxCounts(connection);
  const rows = counts
    .filter(({ destination }) => names.includes(destination))
    .map(({ destination, status, code, events, oldest }) => ({
      destination,
      status,
      reason: code ?? '',
      events,
      oldest,
    }));
  printRows(session, ['destination', 'status', 'reason', 'events', 'oldest'], rows);
  const stopped = names.filter((name) => pauses.has(name));
  for (const name of stopped) {
    const { state = '', code = '', since = 0 } = pauses.get(name) ?? {};
    session.note(`${name} stopped at ${new Date(since).toISOString()}: ${state} ${code}`);
  }
  return stopped.length > 0 ? EXIT.failed : EXIT.good;
}

/** By day of the orders in UTC: what was delivered and refused, how late, and what the events carried. */
export async function showReport(
  session: ProjectSession,
  database: Database,
  names: readonly string[],
): Promise<number> {
  await using connection = await database.connect();
  await ConversionOutbox.open(connection);
  const rows = [];
  for (const destination of names) {
    const days = await outboxDays(connection, destination);
    for (const day of new Set(days.map((one) => one.day))) {
      const own = days.filter((one) => one.day === day);
      rows.push({ destination, day, ...dayFigures(own) });
    }
  }
  printRows(session, [...REPORT_COLUMNS, ...IDENTIFIER_KINDS], rows);
  return EXIT.good;
}

const REPORT_COLUMNS = [
  'destination',
  'day',
  'delivered',
  NOT_RETRACTED,
  'waiting',
  'refused',
  'reasons',
  'latency_minutes',
];

function dayFigures(days: readonly OutboxDay[]) {
  const sum = (own: readonly OutboxDay[]) => own.reduce((total, { events }) => total + events, 0);
  const delivered = days.filter(({ status }) => status === 'delivered');
  const refused = days.filter(({ status }) => status === 'dead');
  const seconds = delivered.reduce((total, { latencySeconds }) => total + latencySeconds, 0);
  const sent = days.flatMap(({ identifiers, events }) =>
    identifiers === undefined ? [] : [{ identifiers, events }],
  );
  const { events: _events, ...shares } = matchQuality(sent);
  return {
    delivered: sum(delivered),
    [NOT_RETRACTED]: sum(delivered.filter(({ code }) => code === NOT_RETRACTED)),
    waiting: sum(days) - sum(delivered) - sum(refused),
    refused: sum(refused),
    reasons: [...new Set(refused.map(({ code }) => code ?? 'unknown'))].join(', '),
    latency_minutes: Math.round(seconds / 60 / Math.max(1, sum(delivered))),
    ...shares,
  };
}

/** Makes dead events due again, with new attempts; those whose outcome nobody knows stay dead. */
export async function retryDead(
  session: ProjectSession,
  database: Database,
  names: readonly string[],
): Promise<number> {
  const now = session.world.clock.now();
  const events = await changeEach(database, names, (outbox, name) => outbox.retryDead(name, now));
  session.note(`${events} events are due again`);
  return EXIT.good;
}

/** Gives up what waits for some destinations. */
export async function discard(
  session: ProjectSession,
  database: Database,
  names: readonly string[],
): Promise<number> {
  const now = session.world.clock.now();
  const events = await changeEach(database, names, (outbox, name) => outbox.discard(name, now));
  session.note(`${events} events were discarded`);
  return EXIT.good;
}

/** Changes the outbox of each destination; how many events that met. */
async function changeEach(
  database: Database,
  names: readonly string[],
  change: (outbox: ConversionOutbox, name: string) => Promise<number>,
): Promise<number> {
  await using connection = await database.connect();
  const outbox = await ConversionOutbox.open(connection);
  let events = 0;
  for (const name of names) events += await change(outbox, name);
  return events;
}
