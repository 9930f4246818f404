import { join } from 'node:path';
import { forgetRejected } from '../../../connectors/runner/privacy/rejected-records.ts';
import { keyedDigest, secretCheck } from '../../../connectors/runner/pii/erased-people.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { Database } from '../../warehouse/database.ts';
import { holdStreams } from '../../warehouse/hold-streams.ts';
import { ConversionPrivacy } from '../../warehouse/state/conversion-privacy.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../invocation.ts';
import { loadManifest } from '../load-graph.ts';
import type { ProjectSession } from '../session.ts';
import { cleanFiles } from './clean-files.ts';
import type { EraseReport } from './erase-report.ts';
import { notRecallable, reportLines, waiting } from './erase-report.ts';
import { eraseRaw, personStreams } from './erase-raw.ts';
import type { GivenPerson } from './given-person.ts';
import { personLeft } from './messages.ts';
import type { KnownPerson, PersonRequest } from './open-request.ts';
import { findKnown, openRequest, subjectOf, whoAsks } from './open-request.ts';
import { writePrivateFile } from './private-file.ts';
import { projectDatabases } from './project-databases.ts';
import { dependants, rebuild } from './rebuild.ts';
import type { FoundRelation } from './search-relations.ts';
import { searchRelations } from './search-relations.ts';
import { privacyFolder, REPORTS } from './secret.ts';
import { clearStrays } from './stray-relations.ts';
import type { RowsOfTable } from './unfinished.ts';
import { mergedTables, sealed } from './unfinished.ts';

interface Person {
  readonly given: GivenPerson;
  readonly secret: string | undefined;
}

/** An erasure has a secret. */
type ErasingRequest = PersonRequest & { readonly secret: string };

/** `--dry-run`: what would be done; nothing is written. */
export async function showErasure(
  session: ProjectSession,
  database: Database,
  person: Person,
): Promise<number> {
  await using connection = await database.connect();
  const request = await openRequest(session, database, connection, person);
  const { manifest } = loadManifest(session);
  const known = await findKnown(request);
  const found = await search(request, manifest, known);
  const files = await cleanFiles(session, known.needles, true);
  const { dropped } = await clearStrays(connection, manifest, found, true);
  print(session, {
    ...firstReport(session, known, known.tables),
    status: 'dry-run',
    dropped_relations: dropped,
    cleaned_files: files.cleaned,
    left: files.left.map(({ path, lines }) => `${path}: line ${lines.join(', ')}`),
    files_not_searched: files.skipped,
  });
  return EXIT.good;
}

/** Erases a person; 1 where something is left. */
export async function erasePerson(
  invocation: Invocation,
  session: ProjectSession,
  database: Database,
  person: Person & { readonly secret: string },
): Promise<number> {
  await using connection = await database.connect();
  const { secret } = person;
  const request = { ...(await openRequest(session, database, connection, person)), secret };
  const { manifest } = loadManifest(session);
  const subject = subjectOf(request);
  const { clock } = session.world;
  // First, so that no sync that begins from here on brings anything back.
  await remember(request, await findKnown(request));
  await request.store.begin(
    { requestId: session.runId, action: 'erase', rule: 'person', subject, requestedBy: whoAsks() },
    clock.now(),
  );
  const { known, report } = await eraseStored(request);
  const path = join(privacyFolder(session), REPORTS, `erase-${session.runId}.json`);
  const keep = (one: EraseReport) =>
    writePrivateFile(path, `${JSON.stringify(one, undefined, 2)}\n`);
  keep(report);
  const ended = await eraseDerived(invocation, request, { manifest, known, report });
  keep(ended);
  const { raw_rows: rows, left } = ended;
  await request.store.finish(session.runId, {
    status: left.length === 0 ? 'done' : 'incomplete',
    figures: {
      raw_rows: rows,
      rejected_records: ended.rejected_records,
      conversions_cancelled: ended.conversions_cancelled.length,
      not_recallable: ended.not_recallable.length,
      dropped_relations: ended.dropped_relations.length,
      cleaned_files: ended.cleaned_files.length,
      left: left.length,
    },
    at: clock.now(),
  });
  print(session, ended);
  session.note(`the report is \`${path}\``);
  if (left.length === 0) return EXIT.good;
  session.report([personLeft(left)]);
  return EXIT.failed;
}

async function remember({ store, session, secret }: ErasingRequest, known: KnownPerson) {
  const digests = known.person.marks.map((mark) => keyedDigest(secret, mark));
  await store.remember(session.runId, digests, secretCheck(secret));
}

/** The person goes out of the outbox, then out of the raw tables, while no sync writes them. */
async function eraseStored(
  request: ErasingRequest,
): Promise<{ readonly known: KnownPerson; readonly report: EraseReport }> {
  const { session, database, connection, store, secret } = request;
  const { clock, signal } = session.world;
  await using locks = await database.connect();
  await holdStreams(locks, database.database, await personStreams(request), {
    clock,
    signal,
    onWait: ({ platform, stream }) =>
      session.note(`waiting for a sync of ${platform}.${stream} to end`),
  });
  // What a sync that was at work has brought since is found, too.
  const known = await findKnown(request);
  await remember(request, known);
  const { orderIds, needles, cutOff } = known;
  const tables = mergedTables([...known.tables, ...cutOff.tables]);
  const unfinished = { tables, orderIds, needles, cancelled: cancelledOf(known) };
  await store.keepUnfinished(session.runId, sealed(secret, unfinished));
  for (const cut of cutOff.requests) {
    await store.finish(cut, { status: 'incomplete', figures: {}, at: clock.now() });
  }
  const outbox = await ConversionPrivacy.open(connection);
  await outbox.eraseOrders(orderIds);
  const emptied = await eraseRaw(request, known.person.rows, needles.spellings);
  await forgetRejected(connection, known.rejected);
  return { known, report: firstReport(session, known, emptied) };
}

interface Derived {
  readonly manifest: Manifest;
  readonly known: KnownPerson;
  readonly report: EraseReport;
}

/** What was built of the person is built again; what is left anywhere is looked for, cleaned or named. */
async function eraseDerived(
  invocation: Invocation,
  request: PersonRequest,
  { manifest, known, report }: Derived,
): Promise<EraseReport> {
  const { session, connection } = request;
  const changed = [...known.tables, ...known.cutOff.tables].map(({ relation }) => relation);
  // An earlier try may have stopped before it built again: then models still hold the person.
  const holding = (await search(request, manifest, known)).map(({ relation }) => relation);
  const select = dependants(manifest, distinct([...changed, ...holding]));
  const exitCode = select.length === 0 ? EXIT.good : await rebuild(invocation, select);
  const found = await search(request, manifest, known);
  const { dropped, left } = await clearStrays(connection, manifest, found, false);
  const files = await cleanFiles(session, known.needles, false);
  const all = [
    ...(exitCode === EXIT.good ? [] : ['the rebuild did not succeed: see its messages above']),
    ...left,
    ...files.left.map(({ path, lines }) => `\`${path}\`: line ${lines.join(', ')}`),
  ];
  return {
    ...report,
    status: all.length === 0 ? 'done' : 'incomplete',
    rebuilt: select,
    dropped_relations: dropped,
    cleaned_files: files.cleaned,
    left: all,
    files_not_searched: files.skipped,
  };
}

async function search(
  request: PersonRequest,
  manifest: Manifest,
  { needles }: KnownPerson,
): Promise<readonly FoundRelation[]> {
  const { session, connection } = request;
  const databases = projectDatabases(request, manifest);
  return searchRelations(connection, databases, needles, session.world.signal);
}

function firstReport(
  session: ProjectSession,
  { person, rejected, events, cutOff }: KnownPerson,
  emptied: readonly RowsOfTable[],
): EraseReport {
  const raw = mergedTables([...emptied, ...cutOff.tables]).filter(({ rows }) => rows > 0);
  return {
    request: session.runId,
    status: 'running',
    at: new Date(session.world.clock.now()).toISOString(),
    requested_by: whoAsks(),
    raw_rows: Object.fromEntries(
      raw.map(({ relation, rows }) => [`${relation.database}.${relation.name}`, rows]),
    ),
    rejected_records: rejected.length,
    shared_not_followed: Object.values(person.shared).reduce((sum, count) => sum + count, 0),
    conversions_cancelled: cancelledOf({ events, cutOff }),
    not_recallable: notRecallable(events),
    rebuilt: [],
    dropped_relations: [],
    cleaned_files: [],
    left: [],
    files_not_searched: [],
  };
}

/** Events that wait to be sent, or did until an erasure that was cut off. */
function cancelledOf({ events, cutOff }: Pick<KnownPerson, 'events' | 'cutOff'>) {
  return [...new Set([...cutOff.cancelled, ...waiting(events)])];
}

function print(session: ProjectSession, report: EraseReport): void {
  if (session.flags.json) session.print(JSON.stringify(report));
  else for (const line of reportLines(report)) session.print(line);
}

function distinct(relations: readonly Relation[]): readonly Relation[] {
  return [...new Map(relations.map((one) => [`${one.database}.${one.name}`, one])).values()];
}
