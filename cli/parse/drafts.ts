import { duplicateNode } from './messages.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { ManifestNode, RefCall, SourceCall } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { TestDeclaration } from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';

/** A node whose references are not looked up yet. */
export interface Draft {
  readonly node: ManifestNode;
  /** The same list that the node carries, to be filled. */
  readonly dependsOn: NodeId[];
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
}

/** A node with the data tests that its properties ask for. */
export interface TestedNode {
  readonly node: ManifestNode;
  readonly tests: readonly TestDeclaration[];
  /** The properties file. */
  readonly file: ProjectFile;
}

/** Nodes as they are found: each id once. */
export class DraftList {
  readonly enabled = new Map<NodeId, Draft>();
  readonly disabled = new Map<NodeId, Draft>();
  readonly tested: TestedNode[] = [];
  /** Fingerprints of the `config` calls of model files, for those that have any. */
  readonly fileConfigs = new Map<NodeId, string>();
  readonly #diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[]) {
    this.#diagnostics = diagnostics;
  }

  /** `what` names both in the plural: `models \`orders\``. */
  add(draft: Draft, what: string): void {
    const { node } = draft;
    if (node.config.enabled === false) {
      if (!this.disabled.has(node.id)) this.disabled.set(node.id, draft);
      return;
    }
    const first = this.enabled.get(node.id);
    if (first === undefined) this.enabled.set(node.id, draft);
    else this.#diagnostics.push(duplicateNode(what, first.node.span, node.span));
  }
}
