import type { Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { computed, isList, valueAt } from '../sdk/value-source.ts';
import type { JsonRecord } from '../sdk/json.ts';
import type { ShopifyAccount } from './account.ts';
import { PAGE_INFO } from './fragments.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';

const STATES = ['available', 'on_hand', 'committed', 'incoming', 'reserved'] as const;

const LEVEL = `id updatedAt location { id name isActive }
  quantities(names: ${JSON.stringify(STATES)}) { name quantity }`;

const ITEMS: Operation = {
  name: 'inventory_levels',
  cost: 652,
  document: `query inventory_levels($first: Int!, $after: String, $query: String) {
  inventoryItems(first: $first, after: $after, query: $query) {
    ${PAGE_INFO}
    nodes {
      id legacyResourceId sku tracked updatedAt unitCost { amount currencyCode }
      inventoryLevels(first: 10) { ${PAGE_INFO} nodes { ${LEVEL} } }
    }
  }
}`,
};

const MORE_LEVELS: Operation = {
  name: 'itemLevels',
  cost: 100,
  document: `query itemLevels($id: ID!, $after: String) {
  owner: inventoryItem(id: $id) {
    connection: inventoryLevels(first: 50, after: $after) { ${PAGE_INFO} nodes { ${LEVEL} } }
  }
}`,
};

/** An item's own change does not tell of its levels, so all of them are read each time. */
export const inventoryLevels: Stream<ShopifyAccount> = {
  name: 'inventory_levels',
  description: 'Stock of every variant; the child table has it by place.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the stock item', { length: 100 }),
    legacy_resource_id: bigint('legacyResourceId', 'Number of the stock item'),
    sku: text('sku', 'Stock keeping unit'),
    is_tracked: flag('tracked', 'Stock is counted'),
    unit_cost: decimal('unitCost.amount', 'What a unit costs the shop'),
    updated_at: instant('updatedAt', 'Last change of the item, UTC'),
  },
  children: [
    {
      name: 'inventory_level_locations',
      description: 'Units of a stock item at a place.',
      path: 'inventoryLevels.nodes',
      parentKey: ['inventory_item_id'],
      key: ['id'],
      columns: {
        id: text('id', 'Global id of the level'),
        location_id: text('location.id', 'Global id of the place', { length: 100 }),
        location_name: text('location.name', 'Name of the place'),
        ...Object.fromEntries(
          STATES.map((state) => [state, integer(quantityOf(state), `Units that are \`${state}\``)]),
        ),
        updated_at: instant('updatedAt', 'Last change, UTC'),
      },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 50,
  leastPageSize: 1,
  async *read(context) {
    const field = 'inventoryItems';
    const inner = [{ field: 'inventoryLevels', more: MORE_LEVELS }];
    const pages = connectionPages(context, { operation: ITEMS, field, search: '', inner });
    for await (const records of pages) yield { records };
  },
};

function quantityOf(state: string) {
  return computed((level: JsonRecord) => {
    const quantities = level['quantities'];
    if (!isList(quantities)) return undefined;
    return valueAt(
      quantities.find((one) => valueAt(one, 'name') === state),
      'quantity',
    );
  });
}
