import { describe, expect, test } from 'vitest';
import { servers } from '../../support/server.ts';

test('a run has a MariaDB and a MySQL', () => {
  expect(servers.length).toBeGreaterThan(0);
});

describe.each(servers)('$name', (server) => {
  test('gives every test file a database of its own', async () => {
    const database = await server.database();

    await database.query('CREATE TABLE orders (id INT PRIMARY KEY)');

    expect(await database.relations()).toEqual(['orders']);
  });
});
