import type { CompileContext } from '../../cli/compile/context.ts';
import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { ManifestNode, ModelNode, TestNode } from '../../cli/manifest/node.ts';
import { modelNode } from './model-node.ts';
import { templateEnvironment } from './template-environment.ts';

/** A model of package `shop` with a template. */
export function sqlModel(
  name: string,
  rawCode: string,
  config: NodeConfig = {},
  details: Partial<ModelNode> = {},
): ModelNode {
  return { ...modelNode(name, { config }), rawCode, ...details };
}

export function ephemeral(name: string, rawCode: string): ModelNode {
  return sqlModel(name, rawCode, { materialized: 'ephemeral' });
}

/** A test as parse leaves it: of the library or a macro when `tested` is given, else singular. */
export function testNode(
  name: string,
  details: Partial<TestNode> & { tested?: ManifestNode } = {},
): TestNode {
  const { tested, ...given } = details;
  return {
    ...modelNode(name),
    id: `test.shop.${name}`,
    resourceType: 'test',
    kind: tested === undefined ? 'singular' : 'generic',
    alias: name,
    rawCode: '',
    refs: [],
    sources: [],
    span: {
      file: tested === undefined ? `tests/${name}.sql` : 'models/shop.yml',
      start: 10,
      end: 20,
    },
    ...(tested === undefined ? {} : { testName: name, attachedNode: tested.id }),
    ...given,
  };
}

/** A project of the nodes given, all of them published under their own names. */
export function compileContext(
  nodes: readonly ManifestNode[],
  changes: Partial<CompileContext> = {},
): CompileContext {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    manifest: {
      projectName: 'shop',
      projectVersion: '1.0.0',
      nodes: byId,
      disabled: new Map(),
      macros: new Map(),
      docs: new Map(),
      groups: new Map(),
    },
    environment: templateEnvironment(),
    relationFor: (id) => {
      const node = byId.get(id);
      return node !== undefined && 'relation' in node
        ? node.relation
        : { database: 'shop', name: id };
    },
    isIncremental: () => false,
    empty: false,
    ...changes,
  };
}
