import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { stagingColumns } from '../../../macros/staging_columns.ts';
import { analyticsFixture, analyticsRows, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRow, StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const PERSONS = analyticsFixture<IdentityExample>('F12_identity.json').expected;

describe.each(servers)('identity on $name', (server) => {
  test(
    'records of F12 are the persons that it names',
    async () => {
      const database = await server.database();
      await build(database, { orders: exampleOrders() });

      const groups = await persons(database);
      expect(groups).toEqual(together(Object.entries(PERSONS.clusters)));
      expect(groups).toHaveLength(PERSONS.cluster_count);
      for (const [first, size] of PERSONS.largest_clusters) {
        expect(groups.find((group) => group[0] === first)).toHaveLength(size);
      }
      // Identifiers on more records than one person can have.
      const ignored = await database.query(
        `select identifier from int_identity_edges where identifier is not null
         group by identifier_kind, identifier having count(*) > 10`,
      );
      expect(ignored).toEqual([...PERSONS.ignored_identifiers]);
    },
    10 * MINUTES,
  );

  test(
    'what people typed is hashed in the normal form of F12',
    async () => {
      const database = await server.database();
      await build(database, { orders: exampleOrders() });

      const rows = await database.query(
        `select external_order_id, email_hash as email, phone_hash as phone, document_hash as document
         from int_orders`,
      );

      const found = rows.map(({ external_order_id: record, ...hashes }) => [record, hashes]);
      const expected = Object.entries(PERSONS.normalised).map(
        ([record, { email, phone, document }]) => [
          record,
          { email: hashed(email), phone: hashed(phone), document: hashed(document) },
        ],
      );
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    },
    10 * MINUTES,
  );

  test(
    'a telephone number on twelve records makes nobody one, a chain of ten orders does',
    async () => {
      const database = await server.database();
      const guest = (id: string, more: StagedRow) =>
        stagedOrder({ external_order_id: id, created_at: '2025-03-01 12:00:00', ...more });
      const strangers = Array.from({ length: 12 }, (_, index) =>
        guest(`stranger${index}`, { phone_hash: '(11) 98888-7777' }),
      );
      // Each shares the e-mail address of the one before, or its document.
      const chain = Array.from({ length: 10 }, (_, index) =>
        guest(`chain${index}`, {
          email_hash: `mail${Math.floor(index / 2)}@example.com`,
          document_hash: String(11122233300 + Math.floor((index + 1) / 2)),
        }),
      );
      await build(database, { orders: [...strangers, ...chain] });

      const groups = await persons(database);

      expect(groups).toHaveLength(13);
      expect(groups).toContainEqual(chain.map((order) => order['external_order_id']));
    },
    10 * MINUTES,
  );

  test('every case of the example was looked at', () => {
    expect(unreadCases(['input'])).toEqual([]);
  });
});

function hashed(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : hash('sha256', text);
}

/** Every record as an order, with its identifiers as they were typed. */
function exampleOrders(): StagedRow[] {
  return analyticsRows('F12_identity_input.csv').map((record) =>
    stagedOrder({
      platform: record['source'] ?? '',
      store_id: record['store_id'] || 'none',
      external_order_id: record['record_id'] ?? '',
      external_customer_id: record['platform_customer_id'] || null,
      created_at: '2025-03-01 12:00:00',
      email_hash: record['email'] || null,
      phone_hash: record['phone'] || null,
      document_hash: record['document'] || null,
    }),
  );
}

/** Builds the pack on orders whose identifiers are written as people type them. */
async function build(database: TestDatabase, rows: StagedRows): Promise<void> {
  const items = (rows['orders'] ?? []).map((order) =>
    stagedItem({
      platform: order['platform'] ?? null,
      store_id: order['store_id'] ?? null,
      external_order_id: order['external_order_id'] ?? null,
      unit_price: 0,
    }),
  );
  const { files, vars } = await stageRows(database, { ...rows, order_items: items });
  const columns = stagingColumns({ entity: 'orders' }).map(({ name }) =>
    name.endsWith('_hash') ? `{{${name} "${name}"}} as ${name}` : name,
  );
  const orders = `select ${columns.join(', ')} from ${database.name}.fixture_orders\n`;
  using project = packProject(database, {
    vars: { ...vars, as_of: '2025-06-30' },
    files: { ...files, 'models/staging/fixture/stg_fixture__orders.sql': orders },
  });
  const built = await project.run('build');
  expect(built.exitCode, built.stderr).toBe(0);
}

/** Orders of each person, sorted. */
async function persons(database: TestDatabase): Promise<string[][]> {
  const rows = await database.query('select external_order_id, customer_id from fct_orders');
  return together(
    rows.map((row) => [String(row['external_order_id']), String(row['customer_id'])]),
  );
}

function together(pairs: readonly (readonly [member: string, group: string])[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const [member, group] of pairs) groups.set(group, [...(groups.get(group) ?? []), member]);
  return [...groups.values()]
    .map((members) => members.toSorted())
    .toSorted((left, right) => (left[0] ?? '').localeCompare(right[0] ?? ''));
}

interface IdentityExample {
  readonly expected: {
    readonly clusters: Readonly<Record<string, string>>;
    readonly cluster_count: number;
    readonly largest_clusters: readonly (readonly [string, number])[];
    readonly ignored_identifiers: readonly unknown[];
    readonly normalised: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  };
}
