import type { Manifest } from '../manifest/manifest.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { nodesOfType } from '../manifest/nodes-of-type.ts';
import { derivedName } from '../sql/identifier.ts';
import { isEphemeral } from './is-ephemeral.ts';

const NAMES = new WeakMap<Manifest, ReadonlyMap<NodeId, string>>();

/** The names of the CTEs that ephemeral models become: `__cortex__cte__<name>`, each used once. */
export function ephemeralNames(manifest: Manifest): ReadonlyMap<NodeId, string> {
  const known = NAMES.get(manifest);
  if (known !== undefined) return known;
  const names = new Map<NodeId, string>();
  const taken = new Set<string>();
  for (const node of nodesOfType(manifest.nodes, 'model')) {
    if (!isEphemeral(node)) continue;
    const plain = derivedName(`__cortex__cte__${node.relation.name}`, '');
    const name = taken.has(plain.toLowerCase())
      ? derivedName(`__cortex__cte__${node.packageName}__${node.id}`, '')
      : plain;
    taken.add(name.toLowerCase());
    names.set(node.id, name);
  }
  NAMES.set(manifest, names);
  return names;
}
