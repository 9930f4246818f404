import { literal } from '../../cli/sql/literal.ts';
import { stagingColumns } from '../../macros/staging_columns.ts';
import type { TestDatabase } from './server.ts';

type Cell = string | number | null;

/** Rows of an entity as a platform's staging would give them; what is not named is NULL. */
export type StagedRow = Readonly<Record<string, Cell>>;

/** Rows by entity: orders, order_items, sessions and so on. */
export type StagedRows = Readonly<Record<string, readonly StagedRow[]>>;

const ENTITIES = {
  ecommerce: [
    'stores',
    'orders',
    'order_contacts',
    'order_items',
    'refunds',
    'payments',
    'customers',
    'products',
    'variants',
    'abandoned_checkouts',
  ],
  ads: ['ad_daily', 'campaigns'],
  sessions: ['sessions'],
};

/**
 * An invented platform `fixture` whose staging models read tables with the rows given. Gives the files and
 * variables of a project that has no other platform. Under a shop's own name it stands in for that shop.
 */
export async function stageRows(database: TestDatabase, rows: StagedRows, shop = 'fixture') {
  const files: Record<string, string> = {};
  for (const [kind, entities] of Object.entries(ENTITIES)) {
    const platform = kind === 'ecommerce' ? shop : 'fixture';
    for (const entity of entities) {
      await createTable(database, entity, rows[entity] ?? []);
      files[`models/staging/${platform}/stg_${platform}__${entity}.sql`] =
        `select * from ${database.name}.fixture_${entity}\n`;
    }
  }
  const platforms = { ecommerce: [shop], ads: ['fixture'], sessions: ['fixture'] };
  return { files, vars: { ...platforms, analytics: [] } };
}

async function createTable(
  database: TestDatabase,
  entity: string,
  rows: readonly StagedRow[],
): Promise<void> {
  const columns = stagingColumns({ entity });
  const empties = columns.map(({ name, empty }) => `${empty} as ${name}`);
  await database.query(
    `create table fixture_${entity} as select ${empties.join(', ')} from dual where false`,
  );
  await fillTable(database, entity, rows);
}

/** Puts other rows into the tables that `stageRows` made. */
export async function restageRows(database: TestDatabase, rows: StagedRows): Promise<void> {
  for (const entity of Object.values(ENTITIES).flat()) {
    await database.query(`delete from fixture_${entity}`);
    await fillTable(database, entity, rows[entity] ?? []);
  }
}

async function fillTable(
  database: TestDatabase,
  entity: string,
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = stagingColumns({ entity }).map(({ name }) => name);
  const unknown = rows.flatMap((row) => Object.keys(row)).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`${entity} has no column ${unknown}`);
  const values = rows.map(
    (row) => `(${names.map((name) => valueSql(row[name] ?? null)).join(', ')})`,
  );
  await database.query(`insert into fixture_${entity} values ${values.join(', ')}`);
}

function valueSql(value: Cell): string {
  return value === null ? 'null' : literal(value);
}

/** An order as staging gives it: paid, of one store, in the client's currency. */
export function stagedOrder(order: StagedRow): StagedRow {
  return {
    platform: 'fixture',
    store_id: 's1',
    order_number: order['external_order_id'] ?? null,
    updated_at: order['created_at'] ?? null,
    paid_at: order['created_at'] ?? null,
    payment_status: 'paid',
    order_status: 'open',
    is_test: 0,
    sales_channel: 'store',
    payment_method: 'pix',
    installments: 1,
    currency: 'BRL',
    order_discount: 0,
    shipping_revenue: 0,
    shipping_cost: 0,
    payment_fee: 0,
    tax: 0,
    platform_total: 0,
    ...order,
  };
}

/** A line as staging gives it: one unit of one product. */
export function stagedItem(item: StagedRow): StagedRow {
  return {
    platform: 'fixture',
    store_id: 's1',
    external_item_id: '1',
    line_number: 1,
    external_product_id: 'P1',
    external_variant_id: 'P1',
    sku: 'P1',
    product_name: 'Produto',
    quantity: 1,
    line_discount: 0,
    is_gift_card: 0,
    ...item,
  };
}

/** A refund as staging gives it. */
export function stagedRefund(refund: StagedRow): StagedRow {
  return {
    platform: 'fixture',
    store_id: 's1',
    external_refund_id: '1',
    is_shipping: 0,
    is_adjustment: 0,
    is_estimated: 0,
    ...refund,
  };
}
