import { CONVERSION } from '../../manifest/node.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { globMatcher } from '../glob.ts';
import { tooManyDots } from '../messages.ts';
import type { MethodName } from './names.ts';
import type { SelectorMethod } from './method.ts';
import { matching, refused } from './method.ts';

/** `source`, `source.table` or `package.source.table`, each part with wildcards. */
export const source: SelectorMethod = {
  name: 'source',
  matcher(atom) {
    const parts = String(atom.value).split('.');
    if (parts.length > 3) return refused(tooManyDots(atom, 'package.source.table'));
    const [inPackage, ofSource, table] =
      parts.length === 3 ? parts : ['*', parts[0] ?? '*', parts[1] ?? '*'];
    const fitsPackage = globMatcher(inPackage ?? '*');
    const fitsSource = globMatcher(ofSource ?? '*');
    const fitsTable = globMatcher(table ?? '*');
    return matching(
      (node) =>
        node.resourceType === 'source' &&
        fitsPackage(node.packageName) &&
        fitsSource(node.sourceName) &&
        fitsTable(node.name),
    );
  },
  *known({ manifest }) {
    const names = new Set<string>();
    for (const node of manifest.nodes.values()) {
      if (node.resourceType === 'source')
        names.add(node.sourceName).add(`${node.sourceName}.${node.name}`);
    }
    yield* names;
  },
};

export const exposure = byName('exposure');
export const metric = byName('metric');
export const semanticModel = byName('semantic_model');
export const savedQuery = byName('saved_query');
export const unitTest = byName('unit_test');

/** A destination of `cortex convert`. */
export const conversion = byName(
  'conversion',
  (node) => node.resourceType === 'exposure' && node.exposureType === CONVERSION,
);

/** `name` or `package.name`, each part with wildcards. */
function byName(
  name: MethodName,
  fits: (node: ManifestNode) => boolean = (node) => node.resourceType === name,
): SelectorMethod {
  return {
    name,
    matcher(atom) {
      const parts = String(atom.value).split('.');
      if (parts.length > 2) return refused(tooManyDots(atom, 'package.name'));
      const fitsPackage = globMatcher(parts.length === 2 ? (parts[0] ?? '*') : '*');
      const fitsName = globMatcher(parts.at(-1) ?? '*');
      return matching((node) => fits(node) && fitsPackage(node.packageName) && fitsName(node.name));
    },
    *known({ manifest }) {
      for (const node of manifest.nodes.values()) if (fits(node)) yield node.name;
    },
  };
}
