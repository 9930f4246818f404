/** `model.shop.fct_orders`, `source.shop.nuvemshop.orders`, `test.shop.unique_x.1a2b3c4d5e`: dbt's unique ids. */
export type NodeId = string;

export const RESOURCE_TYPES = [
  'model',
  'seed',
  'snapshot',
  'source',
  'test',
  'unit_test',
  'exposure',
  'operation',
  'analysis',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
] as const;

export type ResourceType = (typeof RESOURCE_TYPES)[number];
