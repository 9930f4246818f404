import type { Connection } from '../../../cli/warehouse/database.ts';
import { belongs } from '../pii/belongs.ts';
import type { Mark, MarkKind } from '../pii/marks.ts';
import { hasMarks, marksOf, searchedValues } from '../pii/marks.ts';
import type { Spelling } from '../pii/spellings.ts';
import { spellingOf } from '../pii/spellings.ts';
import type { RawPlace } from './raw-places.ts';
import type { RawRow } from './read-records.ts';
import { readRecords } from './read-records.ts';

export interface PersonSearch {
  readonly connection: Connection;
  readonly places: readonly RawPlace[];
  /** What was given to find the person by. */
  readonly given: readonly Mark[];
  /** What an earlier erasure of the same person knew. */
  readonly isRemembered: (mark: Mark) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** All raw records of one person, and what else the person is known by. */
export interface FoundPerson {
  readonly marks: readonly Mark[];
  readonly spellings: readonly Spelling[];
  readonly rows: readonly RawRow[];
  /** Marks in the records that other people have too: they were not followed. */
  readonly shared: Readonly<Record<MarkKind, number>>;
}

/** The number that was given belongs to records of several persons. */
export class SharedNumberError extends Error {
  readonly people: number;

  constructor(people: number) {
    super(`records of ${people} persons have the number`);
    this.people = people;
  }
}

/** More rounds would mean a chain of addresses that no person has. */
const MOST_ROUNDS = 20;

/**
 * Finds a person's records in the raw tables: those with what was given, and by what stands in them (another
 * address, the document, the account) further ones, until nothing new is found. What stands in a record of the
 * person is followed unless another person has it too. Throws SharedNumberError where only a telephone number was
 * given and several persons have it.
 */
export async function findPerson(search: PersonSearch): Promise<FoundPerson> {
  const known = new Map(search.given.map((mark) => [mark.digest, mark]));
  if (search.given.every(({ kind }) => kind === 'phone')) {
    for (const mark of await ownerOfNumber(search)) known.set(mark.digest, mark);
  }
  let candidates = new Map<string, Mark>();
  for (let round = 1; ; round += 1) {
    const seen = await look(search, known, candidates);
    const fresh = [...seen.marks.values()].filter(({ digest }) => !known.has(digest));
    const adopted = fresh.filter(
      ({ digest, isOwn }) => isOwn || (candidates.has(digest) && !seen.shared.has(digest)),
    );
    const isSettled = fresh.every(({ digest }) => candidates.has(digest));
    if ((isSettled && adopted.length === 0) || round === MOST_ROUNDS) {
      return { ...seen, marks: [...known.values()], shared: countOf(fresh) };
    }
    for (const mark of adopted) known.set(mark.digest, mark);
    candidates = new Map(fresh.map((mark) => [mark.digest, mark]));
  }
}

interface Look {
  readonly rows: RawRow[];
  readonly spellings: Spelling[];
  /** Of the person's records. */
  readonly marks: Map<string, Mark>;
  /** Candidates that stand in a record of somebody else. */
  readonly shared: Set<string>;
}

/** One pass over all raw tables whose records say whose they are. */
async function look(
  search: PersonSearch,
  known: ReadonlyMap<string, Mark>,
  candidates: ReadonlyMap<string, Mark>,
): Promise<Look> {
  const seen: Look = { rows: [], spellings: [], marks: new Map(), shared: new Set() };
  const spelled = new Map<string, Spelling>();
  for await (const { row, marks } of markedRows(search)) {
    if (belongs(marks, (mark) => known.has(mark.digest) || search.isRemembered(mark))) {
      seen.rows.push(row);
      for (const mark of marks) seen.marks.set(mark.digest, mark);
      for (const { kind, value } of searchedValues(row.record, row.place.stream)) {
        const spelling = spellingOf(kind, value);
        if (spelling !== undefined) spelled.set(JSON.stringify(spelling), spelling);
      }
      continue;
    }
    const isOpen = ({ digest }: Mark) => !known.has(digest) && !candidates.has(digest);
    for (const mark of marks) {
      if (!candidates.has(mark.digest)) continue;
      if (marks.some((other) => isOpen(other) && names(other, mark))) seen.shared.add(mark.digest);
    }
  }
  seen.spellings.push(...spelled.values());
  return seen;
}

/** Whether a mark in the same record says that somebody else has an address, a number or an account. */
function names({ kind }: Mark, shared: Mark): boolean {
  if (kind === 'document') return true;
  return kind === 'email' && shared.kind !== 'email';
}

async function* markedRows({ connection, places, signal }: PersonSearch) {
  for (const place of places) {
    if (!hasMarks(place.stream)) continue;
    for await (const row of readRecords(connection, place, { signal })) {
      const at = { platform: place.definition.name, accountId: row.accountId };
      yield { row, marks: marksOf(row.record, place.stream, at) };
    }
  }
}

/** Addresses and documents of the one person who has a number. */
async function ownerOfNumber(search: PersonSearch): Promise<readonly Mark[]> {
  const given = new Set(search.given.map(({ digest }) => digest));
  const people: Map<string, Mark>[] = [];
  for await (const { marks } of markedRows(search)) {
    if (!marks.some(({ digest }) => given.has(digest))) continue;
    const own = new Map(
      marks
        .filter(({ kind }) => kind === 'email' || kind === 'document')
        .map((mark) => [mark.digest, mark]),
    );
    if (own.size === 0) continue;
    const same = people.filter((person) => [...own.keys()].some((digest) => person.has(digest)));
    const merged = new Map([own, ...same].flatMap((person) => [...person]));
    for (const person of same) people.splice(people.indexOf(person), 1);
    people.push(merged);
  }
  if (people.length > 1) throw new SharedNumberError(people.length);
  return [...(people[0]?.values() ?? [])];
}

function countOf(marks: readonly Mark[]): Record<MarkKind, number> {
  const counts: Record<MarkKind, number> = { email: 0, phone: 0, document: 0, account: 0 };
  for (const { kind } of marks) counts[kind] += 1;
  return counts;
}
