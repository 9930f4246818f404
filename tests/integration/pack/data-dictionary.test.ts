import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { platformNames } from '../../../connectors/registry.ts';
import { packManifest } from '../../../docs/pack/pack-manifest.ts';
import { emptyRawTables } from '../../support/empty-raw-tables.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

/** The names and types that the client's own data dictionary gives: they are binding. */
const CLIENTS_DICTIONARY: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  dim_customers: {
    customer_id: /^bigint$/,
    external_customer_id: /^varchar\(100\)$/,
    email_hash: /^varchar\(64\)$/,
    first_order_date: /^date$/,
    first_order_channel: /^varchar\(50\)$/,
    total_orders: /^int$/,
    total_revenue: /^decimal\(/,
    rfm_segment: /^varchar\(50\)$/,
  },
  dim_products: {
    product_id: /^bigint$/,
    external_product_id: /^varchar\(100\)$/,
    sku: /^varchar\(100\)$/,
    product_name: /^varchar\(500\)$/,
    category_level_1: /^varchar\(200\)$/,
    current_price: /^decimal\(/,
    abc_classification: /^char\(1\)$/,
  },
  dim_campaigns: {
    campaign_id: /^bigint$/,
    platform: /^varchar\(50\)$/,
    platform_campaign_id: /^varchar\(100\)$/,
    platform_adset_id: /^varchar\(100\)$/,
    platform_ad_id: /^varchar\(100\)$/,
    campaign_name: /^varchar\(500\)$/,
    funnel_stage: /^varchar\(50\)$/,
  },
  fct_orders: {
    order_id: /^bigint$/,
    external_order_id: /^varchar\(100\)$/,
    customer_id: /^bigint$/,
    order_created_at: /^datetime/,
    total_amount: /^decimal\(/,
    fbc: /^varchar\(255\)$/,
    gclid: /^varchar\(255\)$/,
  },
  fct_ad_spend: {
    date_key: /^int$/,
    campaign_id: /^bigint$/,
    impressions: /^bigint$/,
    clicks: /^bigint$/,
    spend: /^decimal\(/,
  },
  fct_attribution: {
    order_id: /^bigint$/,
    campaign_id: /^bigint$/,
    attribution_model: /^varchar\(50\)$/,
    attributed_revenue: /^decimal\(/,
  },
  fct_order_items: {},
  dim_dates: {},
  dim_channels: {},
  rpt_daily_performance: {},
  rpt_channel_performance: {},
  rpt_ltv_cohort: {},
};

const typesFile = (server: string) =>
  fileURLToPath(new URL(`../../../docs/pack/types/${server}.json`, import.meta.url));

describe.each(servers)('what the pack builds on $name', (server) => {
  test('has the names, types and keys of the dictionary, and no column without a description', async () => {
    const database = await server.database();
    await emptyRawTables(database, platformNames);
    using project = packProject(database, { vars: { restricted_schema: '' } });

    const built = await project.run('build', '--exclude', 'test_type:data');

    expect(built.exitCode, built.stderr).toBe(0);
    const types = await builtTypes(database);
    for (const [table, columns] of Object.entries(CLIENTS_DICTIONARY)) {
      expect(types, table).toHaveProperty(table);
      for (const [column, type] of Object.entries(columns)) {
        expect(types[table]?.[column], `${table}.${column}`).toMatch(type);
      }
    }
    expect(await uniqueKeys(database, 'dim_campaigns')).toContain(
      'platform platform_campaign_id platform_adset_id platform_ad_id',
    );
    expect(namesOf(types)).toEqual(await describedNames());
    // `npx vitest run --project integration <this file> -u` writes what the dictionary shows.
    await expect(`${JSON.stringify(types, undefined, 2)}\n`).toMatchFileSnapshot(
      typesFile(server.name),
    );
  }, 600_000);
});

type Types = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Types by relation and column, in the order of names; without what servers only display. */
async function builtTypes({ name, query }: TestDatabase): Promise<Types> {
  const rows = await query(
    `select table_name as relation, column_name as name, column_type as type
     from information_schema.columns
     where table_schema = '${name}' and left(table_name, 4) <> 'raw_' and left(table_name, 2) <> '__'
     order by table_name, column_name`,
  );
  const types: Record<string, Record<string, string>> = {};
  for (const { relation, name: column, type } of rows) {
    (types[String(relation)] ??= {})[String(column)] = String(type)
      .replace(/ \/\*.*\*\/$/, '')
      .replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1');
  }
  return types;
}

/** The columns of each unique key in their order, with spaces between. */
async function uniqueKeys({ name, query }: TestDatabase, table: string): Promise<string[]> {
  const rows = await query(
    `select group_concat(column_name order by seq_in_index separator ' ') as names
     from information_schema.statistics
     where table_schema = '${name}' and table_name = '${table}' and non_unique = 0
     group by index_name`,
  );
  return rows.map(({ names }) => String(names));
}

function namesOf(types: Types): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(types).map(([relation, columns]) => [relation, Object.keys(columns).toSorted()]),
  );
}

async function describedNames(): Promise<Record<string, string[]>> {
  const { nodes } = await packManifest();
  return Object.fromEntries(
    [...nodes.values()]
      .filter(({ resourceType }) => resourceType === 'model' || resourceType === 'seed')
      .map(({ name, columns }) => [name, columns.map((column) => column.name).toSorted()]),
  );
}
