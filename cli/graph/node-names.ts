import type { ManifestNode } from '../manifest/node.ts';

/** The name that people use: `attribution.v2`, `nuvem.orders`, otherwise the plain name. */
export function searchName(node: ManifestNode): string {
  if (node.resourceType === 'source') return `${node.sourceName}.${node.name}`;
  if (node.resourceType === 'model' && node.version !== undefined) {
    return `${node.name}.v${node.version}`;
  }
  return node.name;
}

/** Blank templates stay in the manifest, but only `ls` and the docs show them. */
export function isBlank(node: ManifestNode): boolean {
  switch (node.resourceType) {
    case 'model':
    case 'snapshot':
    case 'operation':
      return node.rawCode.trim() === '';
    case 'test':
      return node.kind === 'singular' && node.rawCode.trim() === '';
    case 'seed':
    case 'source':
    case 'unit_test':
    case 'exposure':
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return false;
  }
}
