import { formatCount } from '../../kernel/format.ts';
import { textTable } from '../../report/table.ts';
import { identifier } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import type { Database } from '../../warehouse/database.ts';

/** Where the figures of a platform stand in its raw tables. */
interface FiguresOf {
  readonly label: string;
  readonly table: string;
  readonly orders?: string;
  readonly revenue?: string;
  readonly spend?: string;
}

/** Revenue is what orders came to that were paid; spend is what the platform charged. */
const FIGURES: Readonly<Record<string, FiguresOf>> = {
  nuvemshop: {
    label: 'Nuvemshop',
    table: 'orders',
    orders: 'count(*)',
    revenue: "sum(if(payment_status = 'paid', total, 0))",
  },
  tray: {
    label: 'Tray',
    table: 'orders',
    orders: 'count(*)',
    revenue: "sum(if(has_payment and status_type <> 'canceled', total, 0))",
  },
  shopify: {
    label: 'Shopify',
    table: 'orders',
    orders: 'count(*)',
    revenue: "sum(if(financial_status in ('PAID', 'PARTIALLY_REFUNDED'), total_price, 0))",
  },
  meta_ads: { label: 'Meta Ads', table: 'ad_insights_daily', spend: 'sum(spend)' },
  google_ads: { label: 'Google Ads', table: 'campaign_daily', spend: 'sum(cost)' },
  tiktok_ads: { label: 'TikTok Ads', table: 'campaign_report_daily', spend: 'sum(spend)' },
  ga4: {
    label: 'Google Analytics 4',
    table: 'transactions',
    orders: 'sum(ecommerce_purchases)',
    revenue: 'sum(purchase_revenue)',
  },
};

/** What stands in the raw tables, one line a platform. */
export async function resultsTable(database: Database): Promise<string> {
  const rows = [];
  for (const [platform, figures] of Object.entries(FIGURES)) {
    const tables = await rawTablesOf(database, platform);
    const [found] = await database.control.query(figuresQuery(database, platform, figures));
    rows.push({
      platform: figures.label,
      tables: String(tables.length),
      rows: formatCount(await rowsIn(database, tables)),
      orders: countText(found?.['orders']),
      revenue: moneyText(found?.['revenue']),
      spend: moneyText(found?.['spend']),
    });
  }
  return textTable(['platform', 'tables', 'rows', 'orders', 'revenue', 'spend'], rows);
}

async function rawTablesOf({ control, database }: Database, platform: string): Promise<string[]> {
  const prefix = `raw_${platform}_`;
  const rows = await control.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${literal(database)}` +
      ` AND left(table_name, ${prefix.length}) = ${literal(prefix)}`,
  );
  return rows.map(({ name }) => String(name));
}

async function rowsIn(database: Database, tables: readonly string[]): Promise<number> {
  if (tables.length === 0) return 0;
  const counts = tables.map((table) => `(SELECT count(*) FROM ${nameOf(database, table)})`);
  const [row] = await database.control.query(`SELECT ${counts.join(' + ')} AS n`);
  return Number(row?.['n']);
}

function figuresQuery(database: Database, platform: string, figures: FiguresOf): string {
  const { orders = 'NULL', revenue = 'NULL', spend = 'NULL' } = figures;
  const table = nameOf(database, `raw_${platform}_${figures.table}`);
  return `SELECT ${orders} AS orders, ${revenue} AS revenue, ${spend} AS spend FROM ${table} WHERE _deleted_at IS NULL`;
}

function nameOf({ database }: Database, table: string): string {
  return `${identifier(database)}.${identifier(table)}`;
}

function countText(value: unknown): string {
  return value === null || value === undefined ? '' : formatCount(Number(value));
}

/** `R$ 12,345.60`. */
function moneyText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const [whole = '0', cents = '00'] = Number(value).toFixed(2).split('.');
  return `R$ ${formatCount(Number(whole))}.${cents}`;
}
