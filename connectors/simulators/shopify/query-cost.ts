import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode, ValueNode } from 'graphql';
import { Kind } from 'graphql';

/**
 * Points that a query may cost at most: a connection two and one for each object that its size allows, with
 * what they contain. A simplification of Shopify's own rule, which is not published to the last point.
 */
export function requestedCost(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let cost = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (definition.operation === 'mutation') return 10;
    cost += costOf(definition.selectionSet, fragments, variables);
  }
  return Math.max(1, cost);
}

function costOf(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): number {
  let cost = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(selection.name.value);
      if (fragment !== undefined) cost += costOf(fragment.selectionSet, fragments, variables);
      continue;
    }
    if (selection.selectionSet === undefined) continue;
    const inner = costOf(selection.selectionSet, fragments, variables);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      cost += inner;
      continue;
    }
    const first = selection.arguments?.find(({ name }) => name.value === 'first');
    cost += first === undefined ? inner : 2 + sizeOf(first.value, variables) * (1 + inner);
  }
  return cost;
}

function sizeOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): number {
  if (value.kind === Kind.INT) return Number(value.value);
  return value.kind === Kind.VARIABLE ? Number(variables[value.name.value] ?? 0) : 0;
}
