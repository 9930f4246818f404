import type { Mark } from '../../../connectors/runner/pii/marks.ts';
import { ConversionSource } from '../../../tracking/outbox/conversion-source.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { Connection } from '../../warehouse/database.ts';
import type { OutboxEvent } from '../../warehouse/state/conversion-privacy.ts';
import { ConversionPrivacy } from '../../warehouse/state/conversion-privacy.ts';
import { readConversions } from '../convert/read-conversions.ts';
import { conversionPlace } from '../convert/conversion-place.ts';
import type { ProjectSession } from '../session.ts';
import { conversionMarks } from './erased-people.ts';

/** What the outbox of conversions holds of a person. */
export interface PersonEvents {
  readonly orderIds: readonly string[];
  readonly events: readonly PersonEvent[];
}

export interface PersonEvent extends OutboxEvent {
  /** `meta-capi`; the name alone where the project has the destination no more. */
  readonly platform: string;
}

/** The orders of a person in the model of conversions, and what was or is to be sent of them. */
export async function personEvents(
  session: ProjectSession,
  connection: Connection,
  person: {
    readonly isPersons: (marks: readonly Mark[]) => boolean;
    /** Orders that are known to be the person's. */
    readonly orderIds: readonly string[];
  },
): Promise<PersonEvents> {
  if (session.project.conversions === undefined) return { orderIds: [], events: [] };
  const config = readConversions(session, []);
  const { database } = session.project.target;
  const source = await openSource(connection, conversionPlace(config, database));
  const marksOfRow = await conversionMarks();
  const found = new Set(person.orderIds);
  if (source !== undefined) {
    for await (const page of source.rows(undefined)) {
      const rows = await source.read(page.map(({ order_id: id }) => id ?? ''));
      for (const [orderId, row] of rows) if (person.isPersons(marksOfRow(row))) found.add(orderId);
    }
  }
  const orderIds = [...found];
  const outbox = await ConversionPrivacy.open(connection);
  const events = await outbox.ofOrders(orderIds);
  return {
    orderIds,
    events: events.map((event) => ({
      ...event,
      platform: config.destinations[event.destination]?.type ?? event.destination,
    })),
  };
}

/** Nothing that was not built was sent. */
async function openSource(
  connection: Connection,
  place: Parameters<typeof ConversionSource.open>[1],
): Promise<ConversionSource | undefined> {
  try {
    return await ConversionSource.open(connection, place);
  } catch (error) {
    const isMissing =
      error instanceof CortexError && error.diagnostics.every(({ code }) => code === 'CX7501');
    if (isMissing) return undefined;
    throw error;
  }
}
