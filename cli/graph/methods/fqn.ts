import type { ManifestNode } from '../../manifest/node.ts';
import { globMatcher, hasWildcard } from '../glob.ts';
import { searchName } from '../node-names.ts';
import type { SelectorMethod } from './method.ts';
import { matching } from './method.ts';

/** A name, or a dotted path from the top folder, with or without the package; sources have `source:`. */
export const fqn: SelectorMethod = {
  name: 'fqn',
  matcher: ({ value }) => matching(qualifiedNameMatcher(String(value))),
  *known({ manifest }) {
    for (const node of manifest.nodes.values()) {
      if (node.resourceType !== 'source') yield searchName(node);
    }
  },
};

/** Tests a node's qualified name. From the first wildcard on, the rest of the path is one text. */
export function qualifiedNameMatcher(name: string): (node: ManifestNode) => boolean {
  if (name === '*') return (node) => node.resourceType !== 'source';
  const parts = name.split('.');
  const firstWildcard = parts.findIndex(hasWildcard);
  const literal = firstWildcard === -1 ? parts : parts.slice(0, firstWildcard);
  const rest = globMatcher(parts.slice(literal.length).join('.'));

  const matches = (path: readonly string[], isVersioned: boolean) => {
    if (isVersioned ? isVersionedLeaf(path, name, parts) : path.at(-1) === name) return true;
    const flat = path.join('.').split('.');
    if (flat.length < parts.length || literal.some((part, index) => flat[index] !== part)) {
      return false;
    }
    return firstWildcard === -1 || rest(flat.slice(firstWildcard).join('.'));
  };

  return (node) => {
    if (node.resourceType === 'source') return false;
    const isVersioned = node.resourceType === 'model' && node.version !== undefined;
    return matches(node.fqn, isVersioned) || matches(node.fqn.slice(1), isVersioned);
  };
}

/** `attribution` (all versions), `attribution.v2` and `attribution_v2`. */
function isVersionedLeaf(path: readonly string[], name: string, parts: readonly string[]): boolean {
  return path.at(-2) === name || path.slice(-2).join('_') === parts.slice(-2).join('_');
}
