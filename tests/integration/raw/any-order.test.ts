import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { Database } from '../../../cli/warehouse/database.ts';
import type { TestOrder } from '../../support/raw-streams.ts';
import {
  openTestStream,
  orderShape,
  readOrders,
  storedOrders,
  windowOf,
} from '../../support/raw-streams.ts';
import { servers } from '../../support/server.ts';

/** How a history is read: which window each copy comes in, cut into pages, some of it twice. */
interface Reading {
  readonly windows: readonly (readonly (readonly TestOrder[])[])[];
}

const DAYS = 3;
const day = (index: number) => `2026-10-${String(index + 1).padStart(2, '0')}`;
const NIGHTS = Array.from({ length: DAYS }, (_, index) => windowOf(day(index), day(index + 1)));

const text = fc.string({ unit: 'grapheme', maxLength: 12 });

/** Copies of a few orders, each version with one content, as a platform would give them. */
const history = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 6 }).map(String),
      version: fc.integer({ min: 1, max: 4 }).map((version) => `v${version}`),
      total: fc.option(
        fc.integer({ min: 0, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
        {
          nil: undefined,
        },
      ),
      note: fc.option(text),
      lines: fc.array(text, { maxLength: 3 }),
    }),
    { selector: ({ id, version }) => `${id} ${version}`, maxLength: 14 },
  )
  .map((orders) => orders as readonly TestOrder[]);

/** Any order, any pages, any windows, with some copies read again in a later window. */
function readingOf(orders: readonly TestOrder[]): fc.Arbitrary<Reading> {
  const again = fc.subarray([...orders]);
  return fc
    .tuple(
      fc.shuffledSubarray([...orders], { minLength: orders.length }),
      again,
      fc.infiniteStream(fc.nat(100)),
    )
    .map(([shuffled, repeated, dice]) => {
      const roll = (sides: number) => Number(dice.next().value ?? 0) % sides;
      const windows: TestOrder[][][] = NIGHTS.map(() => [[]]);
      for (const order of [...shuffled, ...repeated]) {
        const pages = windows[roll(DAYS)];
        if (roll(3) === 0) pages?.push([]);
        pages?.at(-1)?.push(order);
      }
      return { windows };
    });
}

async function stored(
  database: Database,
  own: Parameters<typeof storedOrders>[0],
  reading: Reading,
): Promise<unknown> {
  await using opened = await openTestStream(database, orderShape(own.name));
  for (const table of ['raw_test_orders', 'raw_test_order_lines', '__cortex_sync_streams']) {
    await own.query(`delete from ${table}`);
  }
  for (const [index, pages] of reading.windows.entries()) {
    const window = NIGHTS[index];
    if (window !== undefined) await readOrders(opened.stream, window, pages);
  }
  return storedOrders(own);
}

describe.each(servers)('$name', (server) => {
  test(
    'any order, pages, windows and re-reads give the tables of one undisturbed read',
    { timeout: 240_000 },
    async () => {
      const own = await server.database();
      await using database = await connectTarget(own.target, { runId: 'r' });

      await fc.assert(
        fc.asyncProperty(
          history.chain((orders) => fc.tuple(fc.constant(orders), readingOf(orders))),
          async ([orders, reading]) => {
            const undisturbed = await stored(database, own, { windows: [[orders], [], []] });
            expect(await stored(database, own, reading)).toEqual(undisturbed);
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  test('a second read with nothing new writes no row', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const orders = Array.from({ length: 500 }, (_, id) => ({
      id: String(id),
      version: 'v',
      day: '2026-10-01',
      lines: ['a', 'b'],
    }));
    const checksums = async () =>
      own.query('checksum table raw_test_orders, raw_test_order_lines extended');
    for (const write of [
      { mode: 'upsert', isVersioned: false },
      { mode: 'replace_window', windowColumn: 'created_day' },
      { mode: 'snapshot' },
    ] as const) {
      await own.query('drop table if exists raw_test_orders, raw_test_order_lines');
      await using opened = await openTestStream(database, orderShape(own.name, write));
      await readOrders(opened.stream, windowOf('2026-10-01', '2026-10-02'), [orders]);
      const before = await checksums();

      const changes = await readOrders(
        opened.stream,
        windowOf('2026-10-01', '2026-10-02', '2026-11-09T00:00:00.000Z'),
        [orders],
      );

      expect(changes).toMatchObject({ added: 0, updated: 0, unchanged: 500, deleted: 0 });
      expect(await checksums()).toEqual(before);
    }
  });

  test('a backfill beside the daily sync loses no interval and no record', async () => {
    const own = await server.database();
    const databases = await Promise.all(
      ['sync', 'backfill'].map(async (runId) => connectTarget(own.target, { runId })),
    );
    const [daily, older] = databases;
    if (daily === undefined || older === undefined) throw new Error('two sessions');
    const sync = await openTestStream(daily, orderShape(own.name), 'sync');
    const backfill = await openTestStream(older, orderShape(own.name), 'backfill');
    const shared = (version: string) =>
      Array.from({ length: 40 }, (_, id): TestOrder => {
        return { id: String(id), version, lines: [`${version} of ${id}`] };
      });

    await Promise.all([
      (async () => {
        for (let index = 10; index < 16; index += 1) {
          await readOrders(sync.stream, windowOf(day(index), day(index + 1)), [
            shared(`v${index}`).toReversed(),
          ]);
        }
      })(),
      (async () => {
        for (let index = 0; index < 10; index += 1) {
          await readOrders(backfill.stream, windowOf(day(index), day(index + 1)), [
            shared(`v0${index}`),
            [{ id: String(1000 + index), version: 'v', lines: [] }],
          ]);
        }
      })(),
    ]);

    const state = await sync.state.stream(
      { platform: 'test', accountId: '4567', stream: 'orders' },
      1,
    );
    expect(state).toMatchObject({
      intervals: [{ from: '2026-10-01', to: '2026-10-17' }],
      cursor: '2026-10-17',
    });
    const orders = await own.query('select id from raw_test_orders');
    expect(orders).toHaveLength(50);
    const lines = await own.query(
      'select distinct left(name, 3) as version from raw_test_order_lines',
    );
    expect(lines).toEqual([{ version: 'v15' }]);
    for (const opened of [sync, backfill]) await opened[Symbol.asyncDispose]();
    for (const database of databases) await database.close();
  });
});
