import type { Random } from '../../connectors/simulators/random.ts';
import type { StagedRow } from './staged-rows.ts';
import { stagedItem, stagedOrder, stagedRefund } from './staged-rows.ts';

/** A shop's staged rows that change as those of real shops do, late and anywhere. */
export interface LateShop {
  readonly rows: Readonly<Record<string, readonly StagedRow[]>>;
  /** What one dollar costs: a seed of the project. */
  readonly dollar: number;
}

type Rows = Record<string, StagedRow[]>;
export type LateChange = (rows: Rows, random: Random, syncedAt: string) => void;

const FIRST_DAY = Date.UTC(2025, 4, 1);
// Named so because lines of Shopify cost what their variants cost today.
const SHOP = { platform: 'shopify', store_id: 's1' };
const PEOPLE = 40;
const SOURCES: readonly (readonly [source: string | null, medium: string | null])[] = [
  [null, null],
  ['google', 'cpc'],
  ['google', 'organic'],
  ['facebook', 'cpc'],
  ['newsletter', 'email'],
  ['blog.com.br', 'referral'],
];

/** Sixty days of a small shop, the last ten of them after `2025-06-20`. */
export function lateShop(random: Random): LateShop {
  const rows: Rows = {
    stores: [{ ...SHOP, store_name: 'Loja', currency: 'BRL', timezone: 'America/Sao_Paulo' }],
    orders: [],
    order_items: [],
    refunds: [],
    payments: [],
    customers: Array.from({ length: PEOPLE }, (_, index) => account(String(index), random)),
    products: ['P1', 'P2', 'P3'].map((id) => ({
      ...SHOP,
      external_product_id: id,
      product_name: id,
      is_active: 1,
      is_deleted: 0,
    })),
    variants: ['V0', 'V1', 'V2', 'V3', 'V4', 'V5'].map((id) => ({
      ...SHOP,
      external_product_id: 'P1',
      external_variant_id: id,
      unit_cost: 5,
      stock: 10,
      is_deleted: 0,
    })),
    abandoned_checkouts: [],
    ad_daily: [],
    sessions: [],
  };
  for (let index = 0; index < 120; index += 1) addOrder(rows, random, days(random, 60), SYNCED);
  for (let index = 0; index < 120; index += 1) addSession(rows, random, days(random, 60));
  for (let day = 0; day < 60; day += 3) addSpend(rows, random, day);
  addStrangers(rows);
  return { rows: withCosts(rows), dollar: 5 };
}

/** The same shop after changes of some kinds and a few of any other, synced at that instant. */
export function changeLate(
  shop: LateShop,
  kinds: readonly LateChange[],
  random: Random,
  syncedAt: string,
): LateShop {
  const rows: Rows = Object.fromEntries(
    Object.entries(shop.rows).map(([entity, all]) => [entity, [...all]]),
  );
  const others = Array.from({ length: 3 }, () => random.pick(LATE_CHANGES));
  for (const change of [...kinds, ...others]) change(rows, random, syncedAt);
  const dollar = below(random, 3) === 0 ? shop.dollar + 0.25 : shop.dollar;
  return { rows: withCosts(rows), dollar };
}

/** Lines cost what their variants cost now. */
function withCosts(rows: Rows): Rows {
  const costs = new Map(
    rowsOf(rows, 'variants').map((variant) => [
      variant['external_variant_id'],
      variant['unit_cost'] ?? null,
    ]),
  );
  const costed = rowsOf(rows, 'order_items').map((line) => ({
    ...line,
    unit_cost: costs.get(line['external_variant_id']) ?? null,
  }));
  return { ...rows, order_items: costed };
}

/** The same shop after one order was cancelled, one day of one ad was restated and one session got an event. */
export function changeLittle({ rows, dollar }: LateShop, syncedAt: string): LateShop {
  const first = (entity: string, change: StagedRow) => {
    const [row, ...others] = rows[entity] ?? [];
    return [{ ...row, ...change }, ...others];
  };
  const changed = {
    orders: first('orders', { order_status: 'cancelled', synced_at: syncedAt }),
    ad_daily: first('ad_daily', { spend: 1234.56 }),
    sessions: first('sessions', { source: 'bing', medium: 'cpc', version: 1000 }),
  };
  return { rows: { ...rows, ...changed }, dollar };
}

const SYNCED = '2025-06-20 06:00:00';

/** Every kind of change that a shop makes after the fact. */
export const LATE_CHANGES: readonly LateChange[] = [
  function placeOrder(rows, random, syncedAt) {
    addOrder(rows, random, days(random, 60), syncedAt);
  },
  function payLate(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, ({ external_order_id, created_at }) => {
      const paid = { payment_status: 'paid', paid_at: later(String(created_at), 11) };
      rows['payments'] = rowsOf(rows, 'payments').map((payment) =>
        payment['external_order_id'] === external_order_id ? { ...payment, ...paid } : payment,
      );
      return paid;
    });
  },
  function cancel(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, () => ({ order_status: 'cancelled' }));
  },
  function takeBack(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, () => ({ order_status: 'open', payment_status: 'pending' }));
  },
  function changeCoupon(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, () => ({
      coupon_codes: `CUPOM${below(random, 3)}`,
      order_discount: below(random, 500) / 100,
    }));
  },
  function moveDate(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, ({ created_at }) => ({
      created_at: later(String(created_at), below(random, 9) - 4),
    }));
  },
  function deleteOrder(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, () => ({ is_deleted: 1 }));
  },
  function restoreOrders(rows, _random, syncedAt) {
    rows['orders'] = rowsOf(rows, 'orders').map((order) =>
      order['is_deleted'] === 1 ? { ...order, is_deleted: 0, synced_at: syncedAt } : order,
    );
  },
  function editLines(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, ({ external_order_id }) => {
      const others = rowsOf(rows, 'order_items').filter(
        (line) => line['external_order_id'] !== external_order_id,
      );
      rows['order_items'] = [...others, ...linesOf(String(external_order_id), random)];
      return {};
    });
  },
  function changeBuyer(rows, random, syncedAt) {
    editOrder(rows, random, syncedAt, () => ({
      email_hash: `email${below(random, PEOPLE)}`,
      phone_hash: `phone${below(random, 3 * PEOPLE)}`,
    }));
  },
  // Refunds of Shopify come on their own: the order does not change with them.
  function refund(rows, random) {
    const order = random.pick(rowsOf(rows, 'orders'));
    const line = rowsOf(rows, 'order_items').find(
      (item) => item['external_order_id'] === order['external_order_id'],
    );
    rowsOf(rows, 'refunds').push(
      stagedRefund({
        ...SHOP,
        external_order_id: order['external_order_id'] ?? null,
        external_refund_id: `r${rowsOf(rows, 'refunds').length}-${below(random, 1_000_000)}`,
        external_item_id: below(random, 2) === 0 ? null : (line?.['external_item_id'] ?? null),
        refunded_at: later(String(order['created_at']), 1 + below(random, 40)),
        amount: 1 + below(random, 900) / 100,
        quantity: 1,
      }),
    );
  },
  function changeRefund(rows, random) {
    edit(rows, 'refunds', random, () => ({ amount: 1 + below(random, 900) / 100 }));
  },
  function changeCost(rows, random) {
    edit(rows, 'variants', random, () => ({ unit_cost: 1 + below(random, 30) }));
  },
  function dropRefund(rows, random) {
    drop(rows, 'refunds', random);
  },
  // An account whose e-mail address changes joins people, or parts them.
  function changeAccount(rows, random) {
    edit(rows, 'customers', random, () => ({
      email_hash: `email${below(random, PEOPLE)}`,
      phone_hash: below(random, 3) === 0 ? `phone${below(random, 3 * PEOPLE)}` : null,
    }));
  },
  function restateSpend(rows, random) {
    edit(rows, 'ad_daily', random, () => ({
      spend: below(random, 90_000) / 100,
    }));
  },
  function renameCampaign(rows, random) {
    edit(rows, 'ad_daily', random, () => ({
      campaign_name: `campanha ${below(random, 4)}`,
    }));
  },
  function dropSpend(rows, random) {
    drop(rows, 'ad_daily', random);
  },
  function addSpendDay(rows, random) {
    addSpend(rows, random, 1 + 3 * below(random, 19));
  },
  function sessionArrives(rows, random) {
    addSession(rows, random, days(random, 60));
  },
  function sessionBeganEarlier(rows, random) {
    editSession(rows, random, ({ started_at }) => ({
      started_at: later(String(started_at), -1),
    }));
  },
  function sessionShrank(rows, random) {
    editSession(rows, random, () => ({ landing_page: `/p${below(random, 9)}` }));
  },
  function sessionWithoutVersionChanged(rows, random) {
    const all = rowsOf(rows, 'sessions');
    const session = random.pick(all.filter(({ version }) => version === null));
    all[all.indexOf(session)] = { ...session, source: 'bing', medium: 'organic' };
  },
  // What the order remembers of its visit is a touch of its own until that session is seen.
  function sessionOfOrderArrives(rows, random) {
    const order = random.pick(
      rowsOf(rows, 'orders').filter(({ utm_source }) => utm_source !== null),
    );
    addSession(rows, random, text(instantOf(String(order['created_at'])) - 300_000), {
      source: order['utm_source'] ?? null,
      medium: order['utm_medium'] ?? null,
      campaign: null,
      transaction_id: order['external_order_id'] ?? null,
    });
  },
  function sessionVanished(rows, random) {
    drop(rows, 'sessions', random);
  },
  // A buyer without touches has no path any more, and is still a buyer.
  function browsersVanished(rows, random) {
    const gone = new Set(
      Array.from({ length: 10 }, () => random.pick(rowsOf(rows, 'sessions'))['anonymous_id']),
    );
    rows['sessions'] = rowsOf(rows, 'sessions').filter(
      ({ anonymous_id }) => !gone.has(anonymous_id),
    );
  },
  // A visit that led to nothing yet is older than the window once its visitor is known to have bought later.
  function strangersAreOne(rows, _random, syncedAt) {
    rows['orders'] = rowsOf(rows, 'orders').map((order) =>
      order['external_order_id'] === BOUGHT_LATER
        ? { ...order, email_hash: 'email-of-visitor', synced_at: syncedAt }
        : order,
    );
  },
  function buyInSession(rows, random) {
    const order = random.pick(rowsOf(rows, 'orders'));
    editSession(rows, random, () => ({ transaction_id: order['external_order_id'] ?? null }));
  },
];

const BOUGHT_LATER = 'bought-later';

/** One who visited and never paid, whose path is open, and one who bought seven weeks later and was never seen. */
function addStrangers(rows: Rows): void {
  const visited = '2025-05-03 12:00:00';
  // The smaller of the two keys is the visitor's, which stays when they turn out to be one.
  const visitor = { ...SHOP, external_customer_id: '-visitor', email_hash: 'email-of-visitor' };
  rowsOf(rows, 'customers').push({ ...visitor, accepts_marketing: 0, created_at: visited });
  rowsOf(rows, 'orders').push(
    stagedOrder({
      ...visitor,
      external_order_id: 'never-paid',
      created_at: visited,
      payment_status: 'pending',
      synced_at: SYNCED,
    }),
    stagedOrder({
      ...SHOP,
      external_order_id: BOUGHT_LATER,
      email_hash: 'email-of-buyer',
      created_at: '2025-06-19 12:00:00',
      synced_at: SYNCED,
    }),
  );
  rowsOf(rows, 'sessions').push({
    origin: 'ga4',
    session_key: 'visit-of-stranger',
    anonymous_id: 'browser-of-stranger',
    started_at: visited,
    source: 'google',
    medium: 'organic',
    transaction_id: 'never-paid',
    version: 1,
  });
}

function account(id: string, random: Random): StagedRow {
  return {
    ...SHOP,
    external_customer_id: id,
    email_hash: below(random, 4) === 0 ? null : `email${id}`,
    accepts_marketing: below(random, 2),
    created_at: '2025-01-01 12:00:00',
  };
}

function addOrder(rows: Rows, random: Random, created: string, syncedAt: string): void {
  const id = `o${rowsOf(rows, 'orders').length}`;
  const isGuest = below(random, 4) === 0;
  const buyer = String(below(random, PEOPLE));
  const [source, medium] = random.pick(SOURCES);
  const status = below(random, 4) === 0 ? 'pending' : 'paid';
  rowsOf(rows, 'orders').push(
    stagedOrder({
      ...SHOP,
      external_order_id: id,
      external_customer_id: isGuest ? null : buyer,
      email_hash: below(random, 2) === 0 ? `email${buyer}` : null,
      created_at: created,
      payment_status: status,
      payment_method: below(random, 2) === 0 ? 'pix' : 'boleto',
      currency: below(random, 20) === 0 ? 'USD' : 'BRL',
      order_discount: below(random, 300) / 100,
      shipping_revenue: below(random, 2000) / 100,
      utm_source: below(random, 2) === 0 ? source : null,
      utm_medium: below(random, 2) === 0 ? medium : null,
      synced_at: syncedAt,
    }),
  );
  rowsOf(rows, 'order_items').push(...linesOf(id, random));
  if (below(random, 5) > 0)
    rowsOf(rows, 'payments').push({
      ...SHOP,
      external_order_id: id,
      external_payment_id: `p-${id}`,
      payment_method: 'pix',
      payment_status: status,
      amount: 10,
      created_at: created,
      paid_at: status === 'paid' ? created : null,
    });
}

function linesOf(orderId: string, random: Random): StagedRow[] {
  return Array.from({ length: below(random, 4) }, (_, index) =>
    stagedItem({
      ...SHOP,
      external_order_id: orderId,
      external_item_id: String(index),
      line_number: index + 1,
      external_product_id: `P${1 + below(random, 4)}`,
      external_variant_id: `V${below(random, 6)}`,
      quantity: 1 + below(random, 3),
      unit_price: 10 + below(random, 9000) / 100,
      is_gift_card: below(random, 9) === 0 ? 1 : 0,
    }),
  );
}

function addSession(rows: Rows, random: Random, startedAt: string, known: StagedRow = {}): void {
  const [source, medium] = random.pick(SOURCES);
  const orders = rowsOf(rows, 'orders');
  rowsOf(rows, 'sessions').push({
    origin: 'ga4',
    session_key: `s${below(random, 1_000_000_000)}`,
    anonymous_id: `browser${below(random, 2 * PEOPLE)}`,
    started_at: startedAt,
    source,
    medium,
    campaign: below(random, 3) === 0 ? `campanha ${below(random, 4)}` : null,
    transaction_id:
      below(random, 3) === 0 ? (random.pick(orders)['external_order_id'] ?? null) : null,
    // A few come from where sessions have no version.
    version: below(random, 9) === 0 ? null : 1,
    ...known,
  });
}

function editSession(rows: Rows, random: Random, change: (session: StagedRow) => StagedRow): void {
  edit(rows, 'sessions', random, (session) => ({
    ...change(session),
    version: session['version'] === null ? null : Number(session['version']) + 1,
  }));
}

function addSpend(rows: Rows, random: Random, day: number): void {
  for (const platform of ['meta', 'google']) {
    const spendDate = new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10);
    const isThere = rowsOf(rows, 'ad_daily').some(
      (row) => row['spend_date'] === spendDate && row['platform'] === platform,
    );
    if (isThere) continue;
    for (const ad of ['1', '2'])
      rowsOf(rows, 'ad_daily').push({
        platform,
        account_id: 'a1',
        spend_date: spendDate,
        platform_campaign_id: `c${ad}`,
        campaign_name: `campanha ${ad}`,
        platform_ad_id: ad,
        currency: platform === 'meta' ? 'BRL' : 'USD',
        impressions: 1000,
        clicks: below(random, 100),
        spend: below(random, 90_000) / 100,
      });
  }
}

function editOrder(
  rows: Rows,
  random: Random,
  syncedAt: string,
  change: (order: StagedRow) => StagedRow,
): void {
  edit(rows, 'orders', random, (order) => ({ ...change(order), synced_at: syncedAt }));
}

function edit(
  rows: Rows,
  entity: string,
  random: Random,
  change: (row: StagedRow) => StagedRow,
): void {
  const all = rowsOf(rows, entity);
  if (all.length === 0) return;
  const index = below(random, all.length);
  const row = all[index] ?? {};
  all[index] = { ...row, ...change(row) };
}

function drop(rows: Rows, entity: string, random: Random): void {
  const all = rowsOf(rows, entity);
  if (all.length > 0) all.splice(below(random, all.length), 1);
}

function rowsOf(rows: Rows, entity: string): StagedRow[] {
  return (rows[entity] ??= []);
}

/** A whole number from 0, less than the bound. */
function below(random: Random, bound: number): number {
  return random.whole(0, bound - 1);
}

/** An instant of the first days of the shop, UTC. */
function days(random: Random, count: number): string {
  return text(FIRST_DAY + below(random, count * 86_400) * 1000);
}

function later(instant: string, dayCount: number): string {
  return text(instantOf(instant) + dayCount * 86_400_000);
}

function instantOf(written: string): number {
  return Date.parse(`${written.replace(' ', 'T')}Z`);
}

function text(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}
