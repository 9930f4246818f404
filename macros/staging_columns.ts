interface StagedColumn {
  readonly name: string;
  /** Empty value that gives the column its type in a UNION. */
  readonly empty: string;
  /** The column of a platform's model, brought to that type where UNION would not. */
  readonly staged: string;
  /** What a platform of a project's own gives: its expression, brought to the type, or a default. */
  readonly given: string;
}

/** What platforms without a column have in it; anything else is empty. */
const DEFAULTS: Readonly<Record<string, string>> = { flag: '0', money: '0' };

/** Longest texts, in characters. Ids, codes and hashes differ when any byte does: `a` and `A` are two coupons. */
const LENGTHS: Readonly<Record<string, number>> = { hash: 64, key: 100, text: 500, long: 2000 };

const TYPES: Readonly<Record<string, string>> = {
  flag: 'signed',
  integer: 'signed',
  money: 'decimal(18,2)',
  price: 'decimal(18,6)',
  quantity: 'decimal(18,4)',
  instant: 'datetime(6)',
  day: 'date',
};

const STORE = 'platform:key store_id:key';
const HASHES = 'email_hash:hash phone_hash:hash document_hash:hash';
const UTM = 'utm_source:text utm_medium:text utm_campaign:text utm_content:text utm_term:text';
const CLICKS = 'gclid:text gbraid:text wbraid:text fbclid:text ttclid:text';

/** What every platform's staging models give, whatever the platform calls it. */
const ENTITIES: Readonly<Record<string, string>> = {
  stores: `${STORE} store_name:text currency:key timezone:key created_at:instant`,
  orders: `${STORE} external_order_id:key order_number:key external_customer_id:key ${HASHES}
    created_at:instant updated_at:instant paid_at:instant cancelled_at:instant
    payment_status:key order_status:key is_test:flag sales_channel:key payment_method:key
    installments:integer currency:key order_discount:money shipping_revenue:money
    shipping_cost:money payment_fee:money tax:money platform_total:money coupon_codes:text landing_site:long
    referrer:long ${UTM} city:text state:text synced_at:instant is_deleted:flag`,
  order_contacts: `${STORE} external_order_id:key external_customer_id:key email:text phone:key full_name:text
    city:text state:text postal_code:key country:key ip:key user_agent:text`,
  order_items: `${STORE} external_order_id:key external_item_id:key line_number:integer
    external_product_id:key external_variant_id:key sku:key product_name:text quantity:quantity
    unit_price:price line_discount:money unit_cost:price is_gift_card:flag`,
  refunds: `${STORE} external_order_id:key external_refund_id:key external_item_id:key
    refunded_at:instant amount:money quantity:quantity reason:text is_shipping:flag
    is_adjustment:flag is_estimated:flag`,
  payments: `${STORE} external_order_id:key external_payment_id:key payment_method:key
    payment_status:key amount:money created_at:instant paid_at:instant`,
  customers: `${STORE} external_customer_id:key ${HASHES} accepts_marketing:flag city:text
    state:text created_at:instant updated_at:instant`,
  products: `${STORE} external_product_id:key product_name:text category_level_1:text
    category_level_2:text category_level_3:text brand:text is_active:flag is_deleted:flag
    created_at:instant`,
  variants: `${STORE} external_product_id:key external_variant_id:key sku:key variant_name:text
    price:money compare_at_price:money unit_cost:price stock:quantity
    on_hand:quantity is_deleted:flag`,
  abandoned_checkouts: `${STORE} external_checkout_id:key ${HASHES} created_at:instant
    completed_at:instant currency:key total_amount:money`,
  ad_daily: `platform:key account_id:key spend_date:day platform_campaign_id:key campaign_name:text
    platform_adset_id:key adset_name:text platform_ad_id:key ad_name:text objective:key
    currency:key account_timezone:key impressions:integer reach:integer clicks:integer
    spend:money platform_purchases:quantity platform_revenue:money platform_leads:quantity
    video_views:integer`,
  campaigns: `platform:key account_id:key platform_campaign_id:key status:key`,
  sessions: `origin:key session_key:key anonymous_id:key started_at:instant source:text medium:text
    campaign:text content:text term:text ${CLICKS} landing_page:long transaction_id:key
    version:integer`,
  traffic_daily: `origin:key account_id:key traffic_date:day source:text medium:text campaign:text
    sessions:integer purchases:integer purchase_revenue:money`,
};

interface Entity {
  readonly entity: string;
  /** SQL by column, for `given`. */
  readonly columns?: Readonly<Record<string, string>> | null;
  /** The columns wanted, where not all are. */
  readonly only?: readonly string[] | null;
}

/** The columns of an entity in their order, each with an empty value of its type. */
export function stagingColumns({ entity, columns, only }: Entity): readonly StagedColumn[] {
  const known = columns ?? {};
  const written = ENTITIES[entity]?.split(/\s+/).map((column) => column.split(':'));
  if (written === undefined) throw new Error(`no platform stages \`${entity}\``);
  const names = written.map(([name = '']) => name);
  const unknown = [...Object.keys(known), ...(only ?? [])].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`\`${entity}\` has no column \`${unknown}\`; it has ${names.join(', ')}`);
  }
  const wanted = written.filter(([name = '']) => only?.includes(name) ?? true);
  return wanted.map(([name = '', type = '']) => {
    const sql = known[name] ?? DEFAULTS[type] ?? 'null';
    const length = LENGTHS[type];
    if (length === undefined) {
      const cast = (value: string) => `cast(${value} as ${TYPES[type] ?? ''})`;
      return { name, empty: cast('null'), staged: name, given: cast(sql) };
    }
    const text = (value: string) =>
      `left(convert(${value} using utf8mb4), ${length}) collate utf8mb4_bin`;
    return {
      name,
      empty: `cast(null as char(${length})) collate utf8mb4_bin`,
      staged: text(name),
      given: text(sql),
    };
  });
}
