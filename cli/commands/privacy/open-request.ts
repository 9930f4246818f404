import { hostname, userInfo } from 'node:os';
import type { FoundPerson } from '../../../connectors/runner/privacy/find-person.ts';
import { findPerson, SharedNumberError } from '../../../connectors/runner/privacy/find-person.ts';
import type { RawPlace } from '../../../connectors/runner/privacy/raw-places.ts';
import { rawPlaces } from '../../../connectors/runner/privacy/raw-places.ts';
import type { RejectedRecord } from '../../../connectors/runner/privacy/rejected-records.ts';
import { findRejected } from '../../../connectors/runner/privacy/rejected-records.ts';
import { belongs } from '../../../connectors/runner/pii/belongs.ts';
import { keyedDigest } from '../../../connectors/runner/pii/erased-people.ts';
import type { Mark } from '../../../connectors/runner/pii/marks.ts';
import { CortexError } from '../../kernel/errors.ts';
import { groupBy } from '../../kernel/group-by.ts';
import type { Connection, Database } from '../../warehouse/database.ts';
import { PrivacyStore } from '../../warehouse/state/privacy-store.ts';
import { SyncState } from '../../warehouse/state/sync-state.ts';
import type { ProjectSession } from '../session.ts';
import { readConnectors } from '../sync/read-connectors.ts';
import type { PersonEvents } from './conversion-orders.ts';
import { personEvents } from './conversion-orders.ts';
import { checkSecret } from './erased-people.ts';
import type { GivenPerson } from './given-person.ts';
import { numberOfSeveral } from './messages.ts';
import type { Needles } from './needles.ts';
import { mergedNeedles, needlesOf } from './needles.ts';
import type { RowsOfTable } from './unfinished.ts';
import { opened } from './unfinished.ts';

/** What all steps of a request about a person work with. */
export interface PersonRequest {
  readonly session: ProjectSession;
  readonly database: Database;
  readonly connection: Connection;
  readonly store: PrivacyStore;
  readonly state: SyncState;
  readonly places: readonly RawPlace[];
  readonly given: GivenPerson;
  /** Of the list of erased persons; `undefined` where nobody was erased and nobody is to be. */
  readonly secret: string | undefined;
}

/** Opens the state and finds the raw tables. The session stays the caller's. */
export async function openRequest(
  session: ProjectSession,
  database: Database,
  connection: Connection,
  person: { readonly given: GivenPerson; readonly secret: string | undefined },
): Promise<PersonRequest> {
  const store = await PrivacyStore.open(connection);
  if (person.secret !== undefined) await checkSecret(person.secret, await store.erased());
  const state = await SyncState.open(connection);
  const connectors = await readConnectors(session, { withoutCredentials: true });
  const platforms = connectors.flatMap(({ platform }) => platform ?? []);
  const places = await rawPlaces(connection, platforms);
  return { session, database, connection, store, state, places, ...person };
}

/** All that is known of a person outside of models, what erasures that were cut off had found included. */
export interface KnownPerson extends PersonEvents {
  readonly person: FoundPerson;
  readonly rejected: readonly RejectedRecord[];
  readonly needles: Needles;
  /** Raw tables in which the person stands, those of lists too. */
  readonly tables: readonly RowsOfTable[];
  /** Erasures that were cut off, the tables that they had begun to empty, and the events that were waiting then. */
  readonly cutOff: {
    readonly requests: readonly string[];
    readonly tables: readonly RowsOfTable[];
    readonly cancelled: readonly string[];
  };
}

/** Finds the person in raw tables, rejected records and the outbox. Throws CX7902 for a number of several persons. */
export async function findKnown(request: PersonRequest): Promise<KnownPerson> {
  const { session, connection, store, places, given, secret } = request;
  const digestOf = (mark: Mark) => (secret === undefined ? '' : keyedDigest(secret, mark));
  const givenDigests = given.marks.map(digestOf).filter(Boolean);
  const remembered = await store.erasedTogether(givenDigests);
  const cutOff = secret === undefined ? [] : await store.unfinished(givenDigests);
  const earlier = cutOff.map(({ sealed }) => opened(secret ?? '', sealed));
  const isRemembered = (mark: Mark) => remembered.size > 0 && remembered.has(digestOf(mark));
  const { signal } = session.world;
  const search = { connection, places, given: given.marks, isRemembered, signal };
  const person = await findPerson(search).catch((error: unknown) => {
    if (error instanceof SharedNumberError) throw new CortexError([numberOfSeveral(error.people)]);
    throw error;
  });
  const digests = new Set(person.marks.map(({ digest }) => digest));
  const isPersons = (marks: readonly Mark[]) =>
    belongs(marks, (mark) => digests.has(mark.digest) || isRemembered(mark));
  const own = needlesOf(person.marks, [...given.spellings, ...person.spellings]);
  const orderIds = earlier.flatMap((one) => one.orderIds);
  return {
    person,
    rejected: await findRejected(connection, places, isPersons),
    needles: mergedNeedles([own, ...earlier.map(({ needles }) => needles)]),
    tables: tablesOf(person),
    cutOff: {
      requests: cutOff.map(({ requestId }) => requestId),
      tables: earlier.flatMap(({ tables }) => tables),
      cancelled: earlier.flatMap((one) => one.cancelled),
    },
    ...(await personEvents(session, connection, { isPersons, orderIds })),
  };
}

function tablesOf({ rows }: FoundPerson): readonly RowsOfTable[] {
  return [...groupBy(rows, ({ place }) => place.shape)].flatMap(([{ table, children }, own]) => [
    { relation: table.relation, rows: own.length },
    ...children.map(({ relation }) => ({ relation, rows: 0 })),
  ]);
}

/** HMAC of what was given, for the record of requests. */
export function subjectOf({ given, secret }: PersonRequest): string | undefined {
  if (secret === undefined) return undefined;
  const digests = given.marks.map(({ digest }) => digest).toSorted();
  return keyedDigest(secret, { digest: digests.join(' ') });
}

/** `ana@server`: who asked, for the record of requests. */
export function whoAsks(): string {
  let user = '';
  try {
    user = userInfo().username;
  } catch {
    user = String(process.getuid?.() ?? '');
  }
  return `${user}@${hostname()}`;
}
