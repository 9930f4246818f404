import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawRecord, RawStream, RawWriteMode } from '../../../cli/load/raw/raw-stream.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { TestOrder } from '../../support/raw-streams.ts';
import { openTestStream, orderRecord, orderShape, windowOf } from '../../support/raw-streams.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const MODES: readonly (readonly [string, RawWriteMode])[] = [
  ['an upsert without versions', { mode: 'upsert', isVersioned: false }],
  ['an upsert of one version', { mode: 'upsert', isVersioned: true }],
  ['a replaced window', { mode: 'replace_window', windowColumn: 'created_day' }],
  ['a snapshot', { mode: 'snapshot' }],
];

/** Clocks of the two machines: which read is the later one does not depend on them. */
const EARLIER = windowOf('2026-10-01', '2026-10-02', '2031-01-01T00:00:00.000Z');
const LATER = windowOf('2026-10-05', '2026-10-06', '2001-01-01T00:00:00.000Z');

/** Two runs on one stream, as a backfill and a daily sync are. */
async function twoRuns(own: TestDatabase, write: RawWriteMode) {
  const [first, second] = await Promise.all(
    ['backfill', 'sync'].map(async (runId) => connectTarget(own.target, { runId })),
  );
  if (first === undefined || second === undefined) throw new Error('two runs');
  const backfill = await openTestStream(first, orderShape(own.name, write), 'backfill');
  const sync = await openTestStream(second, orderShape(own.name, write), 'sync');
  return {
    earlier: backfill.stream,
    later: sync.stream,
    [Symbol.asyncDispose]: async () => {
      for (const opened of [backfill, sync]) await opened[Symbol.asyncDispose]();
      for (const database of [first, second]) await database.close();
    },
  };
}

async function stored({ query }: TestDatabase) {
  const orders = await query(
    'select id, note, _deleted_at is not null as is_deleted from raw_test_orders order by id',
  );
  const lines = await query('select name from raw_test_order_lines order by order_id, _position');
  return {
    orders: orders.map(
      ({ id, note, is_deleted }) =>
        `${String(id)} ${String(note)}${Number(is_deleted) === 1 ? ' gone' : ''}`,
    ),
    lines: lines.map(({ name }) => name),
  };
}

const copy = (id: string, note: string, more: Partial<TestOrder> = {}): TestOrder => ({
  id,
  note,
  version: '1',
  lines: [`${note} line`],
  ...more,
});

async function land(stream: RawStream, orders: readonly TestOrder[], window = LATER) {
  await using writer = await stream.readWindow(window);
  await writer.write(orders.map(orderRecord));
  return writer.commit();
}

describe.each(servers)('$name', (server) => {
  describe.each(MODES)('%s', (_, write) => {
    test('a copy that was read earlier and is written later changes nothing, nor its lines', async () => {
      const own = await server.database();
      await using runs = await twoRuns(own, write);
      await using earlier = await runs.earlier.readWindow(EARLIER);
      const laterChanges = await land(runs.later, [copy('1', 'later', { day: '2026-10-05' })]);

      await earlier.write([copy('1', 'earlier', { day: '2026-10-01' })].map(orderRecord));
      const changes = await earlier.commit();

      expect(laterChanges).toMatchObject({ added: 1 });
      expect(changes).toMatchObject({ added: 0, updated: 0, unchanged: 1, deleted: 0 });
      expect(await stored(own)).toEqual({ orders: ['1 later'], lines: ['later line'] });
    });

    test('a copy that was read later takes the place of one that was written before it was read', async () => {
      const own = await server.database();
      await using runs = await twoRuns(own, write);
      await land(runs.earlier, [copy('1', 'earlier', { day: '2026-10-05' })], EARLIER);

      const changes = await land(runs.later, [copy('1', 'later', { day: '2026-10-05' })]);

      expect(changes).toMatchObject({ added: 0, updated: 1 });
      expect(await stored(own)).toEqual({ orders: ['1 later'], lines: ['later line'] });
    });

    test('what a later read knows to be gone is not brought back by an earlier one', async () => {
      const own = await server.database();
      await using runs = await twoRuns(own, write);
      await land(runs.later, [copy('1', 'known'), copy('2', 'known')]);
      await using earlier = await runs.earlier.readWindow(EARLIER);
      await using later = await runs.later.readWindow(LATER);
      await later.write([orderRecord(copy('2', 'known'))]);
      await later.deleteKeys([['1']]);
      expect(await later.commit()).toMatchObject({ deleted: 1 });

      await earlier.write(['1', '2'].map((id) => orderRecord(copy(id, 'known'))));
      await earlier.commit();

      expect((await stored(own)).orders).toEqual(['1 known gone', '2 known']);
    });

    test('what an earlier read took to be gone is not marked once a later one has changed it', async () => {
      const own = await server.database();
      await using runs = await twoRuns(own, write);
      await using earlier = await runs.earlier.readWindow(EARLIER);
      await land(runs.later, [copy('1', 'there')]);

      await earlier.deleteKeys([['1']]);
      const changes = await earlier.commit();

      expect(changes).toMatchObject({ deleted: 0 });
      expect((await stored(own)).orders).toEqual(['1 there']);
    });
  });

  test('a newer version that was read before the record was gone lands, and stays marked', async () => {
    const own = await server.database();
    await using runs = await twoRuns(own, { mode: 'upsert', isVersioned: true });
    await land(runs.later, [copy('1', 'first')]);
    await using earlier = await runs.earlier.readWindow(EARLIER);
    await using later = await runs.later.readWindow(LATER);
    await later.deleteKeys([['1']]);
    await later.commit();

    await earlier.write([orderRecord(copy('1', 'second', { version: '2' }))]);
    await earlier.commit();

    expect(await stored(own)).toEqual({ orders: ['1 second gone'], lines: ['second line'] });
  });

  test('a sweep marks nothing that a later read changed, and what it marks stays marked', async () => {
    const own = await server.database();
    await using runs = await twoRuns(own, { mode: 'upsert', isVersioned: true });
    await land(runs.later, [copy('1', 'known'), copy('2', 'known'), copy('3', 'known')]);
    const readAt = '2026-11-03T00:00:00.000Z';
    await using earlier = await runs.earlier.readWindow(EARLIER);
    await using existing = await runs.later.sweep({ yields: 'existing', readAt });
    await land(runs.earlier, [copy('3', 'changed'), copy('4', 'new')]);

    await existing.keys([['2']]);
    expect(await existing.commit()).toBe(1);
    await earlier.write(['1', '2'].map((id) => orderRecord(copy(id, 'known'))));
    await earlier.commit();

    const { orders } = await stored(own);
    expect(orders).toEqual(['1 known gone', '2 known', '3 changed', '4 new']);
  });

  test(
    'of two runs without versions, batch by batch in any order, the copies of the later reads stay',
    { timeout: 240_000 },
    async () => {
      const own = await server.database();
      await using runs = await twoRuns(own, { mode: 'upsert', isVersioned: false });

      await fc.assert(
        fc.asyncProperty(anyScript, async (script) => {
          for (const table of ['raw_test_orders', 'raw_test_order_lines', '__cortex_sync_streams'])
            await own.query(`delete from ${table}`);

          const expected = await play([runs.earlier, runs.later], script);

          const sorted = [...expected].toSorted(([one], [other]) => one - other);
          const orders = sorted.map(([id, note]) => `${id} ${note}`);
          const lines = sorted.map(([, note]) => `${note} line`);
          expect(await stored(own)).toEqual({ orders, lines });
        }),
        { numRuns: 12 },
      );
    },
  );
});

/** What one of the two runs does next: it goes on with its window, or ends it and begins another. */
interface Step {
  readonly run: 0 | 1;
  readonly ends: boolean;
  readonly ids: readonly number[];
  /** The records fill a batch, which is sent while the window goes on. */
  readonly isLarge: boolean;
}

const anyScript = fc.array(
  fc.record<Step>({
    run: fc.constantFrom(0, 1),
    ends: fc.boolean(),
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
    isLarge: fc.boolean(),
  }),
  { minLength: 4, maxLength: 14 },
);

/** Plays a script; every window sees what its records were when it began. Tells what has to stand at the end. */
async function play(streams: readonly [RawStream, RawStream], script: readonly Step[]) {
  const expected = new Map<number, string>();
  const open = streams.map(() => undefined as OpenWindow | undefined);
  let begun = 0;
  for (const { run, ends, ids, isLarge } of script) {
    begun += open[run] === undefined ? 1 : 0;
    const window = (open[run] ??= {
      number: begun,
      writer: await streams[run].readWindow(EARLIER),
    });
    const note = `read ${String(window.number).padStart(2, '0')}`;
    await window.writer.write(ids.map((id) => record(copy(String(id), note), isLarge)));
    for (const id of ids) if (note > (expected.get(id) ?? '')) expected.set(id, note);
    if (!ends) continue;
    await window.writer.commit();
    open[run] = undefined;
  }
  for (const window of open) await window?.writer.commit();
  return expected;
}

interface OpenWindow {
  /** In the order in which windows were begun, from 1. */
  readonly number: number;
  readonly writer: Awaited<ReturnType<RawStream['readWindow']>>;
}

function record(order: TestOrder, isLarge: boolean): RawRecord {
  const padding = isLarge ? 'x'.repeat(1_100_000) : '';
  return { ...orderRecord(order), json: Buffer.from(JSON.stringify({ ...order, padding })) };
}
