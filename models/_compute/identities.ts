import { ConnectedComponents } from './connected-components.ts';

/** One identifier of one record; a record without any has one edge without an identifier. */
export interface IdentityEdge {
  readonly record_key: string;
  readonly identifier_kind: string;
  readonly identifier: string | null;
}

export interface Identity {
  readonly record_key: string;
  /** The smallest key of the records that are one person. */
  readonly person_key: string;
  readonly person_records: number;
}

/** An account on a platform is one person, however many records name it. */
const NEVER_JUNK = 'platform';

/**
 * Records that share an identifier are one person, through any number of others. An identifier that more
 * than `mostRecords` records share says nothing about a person (a shop's own email, a placeholder) and is
 * ignored, unless its kind is `platform`. The edges come sorted by the bytes of kind and identifier:
 * records are held, identifiers are not.
 */
export async function resolveIdentities(
  edges: AsyncIterable<IdentityEdge>,
  mostRecords: number,
): Promise<Iterable<Identity>> {
  const people = new ConnectedComponents();
  let group = { key: '', records: new Set<number>(), isJunk: false };
  for await (const edge of edges) {
    const record = people.add(edge.record_key);
    if (edge.identifier === null) continue;
    const key = `${edge.identifier_kind}\u0000${edge.identifier}`;
    if (key !== group.key) {
      if (key < group.key) throw new Error(unsorted(edge));
      joinGroup(people, group);
      group = { key, records: new Set(), isJunk: false };
    }
    if (group.isJunk) continue;
    group.records.add(record);
    const isLimited = edge.identifier_kind !== NEVER_JUNK;
    if (isLimited && group.records.size > mostRecords)
      group = { key, records: new Set(), isJunk: true };
  }
  joinGroup(people, group);
  return identitiesOf(people);
}

function joinGroup(
  people: ConnectedComponents,
  { records }: { readonly records: ReadonlySet<number> },
): void {
  const [first, ...others] = records;
  for (const other of others) people.join(first ?? other, other);
}

function* identitiesOf(people: ConnectedComponents): Generator<Identity> {
  for (const { name, smallest, size } of people.members())
    yield { record_key: name, person_key: smallest, person_records: size };
}

function unsorted({ identifier_kind, identifier }: IdentityEdge): string {
  return `the identifier \`${identifier}\` of kind \`${identifier_kind}\` comes after a greater one: sort both by their bytes`;
}
