import { beforeAll, describe, expect, test } from 'vitest';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRow, StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stagedRefund, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;

interface LineOrder {
  readonly order: StagedRow;
  readonly price?: number;
  readonly line?: StagedRow;
}

/** Orders of one line each. */
function shop(orders: readonly LineOrder[], more: StagedRows = {}): StagedRows {
  return {
    orders: orders.map(({ order }) => stagedOrder(order)),
    order_items: orders.map(({ order, price = 100, line }) =>
      stagedItem({
        store_id: order['store_id'] ?? 's1',
        external_order_id: order['external_order_id'] ?? null,
        unit_price: price,
        ...line,
      }),
    ),
    ...more,
  };
}

async function build(database: TestDatabase, rows: StagedRows, vars: object = {}): Promise<void> {
  const staged = await stageRows(database, rows);
  using project = packProject(database, {
    vars: { ...staged.vars, as_of: '2025-06-30', ...vars },
    files: staged.files,
  });
  const built = await project.run('build');
  expect(built.exitCode, built.stderr).toBe(0);
}

describe.each(servers)('hard spots on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    await build(database, allSpots());
  }, 10 * MINUTES);

  /** Columns of orders by their own id. */
  async function orders(like: string, columns: string): Promise<readonly object[]> {
    return figures(
      database,
      `select external_order_id as id, ${columns} from fct_orders
       where external_order_id like '${like}' order by external_order_id`,
    );
  }

  async function day(date: string, columns: string): Promise<object | undefined> {
    const [row] = await figures(
      database,
      `select ${columns} from rpt_daily_performance where full_date = '${date}'`,
    );
    return row;
  }

  test('cancelled and pending orders are no sales, and the report says what is pending', async () => {
    const found = await orders(
      'state-%',
      'is_valid, is_payment_expired, gross_sales, total_amount, net_revenue, customer_order_seq',
    );

    const none = { gross_sales: 0, net_revenue: 0, customer_order_seq: null };
    expect(found).toMatchObject([
      // Paid, and cancelled since.
      { id: 'state-cancelled', is_valid: 0, is_payment_expired: 0, total_amount: 40, ...none },
      // A Pix of the last day has its 24 hours still; one of three days before has not.
      { id: 'state-pending', is_valid: 0, is_payment_expired: 0, total_amount: 50, ...none },
      { id: 'state-unpaid', is_valid: 0, is_payment_expired: 1, total_amount: 60, ...none },
      // The one sale is the first, though two orders were placed before it.
      {
        id: 'state-valid',
        is_valid: 1,
        is_payment_expired: 0,
        gross_sales: 30,
        total_amount: 30,
        net_revenue: 30,
        customer_order_seq: 1,
      },
    ]);
    expect(
      await day('2025-06-30', 'orders_created, orders, pending_orders, pending_revenue, revenue'),
    ).toEqual({
      orders_created: 2,
      orders: 1,
      pending_orders: 1,
      pending_revenue: 50,
      revenue: 30,
    });
    expect(await day('2025-06-27', 'orders, cancelled_orders, revenue')).toEqual({
      orders: 0,
      cancelled_orders: 1,
      revenue: 0,
    });
  });

  test('guests are persons by what they typed, and one without anything is a person of its own', async () => {
    const found = await database.query(
      `select external_order_id as id, customer_id, customer_order_seq from fct_orders
       where external_order_id like 'guest-%' order by external_order_id`,
    );

    const [first, second, nobody, noOne] = found;
    expect(first?.['customer_id']).toBe(second?.['customer_id']);
    expect([first, second].map((order) => Number(order?.['customer_order_seq']))).toEqual([1, 2]);
    expect(new Set(found.map((order) => order['customer_id'])).size).toBe(3);
    expect([nobody, noOne].map((order) => Number(order?.['customer_order_seq']))).toEqual([1, 1]);
    expect(found.every((order) => order['customer_id'] !== null)).toBe(true);
  });

  test('a partial refund takes from its order, and from the day on which the money went back', async () => {
    const found = await orders(
      'refund-part',
      'is_valid, gross_sales, returns, net_sales, total_amount, refunded_amount, net_revenue',
    );

    expect(found).toEqual([
      {
        id: 'refund-part',
        is_valid: 1,
        gross_sales: 200,
        returns: 100,
        net_sales: 100,
        total_amount: 220,
        // One of two units, and half of the freight.
        refunded_amount: 110,
        net_revenue: 110,
      },
    ]);
    expect(await day('2025-04-10', 'refunds, refunds_by_refund_date, net_revenue')).toEqual({
      refunds: 110,
      refunds_by_refund_date: 0,
      net_revenue: 110,
    });
    expect(await day('2025-05-02', 'refunds, refunds_by_refund_date, net_revenue')).toEqual({
      refunds: 0,
      refunds_by_refund_date: 110,
      net_revenue: 0,
    });
    const lines = await figures(
      database,
      `select i.quantity, i.refunded_quantity, i.net_after_refunds from fct_order_items as i
       join fct_orders as o on o.order_id = i.order_id where o.external_order_id = 'refund-part'`,
    );
    expect(lines).toEqual([{ quantity: 2, refunded_quantity: 1, net_after_refunds: 100 }]);
  });

  test('a gift card that is sold is no sale, and one that pays is', async () => {
    const found = await orders(
      'gift-%',
      'gross_sales, gift_card_sales, returns, total_amount, net_revenue',
    );

    expect(found).toEqual([
      {
        id: 'gift-paid',
        gross_sales: 80,
        gift_card_sales: 0,
        returns: 0,
        total_amount: 80,
        net_revenue: 80,
      },
      {
        id: 'gift-returned',
        gross_sales: 0,
        gift_card_sales: 70,
        returns: 0,
        total_amount: 70,
        net_revenue: 0,
      },
      {
        id: 'gift-sold',
        gross_sales: 0,
        gift_card_sales: 90,
        returns: 0,
        total_amount: 90,
        net_revenue: 90,
      },
    ]);
  });

  test('an order ten minutes before midnight is of that day, not of the day in UTC', async () => {
    const found = await orders(
      'late',
      'cast(order_created_at as char(19)) as utc, cast(order_created_local as char(19)) as local, date_key',
    );

    expect(found).toEqual([
      { id: 'late', utc: '2025-03-02 02:50:00', local: '2025-03-01 23:50:00', date_key: 20250301 },
    ]);
    expect(await day('2025-03-01', 'orders, revenue')).toEqual({ orders: 1, revenue: 11 });
    expect(await day('2025-03-02', 'orders')).toEqual({ orders: 0 });
  });

  test('the clock of 2018 goes forward in November and back in February', async () => {
    const found = await orders('dst-%', 'cast(order_created_local as char(19)) as local, date_key');

    expect(found).toEqual([
      // 23:30 came twice.
      { id: 'dst-1', local: '2018-02-17 23:30:00', date_key: 20180217 },
      { id: 'dst-2', local: '2018-02-17 23:30:00', date_key: 20180217 },
      { id: 'dst-3', local: '2018-02-18 00:30:00', date_key: 20180218 },
      // After 23:59 came 01:00.
      { id: 'dst-4', local: '2018-11-03 23:59:59', date_key: 20181103 },
      { id: 'dst-5', local: '2018-11-04 01:00:00', date_key: 20181104 },
    ]);
  });

  test('a renamed campaign is one, and links with its old name still lead to it', async () => {
    const campaigns = await database.query(
      `select campaign_id, campaign_name, funnel_stage, first_seen, last_seen from dim_campaigns
       where platform = 'meta' and platform_campaign_id = '77'`,
    );

    expect(campaigns).toEqual([
      {
        campaign_id: expect.any(String) as unknown,
        campaign_name: 'Remarketing junho',
        funnel_stage: 'BOFU',
        first_seen: '2025-06-01',
        last_seen: '2025-06-03',
      },
    ]);
    const [{ campaign_id: renamed } = {}] = campaigns;
    const visits = await database.query(
      `select session_key, campaign_id from fct_sessions where session_key like 'visit-%' order by session_key`,
    );
    expect(visits).toEqual([
      { session_key: 'visit-encoded', campaign_id: renamed },
      { session_key: 'visit-id', campaign_id: renamed },
      { session_key: 'visit-new', campaign_id: renamed },
      { session_key: 'visit-old', campaign_id: renamed },
      { session_key: 'visit-reference', campaign_id: renamed },
      // What another campaign is called now is that campaign, whatever was called so before.
      {
        session_key: 'visit-taken',
        campaign_id: expect.not.stringMatching(`^${String(renamed)}$`) as unknown,
      },
      { session_key: 'visit-unknown', campaign_id: null },
    ]);
    const [spend] = await figures(
      database,
      `select sum(spend) as spend from rpt_campaign_performance
       where attribution_model = 'linear' and campaign_id = ${String(renamed)}`,
    );
    expect(spend).toEqual({ spend: 30 });
  });

  test('who buys in two shops is one customer, new in each of them once', async () => {
    const found = await orders('shared-%', 'customer_order_seq, is_new_customer, is_new_in_store');
    const customers = await figures(
      database,
      `select d.account_count, d.total_orders, d.total_revenue from dim_customers as d
       where d.customer_id in (select customer_id from fct_orders where external_order_id like 'shared-%')`,
    );

    expect(found).toEqual([
      { id: 'shared-1', customer_order_seq: 1, is_new_customer: 1, is_new_in_store: 1 },
      { id: 'shared-2', customer_order_seq: 2, is_new_customer: 0, is_new_in_store: 1 },
      { id: 'shared-3', customer_order_seq: 3, is_new_customer: 0, is_new_in_store: 0 },
    ]);
    expect(customers).toEqual([{ account_count: 2, total_orders: 3, total_revenue: 60 }]);
  });

  test(
    'where only identified customers count, a guest of whom nothing is known is in the sales and in no cohort',
    async () => {
      const other = await server.database();
      const order = (id: string, more: StagedRow) => ({
        order: { external_order_id: id, created_at: '2025-02-01 15:00:00', ...more },
      });
      await build(
        other,
        shop([
          order('nobody', {}),
          order('guest', { email_hash: 'e'.repeat(64) }),
          order('account', { external_customer_id: 'a' }),
        ]),
        { counted_customers: 'identified' },
      );

      const [counts] = await figures(
        other,
        `select (select sum(cohort_size) from mart_cohort_retention where period = 0) as cohort,
           (select count(*) from mart_customer_rfm) as scored,
           (select count(*) from mart_customer_ltv) as valued,
           (select count(*) from mart_customer_churn) as watched,
           (select count(*) from int_customer_purchases) as predicted,
           (select sum(revenue) from rpt_daily_performance) as revenue,
           (select count(*) from dim_customers where rfm_segment = 'unidentified') as unidentified`,
      );
      const counted = { cohort: 2, scored: 2, valued: 2, watched: 2, predicted: 2 };
      expect(counts).toEqual({ ...counted, revenue: 300, unidentified: 1 });
    },
    10 * MINUTES,
  );

  test(
    'a boleto that is paid eleven days later is a sale of the day on which it was ordered',
    async () => {
      const other = await server.database();
      const boleto = {
        external_order_id: 'boleto',
        external_customer_id: 'b',
        payment_method: 'boleto',
        created_at: '2025-06-01 15:00:00',
      };
      const pending = { ...boleto, payment_status: 'pending', paid_at: null };
      await build(other, shop([{ order: { ...pending, updated_at: boleto.created_at } }]), {
        as_of: '2025-06-10',
      });
      const before = await figures(
        other,
        'select is_valid, is_payment_expired, net_revenue from fct_orders',
      );
      await dropStaged(other);

      const paid = { ...boleto, payment_status: 'paid', paid_at: '2025-06-12 15:00:00' };
      await build(other, shop([{ order: { ...paid, updated_at: paid.paid_at } }]), {
        as_of: '2025-06-13',
      });

      expect(before).toEqual([{ is_valid: 0, is_payment_expired: 1, net_revenue: 0 }]);
      const after = await figures(
        other,
        `select o.is_valid, o.is_payment_expired, o.net_revenue, o.date_key, d.revenue
         from fct_orders as o join rpt_daily_performance as d on d.date_key = o.date_key`,
      );
      expect(after).toEqual([
        { is_valid: 1, is_payment_expired: 0, net_revenue: 100, date_key: 20250601, revenue: 100 },
      ]);
      const [funnel] = await figures(
        other,
        'select orders_paid, orders_expired, median_hours_to_pay from rpt_payment_funnel',
      );
      expect(funnel).toEqual({ orders_paid: 1, orders_expired: 0, median_hours_to_pay: 11 * 24 });
      const [attributed] = await figures(
        other,
        `select sum(attributed_revenue) as revenue from fct_attribution where attribution_model = 'markov'`,
      );
      expect(attributed).toEqual({ revenue: 100 });
    },
    10 * MINUTES,
  );
});

function allSpots(): StagedRows {
  const at = (date: string) => `${date} 15:00:00`;
  const refund = (orderId: string, id: string, more: StagedRow) =>
    stagedRefund({
      external_order_id: orderId,
      external_refund_id: id,
      refunded_at: at('2025-05-02'),
      ...more,
    });
  const visit = (name: string, campaign: string) => ({
    origin: 'ga4',
    session_key: `visit-${name}`,
    anonymous_id: `browser-${name}`,
    started_at: at('2025-06-02'),
    source: 'facebook',
    medium: 'cpc',
    campaign,
  });
  const spend = (id: string, spendDate: string, campaign: string) => ({
    platform: 'meta',
    account_id: 'a1',
    spend_date: spendDate,
    platform_campaign_id: id,
    campaign_name: campaign,
    currency: 'BRL',
    impressions: 100,
    clicks: 10,
    spend: 10,
    platform_purchases: 0,
    platform_revenue: 0,
    platform_leads: 0,
  });
  const state = (name: string, price: number, created: string, more: StagedRow) => ({
    order: {
      external_order_id: `state-${name}`,
      external_customer_id: 'state',
      created_at: at(created),
      ...more,
    },
    price,
  });
  const order = (id: string, created: string, more: StagedRow = {}) => ({
    order: { external_order_id: id, created_at: created, ...more },
  });
  const unpaid = { payment_status: 'pending', paid_at: null };
  const giftCard = { line: { is_gift_card: 1 } };
  return shop(
    [
      state('cancelled', 40, '2025-06-27', {
        order_status: 'cancelled',
        cancelled_at: at('2025-06-28'),
      }),
      state('unpaid', 60, '2025-06-27', unpaid),
      state('pending', 50, '2025-06-30', unpaid),
      state('valid', 30, '2025-06-30', {}),
      order('guest-1', at('2025-02-01'), { email_hash: 'e'.repeat(64) }),
      order('guest-2', at('2025-02-03'), { email_hash: 'e'.repeat(64) }),
      order('guest-3', at('2025-02-03')),
      order('guest-4', at('2025-02-03')),
      {
        ...order('refund-part', at('2025-04-10'), {
          payment_status: 'partially_refunded',
          shipping_revenue: 20,
        }),
        line: { quantity: 2 },
      },
      { ...order('gift-sold', at('2025-01-10')), price: 90, ...giftCard },
      {
        ...order('gift-returned', at('2025-01-10'), { payment_status: 'refunded' }),
        price: 70,
        ...giftCard,
      },
      { ...order('gift-paid', at('2025-01-11'), { payment_method: 'gift_card' }), price: 80 },
      { ...order('late', '2025-03-02 02:50:00'), price: 11 },
      order('dst-1', '2018-02-18 01:30:00'),
      order('dst-2', '2018-02-18 02:30:00'),
      order('dst-3', '2018-02-18 03:30:00'),
      order('dst-4', '2018-11-04 02:59:59'),
      order('dst-5', '2018-11-04 03:00:00'),
      ...['s1', 's2', 's2'].map((store, index) => ({
        ...order(`shared-${index + 1}`, at(`2025-02-0${index + 1}`), {
          external_customer_id: `account-${store}`,
          store_id: store,
          document_hash: 'd'.repeat(64),
        }),
        price: 10 * (index + 1),
      })),
    ],
    {
      refunds: [
        refund('refund-part', 'goods', { external_item_id: '1', quantity: 1, amount: 100 }),
        refund('refund-part', 'freight', { amount: 10, is_shipping: 1 }),
        refund('gift-returned', 'card', {
          external_item_id: '1',
          quantity: 1,
          amount: 70,
          refunded_at: at('2025-05-05'),
        }),
      ],
      ad_daily: [
        spend('77', '2025-06-01', 'Topo junho'),
        spend('77', '2025-06-02', 'Ofertas'),
        spend('77', '2025-06-03', 'Remarketing junho'),
        spend('78', '2025-06-03', 'Ofertas'),
      ],
      sessions: [
        visit('id', '77'),
        visit('old', 'topo junho'),
        visit('new', 'Remarketing Junho'),
        visit('taken', 'ofertas'),
        visit('unknown', 'natal'),
        visit('encoded', 'Remarketing%20junho'),
        { ...visit('reference', 'natal'), landing_page: 'https://loja.example/?a=1&utm_id=77#top' },
      ],
    },
  );
}

/** Rows whose numbers are numbers, whichever type and server they come from. */
async function figures(database: TestDatabase, sql: string) {
  const isNumber = /^-?\d{1,15}(?:\.\d+)?$/;
  const plain = (value: unknown) =>
    typeof value === 'string' && isNumber.test(value) ? Number(value) : value;
  return (await database.query(sql)).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
  );
}

async function dropStaged(database: TestDatabase): Promise<void> {
  for (const table of await database.relations()) {
    if (table.startsWith('fixture_')) await database.query(`drop table ${table}`);
  }
}
