import { Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { Connection } from '../../../cli/warehouse/database.ts';
import { ConnectionDialect } from '../../../cli/warehouse/kysely-dialect.ts';
import { migrateState } from '../../../cli/warehouse/state/migrations.ts';
import { servers } from '../../support/server.ts';

/** The session, of which no statement goes through once `allowed` of them did: as if the process was killed there. */
function stoppedAfter(connection: Connection, allowed: number): Connection {
  let left = allowed;
  return new Proxy(connection, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return Reflect.apply(value, target, given) as unknown;
      };
    },
  });
}

describe.each(servers)('$name: the state tables', (server) => {
  const migrate = (connection: Connection) =>
    migrateState(new Kysely<unknown>({ dialect: new ConnectionDialect(connection) }));

  async function shapeOf(connection: Connection): Promise<unknown> {
    return connection.query(
      `select table_name, column_name, column_type, column_key from information_schema.columns
       where table_schema = database() order by 1, ordinal_position`,
    );
  }

  test('killed after any statement, the next run finishes them', { timeout: 120_000 }, async () => {
    const whole = await server.database();
    await using reference = await connectTarget(whole.target, { runId: 'whole' });
    await migrate(reference.control);

    const expected = await shapeOf(reference.control);

    let kills = 0;
    for (;;) {
      const own = await server.database();
      await using killed = await connectTarget(own.target, { runId: `killed-${kills}` });
      const session = await killed.connect();
      const outcome = await migrate(stoppedAfter(session, kills + 1)).catch(String);
      await session.close();
      if (outcome === undefined) break;
      expect(outcome).toContain('killed');
      kills += 1;
      await migrate(killed.control);
      expect(await shapeOf(killed.control)).toEqual(expected);
    }
    expect(kills).toBeGreaterThan(15);
  });
});
