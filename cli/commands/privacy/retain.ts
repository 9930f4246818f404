import type { ConfiguredStream } from '../../../connectors/runner/configured-platform.ts';
import { agedSql, countAged, deleteAged } from '../../../connectors/runner/privacy/aged-rows.ts';
import { amendRows } from '../../../connectors/runner/privacy/amend-rows.ts';
import type { RawPlace } from '../../../connectors/runner/privacy/raw-places.ts';
import { rawPlaces } from '../../../connectors/runner/privacy/raw-places.ts';
import { readRecords } from '../../../connectors/runner/privacy/read-records.ts';
import type { Retention } from '../../../connectors/runner/settings/retention.ts';
import { cutoff } from '../../../connectors/runner/settings/retention.ts';
import { plural } from '../../kernel/format.ts';
import { randomId } from '../../platform/ids.ts';
import type { Connection, Database } from '../../warehouse/database.ts';
import { holdStreams } from '../../warehouse/hold-streams.ts';
import { ConversionPrivacy } from '../../warehouse/state/conversion-privacy.ts';
import { PrivacyStore } from '../../warehouse/state/privacy-store.ts';
import { toInstant } from '../../warehouse/state/utc-text.ts';
import { SyncState } from '../../warehouse/state/sync-state.ts';
import { readConversions } from '../convert/read-conversions.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { printRows } from '../sync/print-rows.ts';
import { readConnectors } from '../sync/read-connectors.ts';
import { readTableDefaults } from '../sync/run-sync.ts';
import { whoAsks } from './open-request.ts';

interface Work {
  readonly session: ProjectSession;
  readonly database: Database;
  readonly connection: Connection;
  readonly store: PrivacyStore;
  readonly state: SyncState;
}

/** One line of the result. */
interface Applied {
  readonly rule: string;
  readonly until: string;
  readonly rows: number;
}

/** Applies every rule in turn, and keeps a record of each; with `--dry-run` rows are only counted. */
export async function retain(session: ProjectSession, database: Database): Promise<number> {
  await using connection = await database.connect();
  const store = await PrivacyStore.open(connection);
  const state = await SyncState.open(connection);
  const work: Work = { session, database, connection, store, state };
  const connectors = await readConnectors(session, { withoutCredentials: true });
  const applied: Applied[] = [];
  let isDeleted = false;
  for (const platform of connectors.flatMap((one) => one.platform ?? [])) {
    const places = await rawPlaces(connection, [platform]);
    for (const place of places) {
      const rule = ruleOf(platform.streams, place);
      if (rule === undefined) continue;
      const done = await applyToStream(work, place, rule);
      applied.push(done);
      isDeleted ||= rule.action === 'delete' && done.rows > 0;
    }
  }
  applied.push(...(await applyToOutbox(work)));
  printRows(
    session,
    ['rule', 'until', 'rows'],
    applied.map((one) => ({ ...one })),
  );
  if (isDeleted && !session.flags.dryRun) {
    session.note(
      'rows were deleted: `cortex build --full-refresh` takes them out of incremental models',
    );
  }
  return EXIT.good;
}

function ruleOf(streams: readonly ConfiguredStream[], { stream }: RawPlace): Retention | undefined {
  return streams.find((one) => one.stream.name === stream.name)?.retention;
}

async function applyToStream(work: Work, place: RawPlace, rule: Retention): Promise<Applied> {
  const { session, store, state } = work;
  const { action, after, by } = rule;
  const name = `${place.definition.name}.${place.stream.name}: ${action} after ${after} by ${by}`;
  const until = cutoff(rule, session.world.clock.now());
  const before = action === 'drop' ? doneOf(await store.lastFigures(name)) : undefined;
  const streams = await state.streams(place.definition.name);
  const accounts = streams.filter(({ key }) => key.stream === place.stream.name);
  const isDry = session.flags.dryRun;
  return recorded(work, name, until, async () => {
    let rows = 0;
    for (const { key } of accounts) {
      const { accountId } = key;
      const where = agedSql(rule, { accountId, until, done: before });
      if (isDry) rows += await countAged(work.connection, place, where);
      else rows += await applyToAccount(work, place, { accountId, where, action });
    }
    return rows;
  });
}

interface AccountPart {
  readonly accountId: string;
  readonly where: string;
  readonly action: Retention['action'];
}

async function applyToAccount(
  { session, database, connection, state }: Work,
  place: RawPlace,
  { accountId, where, action }: AccountPart,
): Promise<number> {
  const { clock, signal } = session.world;
  const key = { platform: place.definition.name, accountId, stream: place.stream.name };
  await using locks = await database.connect();
  await holdStreams(locks, database.database, [key], {
    clock,
    signal,
    onWait: ({ platform, stream }) =>
      session.note(`waiting for a sync of ${platform}.${stream} to end`),
  });
  if (action === 'delete') return await deleteAged(connection, database, place, where);
  const account = await state.account(key.platform, accountId);
  return await amendRows(
    { place, accountId, rows: readRecords(connection, place, { where, signal }) },
    {
      database,
      tableDefaults: await readTableDefaults(database),
      clock,
      signal,
      timeZone: account?.timeZone ?? 'UTC',
      spellings: [],
    },
  );
}

/** What is kept of events that are over: nothing but what reconciles them with the platform. */
async function applyToOutbox(work: Work): Promise<readonly Applied[]> {
  const { session, connection } = work;
  if (session.project.conversions === undefined) return [];
  const days = readConversions(session, []).retention_days;
  const before = session.world.clock.now() - days * 86_400_000;
  const until = new Date(before).toISOString();
  if (session.flags.dryRun) return [];
  const outbox = await ConversionPrivacy.open(connection);
  return [
    await recorded(work, `conversions: forget after ${plural(days, 'day')}`, until, async () =>
      outbox.forgetOld(before),
    ),
  ];
}

/** Does something under a record of its own; a dry run leaves none. */
async function recorded(
  { session, store, connection }: Work,
  rule: string,
  until: string,
  apply: () => Promise<number>,
): Promise<Applied> {
  const { clock } = session.world;
  if (session.flags.dryRun) return { rule, until, rows: await apply() };
  const requestId = randomId();
  await store.begin(
    { requestId, action: 'retain', rule, subject: undefined, requestedBy: whoAsks() },
    clock.now(),
  );
  // Rows say by the server's clock when they changed.
  const [now] = await connection.query('select cast(utc_timestamp(3) as char) as at');
  const rows = await apply();
  const figures = { rows, until, at: toInstant(String(now?.['at'])) };
  await store.finish(requestId, { status: 'done', figures, at: clock.now() });
  return { rule, until, rows };
}

function doneOf(figures: unknown): { readonly until: string; readonly at: string } | undefined {
  if (typeof figures !== 'object' || figures === null) return undefined;
  if (!('until' in figures) || !('at' in figures)) return undefined;
  const { until, at } = figures;
  return typeof until === 'string' && typeof at === 'string' ? { until, at } : undefined;
}
