import type { Diagnostic } from '../kernel/diagnostic.ts';
import { hasErrors, outcome } from '../kernel/outcome.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode, ModelNode, RefCall, SourceCall } from '../manifest/node.ts';
import { nodesOfType } from '../manifest/nodes-of-type.ts';
import type { NodeIndex, Referrer } from '../parse/node-index.ts';
import { INDEXED_TYPES, createNodeIndex, resolveRef, resolveSource } from '../parse/node-index.ts';
import { identifier, relationSql } from '../sql/identifier.ts';
import type { BaseEnvironment, TemplateEnvironment } from '../template/environment.ts';
import { rowsLikeChanged } from './changed-rows.ts';
import type { CompileContext } from './context.ts';
import { emptySelection } from './empty-relations.ts';
import { ephemeralNames } from './ephemeral-names.ts';
import { isEphemeral } from './is-ephemeral.ts';

const INDEXES = new WeakMap<Manifest, NodeIndex>();

function indexOf(manifest: Manifest): NodeIndex {
  const known = INDEXES.get(manifest);
  if (known !== undefined) return known;
  const nodes = nodesOfType(manifest.nodes, ...INDEXED_TYPES);
  const index = createNodeIndex({
    enabled: nodes,
    disabled: manifest.disabled.values(),
    packageNames: new Set([manifest.projectName, ...nodes.map((node) => node.packageName)]),
    rootPackage: manifest.projectName,
  });
  INDEXES.set(manifest, index);
  return index;
}

/** What writes SQL that refers to other nodes. */
export interface Writer {
  readonly packageName: string;
  /** The node whose `this` and `is_incremental` the text sees. */
  readonly node?: ManifestNode | undefined;
}

/** Ephemeral models are met while rendering: whoever renders says what to do with each. */
export type OnEphemeral = (node: ModelNode) => void;

/** The environment in which the templates of one node are evaluated. */
export function nodeEnvironment(
  writer: Writer,
  context: CompileContext,
  onEphemeral: OnEphemeral,
): TemplateEnvironment {
  const { manifest } = context;
  const index = indexOf(manifest);
  const { node } = writer;
  const from: Referrer = {
    name: node?.name ?? 'this query',
    packageName: writer.packageName,
    group: node?.group,
    seesPrivate:
      node === undefined || node.resourceType === 'test' || node.resourceType === 'operation',
  };
  const own = node !== undefined && 'relation' in node ? context.relationFor(node.id) : undefined;
  const answer = (found: ManifestNode | undefined, diagnostics: readonly Diagnostic[]) => {
    // Warnings about what is referred to were given when the project was parsed.
    if (found === undefined || hasErrors(diagnostics)) return outcome('', diagnostics);
    return outcome(relationText(found, context, onEphemeral));
  };
  const base = context.environmentOf?.(writer.packageName) ?? context.environment;
  // Inherited, not copied: what a template does not ask for is not read.
  return Object.assign(Object.create(base) as BaseEnvironment, {
    ref: (call: RefCall) => {
      const found = resolveRef(index, call, from);
      return answer(found.value, found.diagnostics);
    },
    source: (call: SourceCall) => {
      const found = resolveSource(index, call, from);
      return answer(found.value, found.diagnostics);
    },
    config: (): void => undefined,
    thisRelation: own === undefined ? undefined : relationSql(own),
    thisParts: own,
    isIncremental: node !== undefined && context.isIncremental(node.id),
    changedRows: (relation: string, columns: readonly string[]) =>
      changedRowsOf(relation, columns, { node, context }),
  });
}

/** A relation cut down to the rows that stand beside a changed one, where a data test looks at what an incremental run changes. */
function changedRowsOf(
  relation: string,
  columns: readonly string[],
  { node, context }: { readonly node: ManifestNode | undefined; readonly context: CompileContext },
): string {
  const tested = node?.dependsOn.find(
    (id) =>
      context.changedRows?.(id) !== undefined && relationSql(context.relationFor(id)) === relation,
  );
  const changed = tested === undefined ? undefined : context.changedRows?.(tested);
  return changed === undefined
    ? relation
    : rowsLikeChanged(relation, columns.map(identifier), changed);
}

/** A node as it stands after FROM, without an alias. */
export function relationText(
  node: ManifestNode,
  context: CompileContext,
  onEphemeral: OnEphemeral,
): string {
  if (isEphemeral(node)) {
    onEphemeral(node);
    return identifier(ephemeralNames(context.manifest).get(node.id) ?? node.name);
  }
  const relation = context.relationFor(node.id);
  return context.empty ? emptySelection(relation) : relationSql(relation);
}
