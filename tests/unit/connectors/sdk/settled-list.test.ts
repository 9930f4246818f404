import { expect, test } from 'vitest';
import type { JsonRecord } from '../../../../connectors/sdk/json.ts';
import type { NumberedList } from '../../../../connectors/sdk/settled-list.ts';
import { readSettled } from '../../../../connectors/sdk/settled-list.ts';
import { scalarText } from '../../../../connectors/sdk/scalar-text.ts';

/** A list of ids that changes before some of its pages are fetched, counted from 1. */
function movingList(
  begin: readonly string[],
  changes: Readonly<Record<number, (now: readonly string[]) => readonly string[]>> = {},
): NumberedList & { readonly fetched: number[] } {
  let now = begin;
  const fetched: number[] = [];
  return {
    pageSize: 3,
    fetched,
    idOf: (record) => scalarText(record['id']),
    fetch: async (page) => {
      fetched.push(page);
      now = changes[fetched.length]?.(now) ?? now;
      const slice = now.slice((page - 1) * 3, page * 3);
      if (slice.length === 0) return undefined;
      const records = slice.map((id): JsonRecord => ({ id }));
      return { records, total: now.length, hasNext: page * 3 < now.length };
    },
  };
}

const ids = (letters: string) => letters.split('');
const without = (gone: string) => (now: readonly string[]) => now.filter((id) => id !== gone);

async function idsOf(list: NumberedList) {
  const seen = new Set<string>();
  const notices: string[] = [];
  for await (const page of readSettled(list)) {
    for (const record of page.records) seen.add(scalarText(record['id']));
    notices.push(...(page.notices ?? []));
  }
  return { seen: [...seen].toSorted(), notices };
}

test('a list that stands still is read once', async () => {
  const list = movingList(ids('abcdefg'));

  expect((await idsOf(list)).seen).toEqual(ids('abcdefg'));
  expect(list.fetched).toEqual([1, 2, 3]);
});

test('an empty list is read once', async () => {
  const list = movingList([]);

  expect(await idsOf(list)).toEqual({ seen: [], notices: [] });
  expect(list.fetched).toEqual([1]);
});

test('a record that moves over a page boundary is not missed', async () => {
  const list = movingList(ids('abcdefg'), { 2: without('a') });

  expect((await idsOf(list)).seen).toEqual(ids('abcdefg'));
  expect(list.fetched).toEqual([1, 2, 2, 1]);
});

test('records that leave while the list is read backwards are no trouble', async () => {
  const list = movingList(ids('abcdefghij'), { 2: without('a'), 5: without('b'), 6: without('c') });

  expect((await idsOf(list)).seen).toEqual(ids('abcdefghij'));
});

test('a page that disappears is no end before the rest was read again', async () => {
  const list = movingList(ids('abcd'), { 2: without('a') });

  expect((await idsOf(list)).seen).toEqual(ids('abcd'));
  expect(list.fetched).toEqual([1, 2, 2, 1]);
});

test('a record that enters in front of what was read is not missed', async () => {
  const list = movingList(ids('abcdef'), { 2: (now) => ['new', ...now] });

  expect((await idsOf(list)).seen).toEqual([...ids('abcdef'), 'new']);
});

test('a list that never stands still says so', async () => {
  const list = movingList(
    ids('abcdef'),
    Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        index + 1,
        (now: readonly string[]) => [`n${index}`, ...now],
      ]),
    ),
  );

  expect((await idsOf(list)).notices).toEqual([
    'a list went on changing while it was read 4 times',
  ]);
});
