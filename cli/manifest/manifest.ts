import type { Span } from '../kernel/span.ts';
import type { ManifestNode } from './node.ts';
import type { NodeId } from './node-id.ts';

/** An argument of a macro as its YAML declares it. */
export interface MacroArgument {
  readonly name: string;
  readonly type?: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly default?: unknown;
}

export interface MacroNode {
  /** `macro.<package>.<name>`; the shipped library is package `cortex`. */
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly language: 'sql' | 'script';
  readonly description: string;
  readonly arguments: readonly MacroArgument[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly checksum: string;
  readonly span?: Span;
}

export interface DocBlock {
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly text: string;
}

export interface GroupDefinition {
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly owner: { readonly name?: string; readonly email?: string };
  readonly description: string;
}

/** Everything the project declares, checked and linked: the value that every later phase reads. */
export interface Manifest {
  readonly projectName: string;
  readonly projectVersion: string;
  /** Enabled nodes by id. */
  readonly nodes: ReadonlyMap<NodeId, ManifestNode>;
  /** Nodes switched off by `enabled: false`. */
  readonly disabled: ReadonlyMap<NodeId, ManifestNode>;
  readonly macros: ReadonlyMap<string, MacroNode>;
  readonly docs: ReadonlyMap<string, DocBlock>;
  readonly groups: ReadonlyMap<string, GroupDefinition>;
}
