import { join, resolve } from 'node:path';
import { relationKey } from '../../manifest/relation.ts';
import type { Database, Row } from '../../warehouse/database.ts';
import { EXIT } from '../invocation.ts';
import { loadManifest } from '../load-graph.ts';
import type { ProjectSession } from '../session.ts';
import { exportText } from './export-text.ts';
import type { GivenPerson } from './given-person.ts';
import { modelRows } from './model-rows.ts';
import type { PersonRequest } from './open-request.ts';
import { findKnown, openRequest, subjectOf, whoAsks } from './open-request.ts';
import { writePrivateFile } from './private-file.ts';
import { projectDatabases } from './project-databases.ts';
import { searchRelations } from './search-relations.ts';
import { EXPORTS, privacyFolder } from './secret.ts';

/** What the file of an export holds. */
export interface PersonExport {
  readonly request: string;
  /** ISO 8601 in UTC. */
  readonly made_at: string;
  readonly project: string;
  readonly records: readonly {
    readonly platform: string;
    readonly account: string;
    readonly stream: string;
    /** As it stands in the raw table. */
    readonly record: unknown;
  }[];
  readonly rejected_records: readonly {
    readonly platform: string;
    readonly stream: string;
    readonly record: unknown;
  }[];
  /** Rows of models and of other tables, by `database.table`. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly conversions: readonly {
    readonly platform: string;
    readonly destination: string;
    readonly event: string;
    readonly event_id: string;
    readonly order_id: string;
    readonly operation: string;
    readonly status: string;
    readonly sent_at: string | null;
  }[];
  /** Addresses, numbers and accounts that other people have too: what hangs on them is not here. */
  readonly shared_not_followed: number;
}

/** Writes all that is known of a person as JSON and as a text for people, both for their owner alone. */
export async function exportPerson(
  session: ProjectSession,
  database: Database,
  person: { readonly given: GivenPerson; readonly secret: string | undefined },
): Promise<number> {
  const { clock } = session.world;
  await using connection = await database.connect();
  const request = await openRequest(session, database, connection, person);
  await request.store.begin(
    {
      requestId: session.runId,
      action: 'export',
      rule: 'person',
      subject: subjectOf(request),
      requestedBy: whoAsks(),
    },
    clock.now(),
  );
  const data = await collected(request);
  const paths = write(session, data);
  const figures = {
    records: data.records.length,
    rejected_records: data.rejected_records.length,
    tables: Object.keys(data.tables).length,
    conversions: data.conversions.length,
    shared_not_followed: data.shared_not_followed,
  };
  await request.store.finish(session.runId, { status: 'done', figures, at: clock.now() });
  if (session.flags.json) {
    session.print(JSON.stringify({ request: session.runId, ...paths, ...figures }));
    return EXIT.good;
  }
  for (const [what, count] of Object.entries(figures)) {
    session.print(`${what.replaceAll('_', ' ')}: ${count}`);
  }
  session.print(`written: ${paths.json}, ${paths.text}`);
  return EXIT.good;
}

async function collected(request: PersonRequest): Promise<PersonExport> {
  const { session, connection } = request;
  const { manifest } = loadManifest(session);
  const known = await findKnown(request);
  const raw = new Set(
    request.places.flatMap(({ shape }) =>
      [shape.table, ...shape.children].map(({ relation }) => relationKey(relation)),
    ),
  );
  const databases = projectDatabases(request, manifest);
  const found = await searchRelations(connection, databases, known.needles, session.world.signal);
  const tables = await modelRows(
    connection,
    manifest,
    // Raw records are there as a whole; what Cortex keeps of its own work are no data of the person.
    found.filter(
      ({ relation }) => !raw.has(relationKey(relation)) && !relation.name.startsWith('__cortex_'),
    ),
  );
  return {
    request: session.runId,
    made_at: new Date(session.world.clock.now()).toISOString(),
    project: session.project.name,
    records: known.person.rows.map(({ place, accountId, record }) => ({
      platform: place.definition.name,
      account: accountId,
      stream: place.stream.name,
      record,
    })),
    rejected_records: known.rejected.map(({ platform, stream, record }) => ({
      platform,
      stream,
      record,
    })),
    tables,
    conversions: known.events.map((event) => ({
      platform: event.platform,
      destination: event.destination,
      event: event.eventName,
      event_id: event.eventId,
      order_id: event.orderId,
      operation: event.operation,
      status: event.status,
      sent_at: event.sentAt ?? null,
    })),
    shared_not_followed: Object.values(known.person.shared).reduce((sum, n) => sum + n, 0),
  };
}

function write(session: ProjectSession, data: PersonExport) {
  const { exportFile } = session.flags;
  const json =
    exportFile === undefined
      ? join(privacyFolder(session), EXPORTS, `${session.runId}.json`)
      : resolve(session.world.directory, exportFile);
  const text = `${json.replace(/\.json$/i, '')}.md`;
  writePrivateFile(json, `${JSON.stringify(data, undefined, 2)}\n`);
  writePrivateFile(text, exportText(data, session.project.client.locale));
  return { json, text };
}
