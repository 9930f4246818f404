/**
 * A shop of any size as SQL: every cell is an expression over the number `n` of its row, so that the server fills the
 * raw tables by itself and two runs get the same rows. Orders are spread evenly over 730 days that end with
 * 2026-06-30; order numbers beyond the size given lie on the days after.
 */
export interface ShopSize {
  /** Orders of the 730 days: what an order's place in time, and how many customers and products there are, depend on. */
  readonly orders: number;
}

/** Orders from `first` to `end` (exclusive), and all that comes with them. */
interface OrderRange {
  readonly first: number;
  readonly end: number;
}

export const DAYS = 730;
const LINES_PER_ORDER = 3;
export const SESSIONS_PER_ORDER = 5;

/** Rows of one raw table: `n` goes from `first` to `end` (exclusive). */
export interface RawRows {
  readonly table: string;
  readonly first: number;
  readonly end: number;
  readonly columns: Readonly<Record<string, string>>;
}

const BEGIN = `timestamp('2024-07-01 03:00:00')`;

/** A number below `below` that looks drawn and is the same in every run. */
function drawn(salt: string, number: string, below: number): string {
  return `(crc32(concat('${salt}', ${number})) % ${below})`;
}

/**
 * What belongs to orders: themselves, their lines, coupons, sessions, clicks and checkouts left behind. All of it was
 * read in the morning after the order, as it is in a shop that syncs every day.
 */
export function orderRows(size: ShopSize, { first, end }: OrderRange): RawRows[] {
  const buyer = (order: string) => drawn('buyer', order, Math.ceil(size.orders / 2));
  const product = (line: string) => drawn('product', line, productCount(size));
  const at = (order: string) =>
    `(${BEGIN} + interval floor(${order} * ${(DAYS * 86400) / size.orders}) second)`;
  const readAfter = (order: string) => ({
    _synced_at: `date(${at(order)} - interval 3 hour) + interval 30 hour`,
  });
  const shop = { _account_id: `'1001'` };
  const line = `n div ${LINES_PER_ORDER}`;
  const subtotal = `(${[0, 1, 2].map((place) => price(product(`n * 3 + ${place}`))).join(' + ')})`;
  const status = drawn('state', 'n', 20);
  const session = `n div ${SESSIONS_PER_ORDER}`;
  const place = `n % ${SESSIONS_PER_ORDER}`;
  const began = `(${at(session)} - interval ${place} day - interval (5 + ${drawn('minute', 'n', 300)}) minute)`;
  return [
    {
      table: 'raw_nuvemshop_orders',
      first,
      end,
      columns: {
        ...shop,
        ...readAfter('n'),
        _version: `'1'`,
        id: '5000000 + n',
        number: '100 + n',
        status: `if(${status} = 0, 'cancelled', 'closed')`,
        payment_status: `elt(${status} + 1, 'voided', 'pending', 'refunded'${`, 'paid'`.repeat(17)})`,
        created_at: at('n'),
        updated_at: `${at('n')} + interval 1 hour`,
        paid_at: `if(${status} > 1, ${at('n')} + interval 1 hour, null)`,
        currency: `'BRL'`,
        subtotal,
        shipping_cost_customer: '15',
        shipping_cost_owner: '12.5',
        total: `${subtotal} + 15 - if(n % 10 = 0, 5, 0)`,
        payment_method: `elt(1 + ${drawn('pays', 'n', 3)}, 'pix', 'credit_card', 'boleto')`,
        installments: '1',
        storefront: `if(${drawn('front', 'n', 25)} = 0, 'meli', 'store')`,
        landing_url: `concat('https://loja.example.com/p/', n % 97, '?utm_source=', ${source('n')}, '&utm_medium=cpc&utm_campaign=campanha-', ${drawn('ad', 'n', 10)})`,
        customer_id: `7000000 + ${buyer('n')}`,
        contact_name: `concat('Cliente ', ${buyer('n')})`,
        contact_email: `concat('c', ${buyer('n')}, '@example.com')`,
        contact_phone: `concat('119', lpad(${buyer('n')}, 8, '7'))`,
        shipping_city: `elt(1 + ${drawn('city', 'n', 3)}, 'São Paulo', 'Recife', 'Curitiba')`,
        shipping_province: `elt(1 + ${drawn('city', 'n', 3)}, 'São Paulo', 'Pernambuco', 'Paraná')`,
        shipping_country: `'BR'`,
        browser_ip: `'203.0.113.7'`,
        _record: `'{"client_details": {"user_agent": "Mozilla/5.0"}}'`,
        _record_hash: 'sha2(n, 256)',
      },
    },
    {
      table: 'raw_nuvemshop_order_lines',
      first: first * LINES_PER_ORDER,
      end: end * LINES_PER_ORDER,
      columns: {
        ...shop,
        ...readAfter(line),
        order_id: `5000000 + ${line}`,
        line_id: `9000000 + n`,
        product_id: `3000000 + ${product('n')}`,
        variant_id: `4000000 + ${product('n')}`,
        name: `concat('Produto ', ${product('n')})`,
        sku: `concat('SKU', ${product('n')})`,
        quantity: '1',
        price: price(product('n')),
        cost: `round(${price(product('n'))} * 0.4, 2)`,
        _position: `n % ${LINES_PER_ORDER}`,
        _record: `'{}'`,
      },
    },
    {
      table: 'raw_nuvemshop_abandoned_checkouts',
      first: Math.ceil(first / 5),
      end: Math.ceil(end / 5),
      columns: {
        ...shop,
        ...readAfter('n * 5'),
        _version: `'1'`,
        id: '8000000 + n',
        created_at: at('n * 5'),
        currency: `'BRL'`,
        total: '120',
        contact_email: `concat('c', ${buyer('n * 5')}, '@example.com')`,
        _record: `'{}'`,
        _record_hash: 'sha2(n, 256)',
      },
    },
    {
      table: 'raw_ga4_events',
      first: first * SESSIONS_PER_ORDER,
      end: end * SESSIONS_PER_ORDER,
      columns: {
        ...readAfter(session),
        _account_id: `'123'`,
        _key: 'sha2(n, 256)',
        event_date: `date(${began})`,
        event_timestamp: `unix_timestamp(${began}) * 1000000`,
        user_pseudo_id: `concat('b', ${buyer(session)})`,
        event_name: `if(${place} = 0, 'purchase', 'page_view')`,
        batch_page_id: '1',
        batch_ordering_id: '1',
        batch_event_index: 'n',
        event_at: began,
        ga_session_id: '1000000000 + n',
        page_location: `concat('https://loja.example.com/c/', n % 89, '?gclid=', if(n % 4 = 0, concat('g', n), ''))`,
        transaction_id: `if(${place} = 0, 100 + ${session}, null)`,
        session_source: `if(n % 6 = 0, '(direct)', ${source('n')})`,
        session_medium: `elt(1 + n % 6, '(none)', 'cpc', 'organic', 'email', 'referral', 'cpc')`,
        session_campaign: `if(n % 6 in (1, 5), concat('campanha-', ${drawn('ad', 'n', 10)}), null)`,
        gclid: `if(n % 4 = 0, concat('g', n), null)`,
        _record: `'{}'`,
        _record_hash: 'sha2(n, 256)',
      },
    },
    {
      table: 'raw_google_ads_clicks',
      first,
      end,
      columns: {
        ...readAfter('n'),
        _account_id: `'77'`,
        _key: 'sha2(n, 256)',
        resource_name: `concat('customers/77/clickViews/', n)`,
        gclid: `concat('g', n * 4)`,
        date: `date(${at('n')})`,
        campaign_id: `600 + ${drawn('ad', 'n', 10)}`,
        _record: `'{}'`,
        _record_hash: 'sha2(n, 256)',
      },
    },
  ];
}

/** Customers, products, and what the platforms of advertising report by day: what stays while orders come in. */
export function standingRows(size: ShopSize, syncedAt: string): RawRows[] {
  const record = { _synced_at: `'${syncedAt}'`, _record: `'{}'`, _record_hash: 'sha2(n, 256)' };
  const child = { _synced_at: `'${syncedAt}'`, _record: `'{}'`, _position: '0' };
  const shop = { _account_id: `'1001'` };
  const customers = Math.ceil(size.orders / 2);
  const products = productCount(size);
  const day = (perDay: number) => `date('2024-07-01') + interval n div ${perDay} day`;
  return [
    {
      table: 'raw_nuvemshop_store',
      first: 0,
      end: 1,
      columns: { ...shop, ...record, id: '1001', name: `'Loja'`, main_currency: `'BRL'` },
    },
    {
      table: 'raw_nuvemshop_customers',
      first: 0,
      end: customers,
      columns: {
        ...shop,
        ...record,
        _version: `'1'`,
        id: '7000000 + n',
        email: `concat('c', n, '@example.com')`,
        phone: `concat('119', lpad(n, 8, '7'))`,
        accepts_marketing: 'n % 2',
        default_city: `'Recife'`,
        created_at: `'2024-06-01'`,
        updated_at: `'2024-06-01'`,
      },
    },
    {
      table: 'raw_nuvemshop_products',
      first: 0,
      end: products,
      columns: {
        ...shop,
        ...record,
        _version: `'1'`,
        id: '3000000 + n',
        name: `concat('Produto ', n)`,
        brand: `'Marca'`,
        is_published: '1',
        created_at: `'2024-06-01'`,
      },
    },
    {
      table: 'raw_nuvemshop_product_variants',
      first: 0,
      end: products,
      columns: {
        ...shop,
        ...child,
        product_id: '3000000 + n',
        variant_id: '4000000 + n',
        sku: `concat('SKU', n)`,
        price: price('n'),
        manages_stock: '1',
        stock: '50',
      },
    },
    {
      table: 'raw_meta_ads_ad_insights_daily',
      first: 0,
      end: DAYS * META_ADS,
      columns: {
        ...record,
        _account_id: `'55'`,
        account_currency: `'BRL'`,
        date_start: day(META_ADS),
        time_zone: `'America/Sao_Paulo'`,
        campaign_id: `500 + n % ${META_ADS} div 4`,
        campaign_name: `concat('campanha-', n % ${META_ADS} div 4)`,
        adset_id: `50 + n % ${META_ADS} div 2`,
        adset_name: `'Conjunto'`,
        ad_id: `50000 + n % ${META_ADS}`,
        ad_name: `'Anúncio'`,
        impressions: '1000',
        reach: '900',
        clicks: '20',
        spend: `10 + ${drawn('spend', 'n', 90)}`,
      },
    },
    {
      table: 'raw_google_ads_campaign_daily',
      first: 0,
      end: DAYS * 10,
      columns: {
        ...record,
        _account_id: `'77'`,
        campaign_id: '600 + n % 10',
        date: day(10),
        device: `'MOBILE'`,
        ad_network_type: `'SEARCH'`,
        campaign_name: `concat('campanha-', n % 10)`,
        advertising_channel_type: `'SEARCH'`,
        impressions: '500',
        clicks: '30',
        cost: `20 + ${drawn('spend', 'n', 90)}`,
        currency_code: `'BRL'`,
        time_zone: `'America/Sao_Paulo'`,
      },
    },
    {
      table: 'raw_ga4_traffic_daily',
      first: 0,
      end: DAYS,
      columns: {
        ...record,
        _account_id: `'123'`,
        _key: 'sha2(n, 256)',
        date: day(1),
        session_source: `'google'`,
        session_medium: `'organic'`,
        session_campaign_name: `'(not set)'`,
        session_default_channel_group: `'Organic Search'`,
        sessions: '100',
        ecommerce_purchases: '5',
        purchase_revenue: '500',
      },
    },
  ];
}

export const META_ADS = 40;

function productCount({ orders }: ShopSize): number {
  return Math.max(100, Math.ceil(orders / 50));
}

function price(product: string): string {
  return `(20 + ${product} % 180)`;
}

function source(number: string): string {
  return `elt(1 + ${drawn('source', number, 4)}, 'google', 'facebook', 'instagram', 'newsletter')`;
}
