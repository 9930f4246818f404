import { beforeAll, describe, expect, test } from 'vitest';
import { utcText } from '../../../connectors/sdk/columns/instant-text.ts';
import { analyticsFixture, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRow, StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stagedRefund, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const LADDER = analyticsFixture<LadderExample>('F16_revenue_ladder.json');
const ALLOCATIONS = analyticsFixture<AllocationExample>('F17_allocation.json').expected;
const INSTANTS = analyticsFixture<TimeExample>('F13_timezone.json').expected;

/** One instant as three sources write it. */
const SPELLINGS = ['iso_z', 'nuvemshop', 'shopify'] as const;

describe.each(servers)('money and days of the worked examples on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    const { files, vars } = await stageRows(database, merge(ladder(), allocations(), instants()));
    using project = packProject(database, { vars: { ...vars, as_of: '2025-06-30' }, files });
    const built = await project.run('build');
    expect(built.exitCode, built.stderr).toBe(0);
  }, 10 * MINUTES);

  test('the ladder from gross sales to net revenue is that of F16', async () => {
    const rows = await database.query(
      `select orders.*, is_valid * (shipping_revenue - coalesce(freight.refunded, 0)) as shipping_net
       from fct_orders as orders
       left join (
         select order_id, sum(amount) as refunded from fct_refunds where is_shipping = 1 group by order_id
       ) as freight on freight.order_id = orders.order_id
       where external_order_id like 'S%'`,
    );

    const found = new Map(rows.map((row) => [String(row['external_order_id']), row]));
    expect(found.size).toBe(LADDER.expected.length);
    for (const { order_id, is_valid, ...amounts } of LADDER.expected) {
      const row = found.get(order_id) ?? {};
      expect(Boolean(row['is_valid']), order_id).toBe(is_valid);
      for (const [name, amount] of Object.entries(amounts)) {
        expect(Number(row[name]), `${order_id} ${name}`).toBe(amount);
      }
    }
    for (const [name, total] of Object.entries(LADDER.expected_totals)) {
      const valid = rows.filter((row) => Number(row['is_valid']) === 1);
      const sum = valid.reduce((before, row) => before + Number(row[name]), 0);
      expect(sum, name).toBeCloseTo(total, 6);
    }
  });

  test('discount and freight go to the lines as in F17', async () => {
    const rows = await database.query(
      `select o.external_order_id, i.order_discount_allocated, i.shipping_allocated
       from fct_order_items as i join fct_orders as o on o.order_id = i.order_id
       where o.external_order_id like 'allocation%' order by i.line_position`,
    );

    ALLOCATIONS.forEach((example, index) => {
      const lines = rows.filter((row) => row['external_order_id'] === `allocation${index}`);
      const discounts = lines.map((line) => Number(line['order_discount_allocated']));
      const freight = lines.map((line) => Number(line['shipping_allocated']));
      expect(discounts).toEqual(example.discount_alloc_cumulative_rounding.map(Number));
      expect(freight).toEqual(example.shipping_alloc_cumulative_rounding.map(Number));
      example.exact_discount_shares.forEach((share, line) =>
        expect(Math.abs((discounts[line] ?? Number.NaN) - share)).toBeLessThan(0.01),
      );
    });
  });

  test('local days are those of F13, however a platform writes the instant', async () => {
    const rows = await database.query(
      `select external_order_id, cast(order_created_at as char(19)) as utc,
         cast(order_created_local as char(19)) as local, order_date, date_format(order_date, '%Y-%m') as month,
         timestampdiff(minute, order_created_at, order_created_local) as offset_minutes, date_key
       from fct_orders where external_order_id like 'instant%'`,
    );

    const found = new Map(rows.map((row) => [row['external_order_id'], row]));
    for (const [index, instant] of INSTANTS.entries()) {
      for (const spelling of SPELLINGS) {
        expect(found.get(`instant${index} ${spelling}`), instant[spelling]).toMatchObject({
          utc: instant.utc,
          local: instant.local,
          order_date: instant.local_date,
          month: instant.local_month,
          offset_minutes: String(instant.offset_minutes),
          date_key: instant.date_key,
        });
      }
    }
  });

  test('every case of the examples was looked at', () => {
    expect(unreadCases()).toEqual([]);
  });
});

function ladder(): StagedRows {
  return {
    orders: LADDER.input.map((order) =>
      stagedOrder({
        external_order_id: order.order_id,
        created_at: '2025-03-10 15:00:00',
        payment_status: order.status === 'cancelled' ? 'paid' : order.status,
        order_status: order.status === 'cancelled' ? 'cancelled' : 'open',
        order_discount: order.order_discount,
        shipping_revenue: order.shipping,
        tax: order.tax,
      }),
    ),
    order_items: LADDER.input.flatMap((order) =>
      order.lines.map((line, index) =>
        stagedItem({
          external_order_id: order.order_id,
          external_item_id: line.line_id,
          line_number: index + 1,
          external_product_id: line.product_id,
          external_variant_id: line.product_id,
          quantity: line.quantity,
          unit_price: line.unit_price,
          line_discount: line.line_discount,
          is_gift_card: line.is_gift_card ? 1 : 0,
        }),
      ),
    ),
    refunds: LADDER.input.flatMap((order) =>
      order.refunds.flatMap((refund) => refundRows(order.order_id, refund)),
    ),
  };
}

/** A negative adjustment of the example means more money back; here money back is positive. */
function refundRows(orderId: string, refund: LadderRefund): StagedRow[] {
  const row = (id: string, amount: string | number, more: StagedRow) =>
    stagedRefund({
      external_order_id: orderId,
      external_refund_id: `${refund.refund_id}-${id}`,
      refunded_at: '2025-03-20 15:00:00',
      amount,
      ...more,
    });
  return [
    ...refund.lines.map((line) =>
      row(line.line_id, line.amount, { external_item_id: line.line_id, quantity: line.quantity }),
    ),
    ...(Number(refund.shipping) === 0 ? [] : [row('freight', refund.shipping, { is_shipping: 1 })]),
    ...(Number(refund.adjustment) === 0
      ? []
      : [row('adjustment', -Number(refund.adjustment), { is_adjustment: 1 })]),
  ];
}

function allocations(): StagedRows {
  return {
    orders: ALLOCATIONS.map((example, index) =>
      stagedOrder({
        external_order_id: `allocation${index}`,
        created_at: '2025-03-11 15:00:00',
        order_discount: example.order_discount,
        shipping_revenue: example.shipping,
      }),
    ),
    order_items: ALLOCATIONS.flatMap((example, order) =>
      example.item_gross.map((gross, index) =>
        stagedItem({
          external_order_id: `allocation${order}`,
          external_item_id: String(index),
          line_number: index + 1,
          unit_price: gross,
        }),
      ),
    ),
  };
}

function instants(): StagedRows {
  return {
    orders: INSTANTS.flatMap((instant, index) =>
      SPELLINGS.map((spelling) =>
        stagedOrder({
          external_order_id: `instant${index} ${spelling}`,
          created_at: landed(instant[spelling]),
        }),
      ),
    ),
  };
}

/** An instant as the connectors land it. */
function landed(text: string): string {
  const utc = utcText(text);
  if (typeof utc !== 'string') throw new Error(`no instant: ${text}`);
  return utc;
}

function merge(...all: readonly StagedRows[]): StagedRows {
  const entities = new Set(all.flatMap((rows) => Object.keys(rows)));
  return Object.fromEntries(
    [...entities].map((entity) => [entity, all.flatMap((rows) => rows[entity] ?? [])]),
  );
}

interface LadderRefund {
  readonly refund_id: string;
  readonly lines: readonly { line_id: string; quantity: number; amount: string }[];
  readonly shipping: string;
  readonly adjustment: string;
}

interface LadderExample {
  readonly input: readonly {
    readonly order_id: string;
    readonly status: string;
    readonly lines: readonly {
      readonly line_id: string;
      readonly product_id: string;
      readonly quantity: number;
      readonly unit_price: string;
      readonly line_discount: string;
      readonly is_gift_card: boolean;
    }[];
    readonly order_discount: string;
    readonly shipping: string;
    readonly tax: string;
    readonly refunds: readonly LadderRefund[];
  }[];
  readonly expected: readonly (Readonly<Record<string, unknown>> & {
    readonly order_id: string;
    readonly is_valid: boolean;
  })[];
  readonly expected_totals: Readonly<Record<string, number>>;
}

interface AllocationExample {
  readonly expected: readonly {
    readonly item_gross: readonly string[];
    readonly order_discount: string;
    readonly shipping: string;
    readonly exact_discount_shares: readonly number[];
    readonly discount_alloc_cumulative_rounding: readonly string[];
    readonly shipping_alloc_cumulative_rounding: readonly string[];
  }[];
}

interface TimeExample {
  readonly expected: readonly {
    readonly utc: string;
    readonly iso_z: string;
    readonly nuvemshop: string;
    readonly shopify: string;
    readonly local: string;
    readonly local_date: string;
    readonly local_month: string;
    readonly offset_minutes: number;
    readonly date_key: number;
  }[];
}
