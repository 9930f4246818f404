import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IdentityEdge } from '../../../models/_compute/identities.ts';
import { resolveIdentities } from '../../../models/_compute/identities.ts';

async function people(
  edges: readonly IdentityEdge[],
  most = 10,
): Promise<Readonly<Record<string, string>>> {
  const found = await resolveIdentities(stream(edges.toSorted(byBytes)), most);
  return Object.fromEntries(
    [...found].map(({ record_key, person_key }) => [record_key, person_key]),
  );
}

async function* stream(edges: readonly IdentityEdge[]): AsyncGenerator<IdentityEdge> {
  yield* edges;
}

const keyOf = ({ identifier_kind, identifier, record_key }: IdentityEdge) =>
  [identifier_kind, identifier ?? '', record_key].join('\u0000');
const byBytes = (a: IdentityEdge, b: IdentityEdge) => (keyOf(a) < keyOf(b) ? -1 : 1);

const edge = (
  record_key: string,
  identifier: string | null,
  identifier_kind = 'email',
): IdentityEdge => ({
  record_key,
  identifier_kind: identifier === null ? 'none' : identifier_kind,
  identifier,
});

test('fourteen records of the worked example are eleven people', async () => {
  const folder = new URL('../../fixtures/analytics/', import.meta.url);
  const { expected } = JSON.parse(readFileSync(new URL('F12_identity.json', folder), 'utf8')) as {
    expected: {
      clusters: Record<string, string>;
      normalised: Record<string, Record<string, string | null>>;
    };
  };
  const accounts = readFileSync(new URL('F12_identity_input.csv', folder), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .flatMap(([record = '', source, store, account]) =>
      account === '' ? [] : [edge(record, `${source}|${store}|${account}`, 'platform')],
    );
  const others = Object.entries(expected.normalised).flatMap(([record, known]) => [
    edge(record, null),
    ...Object.entries(known).map(([kind, value]) => edge(record, value, kind)),
  ]);

  expect(await people([...accounts, ...others])).toEqual(expected.clusters);
});

describe('the junk guard', () => {
  const sharing = (count: number, kind?: string) =>
    Array.from({ length: count }, (_, at) => edge(`r${at}`, 'same', kind));

  test('an identifier of ten records joins them, of eleven it is ignored', async () => {
    expect(new Set(Object.values(await people(sharing(10))))).toEqual(new Set(['r0']));
    expect(new Set(Object.values(await people(sharing(11)))).size).toBe(11);
    expect(new Set(Object.values(await people(sharing(11, 'platform')))).size).toBe(1);
  });

  test('a record that repeats an identifier counts once', async () => {
    const repeated = [...sharing(10), ...sharing(10), ...sharing(10)];
    expect(new Set(Object.values(await people(repeated))).size).toBe(1);
  });

  test('what is ignored leaves the other identifiers of its records alone', async () => {
    const found = await people([
      ...sharing(11),
      edge('r3', 'x', 'phone'),
      edge('r7', 'x', 'phone'),
    ]);
    expect([found['r3'], found['r7'], found['r4']]).toEqual(['r3', 'r3', 'r4']);
  });
});

test('identifiers out of order are refused in place of being taken for different ones', async () => {
  const edges = [edge('a', 'y'), edge('b', 'x'), edge('c', 'y')];
  await expect(resolveIdentities(stream(edges), 10)).rejects.toThrow('sort both by their bytes');
});

test('people are the connected components, whatever the order of the records', async () => {
  const edges = fc.array(
    fc.record({
      record_key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      identifier_kind: fc.constantFrom('email', 'phone'),
      identifier: fc.constantFrom('1', '2', '3', '4', '5'),
    }),
    { maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(edges, async (all) => {
      const found = await people(all);
      const reached = (from: string): Set<string> => {
        const records = new Set([from]);
        for (const record of records)
          for (const one of all.filter(({ record_key }) => record_key === record))
            for (const other of all)
              if (
                other.identifier === one.identifier &&
                other.identifier_kind === one.identifier_kind
              )
                records.add(other.record_key);
        return records;
      };
      for (const [record, person] of Object.entries(found))
        expect(person).toBe([...reached(record)].toSorted()[0]);
    }),
  );
});
