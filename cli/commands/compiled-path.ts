import type { ManifestNode } from '../manifest/node.ts';

/** Where compiled SQL goes, relative to the target path: `compiled/shop/models/marts/fct_orders.sql`. */
export function compiledPath(node: ManifestNode): string {
  const isGeneric = node.resourceType === 'test' && node.kind === 'generic';
  const isScript = node.resourceType === 'model' && node.language === 'typescript';
  const path = isGeneric
    ? `${node.path}/${node.alias}.sql`
    : `${node.path}${isScript ? '.sql' : ''}`;
  return `compiled/${node.packageName}/${path}`;
}
