import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { nuvemshop } from '../../../connectors/nuvemshop/platform.ts';
import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { markOf } from '../../../connectors/runner/pii/marks.ts';
import type { MarkKind } from '../../../connectors/runner/pii/marks.ts';
import { findPerson, SharedNumberError } from '../../../connectors/runner/privacy/find-person.ts';
import { rawPlaces } from '../../../connectors/runner/privacy/raw-places.ts';
import { sha256 } from '../../../cli/kernel/hash.ts';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const definition = nuvemshop as PlatformDefinition;

interface Rows {
  readonly orders?: readonly object[];
  readonly customers?: readonly object[];
}

/** Records of one store as they stand in its raw tables, without their typed columns. */
async function standing(own: TestDatabase, { orders = [], customers = [] }: Rows) {
  for (const [name, records] of Object.entries({ orders, customers })) {
    const table = `raw_nuvemshop_${name}`;
    await own.query(`drop table if exists ${table}`);
    await own.query(
      `create table ${table} (_account_id varchar(20), _record longtext, _deleted_at datetime(6))`,
    );
    for (const record of records) {
      const json = JSON.stringify(record).replaceAll("'", "''");
      await own.query(`insert into ${table} values ('1', '${json}', null)`);
    }
  }
}

async function find(
  own: TestDatabase,
  given: Partial<Record<Exclude<MarkKind, 'account'>, string>>,
) {
  await using database = await connectTarget(own.target, { runId: 'test' });
  await using connection = await database.connect();
  const platform: ConfiguredPlatform = {
    definition,
    accounts: [],
    streams: [],
    startDate: undefined,
    place: { database: own.name, tablePrefix: 'raw_nuvemshop_' },
  };
  const marks = Object.entries(given).map(([kind, value]) =>
    markOf(kind as Exclude<MarkKind, 'account'>, value),
  );
  const found = await findPerson({
    connection,
    places: await rawPlaces(connection, [platform]),
    given: marks.filter((mark) => mark !== undefined),
    isRemembered: () => false,
  });
  const rows = found.rows.map(
    ({ place, record }) => `${place.stream.name} ${JSON.stringify(record['id'])}`,
  );
  return { rows: rows.toSorted(), shared: found.shared };
}

const order = (id: number, contact: Record<string, string>, customer?: number) => ({
  id,
  ...Object.fromEntries(Object.entries(contact).map(([key, value]) => [`contact_${key}`, value])),
  customer: customer === undefined ? null : { id: customer },
});

const CPF = '529.982.247-25';
const OTHER_CPF = '168.995.350-09';
const PHONE = '(11) 98765-4321';

describe.each(servers)('finding a person on $name', (server) => {
  test('a CPF leads to orders with an earlier address, and their account to its record', async () => {
    const own = await server.database();
    await standing(own, {
      orders: [
        order(1, { email: 'ana@example.com', identification: CPF }),
        order(2, { email: 'ana.antiga@example.com', identification: '52998224725' }, 12),
        order(3, { email: 'ANA.ANTIGA@example.com' }),
        order(4, { email: 'bia@example.com', identification: OTHER_CPF }),
      ],
      customers: [
        { id: 12, name: 'Ana' },
        { id: 13, name: 'Bia', email: 'bia@example.com' },
      ],
    });

    const { rows } = await find(own, { email: 'Ana@Example.com' });

    expect(rows).toEqual(['customers 12', 'orders 1', 'orders 2', 'orders 3']);
  });

  test('a number, an address and an account that somebody else has are not followed', async () => {
    const own = await server.database();
    await standing(own, {
      orders: [
        order(1, { email: 'ana@example.com', identification: CPF, phone: PHONE }, 99),
        order(2, { email: 'bia@example.com', identification: OTHER_CPF, phone: PHONE }, 99),
        order(3, { phone: PHONE }),
      ],
    });

    const found = await find(own, { email: 'ana@example.com' });

    expect(found.rows).toEqual(['orders 1']);
    expect(found.shared).toMatchObject({ phone: 1, account: 1 });
  });

  test('a number of one person finds all of them, of several persons nobody', async () => {
    const own = await server.database();
    await standing(own, {
      orders: [
        order(1, { email: 'ana@example.com', phone: PHONE }),
        order(2, { email: 'ana@example.com' }),
        order(3, { phone: '+55 11 98765-4321' }),
      ],
    });

    expect((await find(own, { phone: PHONE })).rows).toEqual(['orders 1', 'orders 2', 'orders 3']);

    await standing(own, {
      orders: [
        order(1, { email: 'ana@example.com', phone: PHONE }),
        order(2, { email: 'bia@example.com', phone: PHONE }),
      ],
    });

    await expect(find(own, { phone: PHONE })).rejects.toBeInstanceOf(SharedNumberError);
    expect((await find(own, { phone: PHONE, email: 'bia@example.com' })).rows).toContain(
      'orders 2',
    );
  });

  test('what landed hashed is found by what was hashed', async () => {
    const own = await server.database();
    await standing(own, {
      orders: [
        order(1, { email: sha256('ana@example.com'), identification: sha256('52998224725') }),
        order(2, { email: sha256('bia@example.com') }),
      ],
    });

    expect((await find(own, { document: CPF })).rows).toEqual(['orders 1']);
    expect((await find(own, { email: 'ana@example.com' })).rows).toEqual(['orders 1']);
  });
});
