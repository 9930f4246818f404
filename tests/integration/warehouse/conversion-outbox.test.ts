import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { QueuedEvent } from '../../../cli/warehouse/state/outbox-event.ts';
import { ConversionOutbox } from '../../../cli/warehouse/state/conversion-outbox.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { startServer } from '../../support/server-process.ts';
import { servers, targetOf } from '../../support/server.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

function eventOf(order: number): QueuedEvent {
  return {
    eventName: 'Purchase',
    eventId: `purchase.${order}`,
    orderId: `it's \\${order}`,
    operation: 'conversion',
    revision: 0,
    occurredAt: '2026-11-23 12:00:00',
  };
}

describe.each(servers)('$name', (server) => {
  test('each row gets its own value, wherever ids have gaps, and others are left alone', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'test-run' });
    await using connection = await database.connect();
    const outbox = await ConversionOutbox.open(connection);
    const events = Array.from({ length: 12 }, (_, order) => eventOf(order));
    expect(await outbox.queue('meta', events, NOW)).toBe(12);
    expect(await outbox.queue('meta', events, NOW)).toBe(0);
    const claim = { destination: 'meta', now: NOW, leaseMs: 60_000 };
    const claimed = await outbox.claim({ ...claim, worker: 'one', limit: 10 });
    await outbox.claim({ ...claim, worker: 'two', limit: 10 });
    expect(claimed.map(({ orderId }) => orderId)).toEqual(
      events.slice(0, 10).map(({ orderId }) => orderId),
    );

    // 0, 3, 6 and 9, from the last to the first; and two that another worker holds.
    const [first = Number.NaN] = claimed.map(({ id }) => id);
    const sent = [9, 6, 3, 0, 10, 11].map((place) => ({
      id: first + place,
      value: place === 6 ? undefined : `${place}.50`,
      identifiers: place === 3 ? 'em,ph' : 'em',
    }));
    const held = await outbox.beginSending('one', sent, NOW);

    expect([...held].toSorted((a, b) => a - b)).toEqual([0, 3, 6, 9].map((place) => first + place));
    const rows = await own.query(
      'SELECT id, sent_value, identifiers FROM __cortex_conversions WHERE unknown_since IS NOT NULL ORDER BY id',
    );
    expect(
      rows.map((row) => [Number(row['id']) - first, row['sent_value'], row['identifiers']]),
    ).toEqual([
      [0, '0.50', 'em'],
      [3, '3.50', 'em,ph'],
      [6, null, 'em'],
      [9, '9.50', 'em'],
    ]);
  });

  test('events are queued as held with what goes out of them, and those that are there are left alone', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'test-run' });
    await using connection = await database.connect();
    const outbox = await ConversionOutbox.open(connection);
    await outbox.queue('meta', [eventOf(1)], NOW);
    const lease = { destination: 'meta', worker: 'one', now: NOW, leaseMs: 60_000 };
    const sending = { value: '9.50', identifiers: 'em' };

    const rows = await outbox.queueHeld(lease, [
      { event: eventOf(0), sending },
      { event: eventOf(1), sending },
      { event: eventOf(2), sending: undefined },
    ]);

    expect(rows.map((row) => row?.eventId)).toEqual(['purchase.0', undefined, 'purchase.2']);
    expect(
      await own.query(`SELECT event_id, claimed_by, claimed_until, unknown_since, sent_value,
        identifiers FROM __cortex_conversions ORDER BY event_id`),
    ).toEqual([
      {
        event_id: 'purchase.0',
        claimed_by: 'one',
        claimed_until: '2026-11-23 12:01:00.000',
        unknown_since: '2026-11-23 12:00:00.000',
        sent_value: '9.50',
        identifiers: 'em',
      },
      {
        event_id: 'purchase.1',
        claimed_by: null,
        claimed_until: null,
        unknown_since: null,
        sent_value: null,
        identifiers: null,
      },
      {
        event_id: 'purchase.2',
        claimed_by: 'one',
        claimed_until: '2026-11-23 12:01:00.000',
        unknown_since: null,
        sent_value: null,
        identifiers: null,
      },
    ]);
    expect(await outbox.claim({ ...lease, worker: 'two', limit: 10 })).toMatchObject([
      { eventId: 'purchase.1' },
    ]);
  });

  test.each([1, 3])(
    'the rows that events were queued in are known by their ids, where the server counts by %i',
    async (step) => {
      const own = await server.database();
      await using database = await connectTarget(own.target, { runId: 'test-run' });
      await using connection = await database.connect();
      const outbox = await ConversionOutbox.open(connection);
      await connection.execute(`SET SESSION auto_increment_increment = ${step}`);
      const lease = { destination: 'meta', worker: 'one', now: NOW, leaseMs: 60_000 };
      const events = [5, 3, 4, 1, 2].map((number) => ({
        event: eventOf(number),
        sending: { value: undefined, identifiers: 'em' },
      }));

      const rows = await outbox.queueHeld(lease, events);

      const found = await own.query('SELECT id, event_id FROM __cortex_conversions');
      const ids = new Map(found.map((row) => [row['event_id'], Number(row['id'])]));
      expect(ids.size).toBe(5);
      expect(rows.map((row) => row?.id)).toEqual(
        events.map(({ event: { eventId } }) => ids.get(eventId)),
      );
    },
  );

  test('what is known of an event is found, whatever characters sort between', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'test-run' });
    await using connection = await database.connect();
    const outbox = await ConversionOutbox.open(connection);
    const idsOf = async (ids: readonly string[]) => [
      ...(await outbox.lastRevisions('meta', 'Purchase', ids)).keys(),
    ];
    // JavaScript sorts the second of these before the first, and the servers after it.
    const [bar, shirt] = ['purchase.\uFFE8', 'purchase.👕'];
    const events = ['purchase.5', bar].map((eventId) => ({ ...eventOf(0), eventId }));
    await outbox.queue('meta', events, NOW);

    expect(await idsOf(['purchase.1', 'purchase.9'])).toEqual([]);
    expect(await idsOf(['purchase.9', 'purchase.5', 'purchase.1'])).toEqual(['purchase.5']);
    expect(await idsOf(['purchase.6', 'purchase.9'])).toEqual([]);
    expect(await idsOf([bar, shirt])).toEqual([bar]);
    expect(await idsOf([])).toEqual([]);
  });

  test('what a worker queued for itself is due once it is over, and until then nobody else’s', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'test-run' });
    await using connection = await database.connect();
    const outbox = await ConversionOutbox.open(connection);
    const lease = { destination: 'meta', worker: 'one', now: NOW, leaseMs: 60_000 };
    const sending = { value: '9.50', identifiers: 'em' };
    const events = [0, 1, 2].map((order) => ({ event: eventOf(order), sending }));
    const [first] = await outbox.queueHeld(lease, events);
    if (first === undefined) throw new Error('it was not queued');
    await outbox.settle('one', [first.id], {
      status: 'delivered',
      code: null,
      isAttempt: true,
      sentAt: NOW,
      isOutcomeKnown: true,
    });
    const claimOf = (now: number) =>
      outbox.claim({ destination: 'meta', worker: 'two', now, leaseMs: 60_000, limit: 10 });

    expect(await claimOf(NOW + 60_000)).toEqual([]);
    const claimed = await claimOf(NOW + 80_000);

    expect(claimed).toMatchObject([
      { eventId: 'purchase.1', unknownSince: NOW, attempts: 0 },
      { eventId: 'purchase.2', unknownSince: NOW, attempts: 0 },
    ]);
    await outbox.release(
      'two',
      claimed.map(({ id }) => id),
    );
    // The worker was only stopped: it queues once more, and dies then.
    await own.query(`INSERT INTO __cortex_conversions (destination, event_name, event_id, revision,
      operation, order_id, status, attempts, occurred_at, queued_at, claimed_by, claimed_until)
      VALUES ('meta', 'Purchase', 'purchase.9', 0, 'conversion', '9', 'due', 0,
      '2026-11-23 12:00:00', '2026-11-23 12:00:00', 'one', '2026-11-23 12:01:00')`);
    expect(await claimOf(NOW + 90_000)).toMatchObject([
      { eventId: 'purchase.1' },
      { eventId: 'purchase.2' },
    ]);
    const eventIds = (await claimOf(NOW + 80_000 + 24 * 3_600_000)).map(({ eventId }) => eventId);
    expect(eventIds).toContain('purchase.9');
    expect(await own.query('SELECT * FROM __cortex_conversion_workers')).toEqual([]);
  });

  test('a worker that is done is known no more, and what it let go is due', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'test-run' });
    await using connection = await database.connect();
    const outbox = await ConversionOutbox.open(connection);
    const lease = { destination: 'meta', worker: 'one', now: NOW, leaseMs: 60_000 };
    const sending = { value: '9.50', identifiers: 'em' };
    const [row] = await outbox.queueHeld(lease, [{ event: eventOf(0), sending }]);
    const workers = 'SELECT worker FROM __cortex_conversion_workers';
    expect(await own.query(workers)).toEqual([{ worker: 'one' }]);

    await outbox.settle('one', [row?.id ?? 0], { status: 'due', code: null, isAttempt: false });
    await outbox.doneQueueing('meta', 'one');

    expect(await own.query(workers)).toEqual([]);
    expect(await outbox.claim({ ...lease, worker: 'two', limit: 1 })).toMatchObject([
      { eventId: 'purchase.0' },
    ]);
    const dueAt = async () => await own.query('SELECT due_at FROM __cortex_conversions');
    expect(await dueAt()).toEqual([{ due_at: '2026-11-23 12:00:00.000' }]);
    await outbox.settle('two', [row?.id ?? 0], {
      status: 'delivered',
      code: null,
      isAttempt: true,
    });
    expect(await dueAt()).toEqual([{ due_at: null }]);
  });
});

test('where the server reads no files of clients, events are queued all the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-outbox-'));
  const server = await startServer(mariadbCommand(), join(folder, 'server'));
  try {
    await using database = await connectTarget(targetOf(server.address, 'off'), {
      runId: 'test-run',
    });
    await using connection = await database.connect();
    await connection.execute('set global local_infile = 0');
    const outbox = await ConversionOutbox.open(connection);
    const lease = { destination: 'it\'s\t"meta"', worker: 'one', now: NOW, leaseMs: 60_000 };
    const sending = { value: undefined, identifiers: 'em' };

    const rows = await outbox.queueHeld(lease, [
      { event: eventOf(0), sending },
      { event: eventOf(1), sending: undefined },
    ]);
    const other = { ...lease, worker: 'two' };
    const again = await outbox.queueHeld(other, [{ event: eventOf(1), sending }]);

    expect(rows).toMatchObject([{ orderId: "it's \\0" }, { orderId: "it's \\1" }]);
    expect(again).toEqual([undefined]);
    expect(
      await connection.query(`SELECT destination, order_id, due_at, sent_value, identifiers
        FROM __cortex_conversions ORDER BY id`),
    ).toEqual([
      {
        destination: lease.destination,
        order_id: "it's \\0",
        due_at: null,
        sent_value: null,
        identifiers: 'em',
      },
      {
        destination: lease.destination,
        order_id: "it's \\1",
        due_at: null,
        sent_value: null,
        identifiers: null,
      },
    ]);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
