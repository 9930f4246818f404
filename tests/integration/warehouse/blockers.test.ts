import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { blockersOf } from '../../../cli/warehouse/blockers.ts';
import { servers } from '../../support/server.ts';

describe.each(servers)('$name: who blocks a table', (server) => {
  test('is the session with an open transaction that has read it', async () => {
    const own = await server.database();
    await own.query('CREATE TABLE orders (id INT PRIMARY KEY)');
    await own.query('INSERT INTO orders VALUES (1)');
    const reader = await own.open();
    await reader.query('START TRANSACTION');
    await reader.query('SELECT * FROM orders');
    await using database = await connectTarget(own.target, { runId: 'r1' });

    const blockers = await blockersOf(database, { database: own.name, name: 'orders' });
    await reader.query('ROLLBACK');

    expect(blockers.map((found) => found.threadId)).toContain(reader.threadId);
    expect(blockers.find((found) => found.threadId === reader.threadId)?.user).toBe(server.user);
  });

  test('is the session whose statement reads it, with the statement', async () => {
    const own = await server.database();
    await own.query('CREATE TABLE orders (id INT PRIMARY KEY)');
    await own.query('INSERT INTO orders VALUES (1)');
    const reader = await own.open();
    await using database = await connectTarget(own.target, { runId: 'r1' });

    const reading = reader.query('SELECT SLEEP(1) FROM orders');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const blockers = await blockersOf(database, { database: own.name, name: 'orders' });
    await reading;

    expect(blockers.find((found) => found.threadId === reader.threadId)?.query).toBe(
      'SELECT SLEEP(1) FROM orders',
    );
  });
});
