import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { NodeDescription } from './run-event.ts';

/** How the events of a run name a node. `of` is the node whose block a test belongs to. */
export function describeNode(node: ManifestNode, of?: string): NodeDescription {
  return {
    id: node.id,
    resourceType: node.resourceType,
    name: nameOf(node),
    kind: kindOf(node),
    ...('relation' in node ? { relation: `${node.relation.database}.${node.relation.name}` } : {}),
    ...(of === undefined ? {} : { of }),
    ...(node.resourceType === 'test' ? ruleOf(node) : {}),
  };
}

/** Versions of a model are told apart: `dim_customers.v2`. */
function nameOf(node: ManifestNode): string {
  const isVersioned = node.resourceType === 'model' && node.version !== undefined;
  return isVersioned ? `${node.name}.v${node.version}` : node.name;
}

function kindOf(node: ManifestNode): string {
  if (node.resourceType === 'model') return node.config.materialized ?? 'view';
  return node.resourceType;
}

/** `{ subject: 'fct_orders.customer_id', rule: 'relationships' }` for generic tests. */
function ruleOf(test: TestNode): { subject?: string; rule?: string } {
  if (test.testName === undefined || test.attachedNode === undefined) return {};
  const owner = test.attachedNode.split('.').slice(2).join('.');
  const subject = test.columnName === undefined ? owner : `${owner}.${test.columnName}`;
  return { subject, rule: test.testName };
}
