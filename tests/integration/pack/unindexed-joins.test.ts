import { beforeAll, describe, expect, test } from 'vitest';
import { unindexedJoins } from '../../bench/pack/unindexed-joins.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

/** What `npm run bench -- pack` says of the plans of models, shown on joins of 2,000 rows with 4,000. */
describe.each(servers)('joins without an index on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    await database.query('create table digits (d int primary key)');
    await database.query('insert into digits values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)');
    const thousand = 'digits as a cross join digits as b cross join digits as c';
    const numbers = `select a.d * 100 + b.d * 10 + c.d as n, e.d as e from ${thousand} cross join digits as e`;
    for (const [table, parts] of [
      ['orders', 2],
      ['touches', 4],
    ] as const) {
      await database.query(`create table ${table} (order_id int, channel int, day int)`);
      await database.query(
        `insert into ${table} select n * 10 + e, n % 5, n % 30 from (${numbers}) as all_numbers where e < ${parts}`,
      );
    }
    await database.query('create table indexed_touches like touches');
    await database.query('insert into indexed_touches select * from touches');
    await database.query('alter table indexed_touches add key (order_id)');
    await database.query('create table channels (channel int)');
    await database.query('insert into channels values (0),(1),(2),(3),(4)');
    await database.query('analyze table orders, touches, indexed_touches, channels');
  });

  const found = (sql: string) => unindexedJoins(database.query, sql);

  test('a join that reads a large table whole for many rows is found', async () => {
    const joins = await found(
      'select count(*) from orders join touches on touches.order_id = orders.order_id',
    );

    expect(joins).toEqual([expect.stringMatching(/^(orders|touches) \(\d+ rows\)$/)]);
  });

  test('so is one inside of a subquery', async () => {
    const joins = await found(
      `select channel, count(*) from (
         select orders.channel from orders left join touches on touches.order_id = orders.order_id
       ) as joined group by channel`,
    );

    expect(joins).toEqual([expect.stringMatching(/^touches /)]);
  });

  test('a join by an index, with a small table, or of a handful with a large one is none', async () => {
    for (const sql of [
      'select count(*) from orders join indexed_touches as t on t.order_id = orders.order_id',
      'select count(*) from orders join channels on channels.channel = orders.channel',
      'select count(*) from channels straight_join orders on orders.channel > channels.channel',
    ]) {
      expect(await found(sql), sql).toEqual([]);
    }
  });

  test.runIf(server.name === 'mariadb')(
    'a subquery that groups a large table to a handful is small',
    async () => {
      const days = 'select day, count(*) as orders from orders group by day';
      const joins = await found(
        `select count(*) from (${days}) as days join (${days}) as later on later.day > days.day`,
      );

      expect(joins).toEqual([]);
    },
  );
});
