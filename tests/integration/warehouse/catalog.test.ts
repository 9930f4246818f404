import { describe, expect, test } from 'vitest';
import { relationKey } from '../../../cli/manifest/relation.ts';
import { readCatalog } from '../../../cli/warehouse/catalog.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { servers } from '../../support/server.ts';

describe.each(servers)('$name: the catalog', (server) => {
  test('tells tables from views, with columns in order', async () => {
    const own = await server.database();
    await own.query(
      "CREATE TABLE orders (id BIGINT NOT NULL, name VARCHAR(50) COLLATE utf8mb4_bin COMMENT 'who', PRIMARY KEY (id)) COMMENT 'lines'",
    );
    await own.query('CREATE VIEW daily AS SELECT id FROM orders');
    await using database = await connectTarget(own.target, { runId: 'r1' });

    const catalog = await readCatalog(database.control, [own.name, 'no_such_database']);
    const only = await readCatalog(database.control, [own.name], ['daily']);

    expect(catalog.get(relationKey({ database: own.name, name: 'orders' }))).toEqual({
      relation: { database: own.name, name: 'orders' },
      kind: 'table',
      comment: 'lines',
      columns: [
        { name: 'id', type: expect.stringMatching(/^bigint/), isNullable: false, comment: '' },
        {
          name: 'name',
          type: 'varchar(50)',
          isNullable: true,
          collation: 'utf8mb4_bin',
          comment: 'who',
        },
      ],
    });
    expect([...only.values()].map((found) => [found.relation.name, found.kind])).toEqual([
      ['daily', 'view'],
    ]);
  });

  test('tells what the server can do', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r1' });
    const { capabilities } = database;

    await own.query(
      `CREATE TABLE a (t VARCHAR(9) COLLATE ${capabilities.binaryCollation} PRIMARY KEY)`,
    );
    await own.query("INSERT INTO a VALUES ('x'), ('X'), ('x '), ('é'), ('e')");

    expect(capabilities.localInfile).toBe(true);
    expect(capabilities.maxAllowedPacket).toBeGreaterThan(1_000_000);
    expect(database.address).toBe(`${server.host}:${server.port}/${own.name}`);
  });
});
