import { describe, expect, test } from 'vitest';
import type { RelationKind } from '../../../cli/manifest/relation.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { buildNames } from '../../../cli/sql/build-names.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { OldVersions } from '../../../cli/warehouse/old-versions.ts';
import type { Swap } from '../../../cli/warehouse/swap.ts';
import { SwapSessions } from '../../../cli/warehouse/swap-sessions.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

describe.each(servers)('$name: versions that were replaced', (server) => {
  const made = (own: TestDatabase, name: string, currentKind: RelationKind | undefined): Swap => {
    const published = { database: own.name, name };
    const { shadow, old } = buildNames(published);
    return { published, shadow, old, currentKind };
  };
  const drop = async (own: TestDatabase, batches: readonly (readonly Swap[])[]) => {
    const statements: string[] = [];
    await using database = await connectTarget(own.target, { runId: 'r1' });
    await using sessions = new SwapSessions(database, systemClock);
    await using old = new OldVersions({
      sessions,
      clock: systemClock,
      onStatement: (sql) => statements.push(sql),
    });
    for (const swaps of batches) old.add(swaps);
    return statements;
  };

  test('are gone at the end, those that gathered by one statement', async () => {
    const own = await server.database();
    const names = ['a', 'b', 'c'];
    for (const name of names) await own.query(`CREATE TABLE ${name}__cortex_old (id INT)`);

    const statements = await drop(
      own,
      names.map((name) => [made(own, name, 'table')]),
    );

    expect(await own.relations()).toEqual([]);
    expect(statements).toHaveLength(2);
  });

  test('are looked at one by one where one of them is of another kind or gone', async () => {
    const own = await server.database();
    await own.query('CREATE TABLE a__cortex_old (id INT)');
    await own.query('CREATE VIEW b__cortex_old AS SELECT 1 AS id');

    await drop(own, [
      [made(own, 'a', 'table'), made(own, 'b', 'table'), made(own, 'gone', 'table')],
      [made(own, 'new', undefined)],
    ]);

    expect(await own.relations()).toEqual([]);
  });

  test('are left to the next run while a reader holds them', async () => {
    const own = await server.database();
    await own.query('CREATE TABLE a__cortex_old (id INT)');
    await own.query('CREATE TABLE b__cortex_old (id INT)');
    const reader = await own.open();
    await reader.query('START TRANSACTION');
    await reader.query('SELECT * FROM a__cortex_old');

    await drop(own, [[made(own, 'a', 'table'), made(own, 'b', 'table')]]);
    await reader.query('ROLLBACK');

    expect(await own.relations()).toEqual(['a__cortex_old']);
    await own.query('DROP TABLE a__cortex_old');
  });
});
