import type { Freshness, ManifestNode } from '../../manifest/node.ts';
import type { ComparableNode } from './previous-state.ts';

/** A node of the present manifest, as far as two states are compared. */
export function comparableNode(node: ManifestNode): ComparableNode {
  const persisted = node.config.persist_docs;
  return {
    id: node.id,
    name: node.name,
    resourceType: node.resourceType,
    fqn: node.fqn,
    body: bodyOf(node),
    isGenericTest: node.resourceType === 'test' && node.kind === 'generic',
    description: node.description,
    unrenderedConfig: node.unrenderedConfig,
    materialized: node.config.materialized ?? 'view',
    persistDocs: {
      relation: persisted?.relation === true,
      columns: persisted?.columns === true,
    },
    isContractEnforced: node.config.contract?.enforced === true,
    columns: node.columns.map(({ name, description, dataType, constraints }) => ({
      name,
      description,
      constraints,
      ...(dataType === undefined ? {} : { dataType }),
    })),
    constraints: 'constraints' in node ? node.constraints : [],
    ...(node.resourceType === 'model' ? modelFacts(node) : {}),
    declaration: declarationOf(node),
  };
}

/** The template where that is what defines the node; otherwise a checksum. */
function bodyOf(node: ManifestNode): string {
  switch (node.resourceType) {
    case 'model':
    case 'snapshot':
    case 'test':
    case 'operation':
      return node.rawCode;
    case 'seed':
    case 'source':
    case 'unit_test':
    case 'exposure':
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return node.checksum;
  }
}

function modelFacts(model: Extract<ManifestNode, { resourceType: 'model' }>) {
  return {
    access: model.access,
    ...(model.version === undefined ? {} : { version: model.version }),
    ...(model.latestVersion === undefined ? {} : { latestVersion: model.latestVersion }),
    ...(model.deprecationDate === undefined ? {} : { deprecationDate: model.deprecationDate }),
  };
}

function declarationOf(node: ManifestNode): unknown {
  switch (node.resourceType) {
    case 'source':
      return {
        relation: node.relation,
        freshness: comparableFreshness(node.freshness),
        loadedAtField: node.loadedAtField ?? null,
      };
    case 'exposure':
      return {
        type: node.exposureType,
        owner: { name: node.owner.name ?? null, email: node.owner.email ?? null },
        maturity: node.maturity ?? null,
        url: node.url ?? null,
        description: node.description,
        label: node.label ?? null,
        dependsOn: [...node.dependsOn].sort(),
      };
    case 'model':
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'unit_test':
    case 'operation':
      return null;
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return { description: node.description, checksum: node.checksum };
  }
}

/** Freshness with nothing left out, so that two of them compare by value. */
function comparableFreshness(freshness: Freshness | undefined): unknown {
  if (freshness === undefined) return null;
  const { warnAfter = null, errorAfter = null, filter = null } = freshness;
  return warnAfter === null && errorAfter === null ? null : { warnAfter, errorAfter, filter };
}
