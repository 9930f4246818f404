import { compileNode } from '../compile/compile-node.ts';
import type { ScriptModelNode } from '../manifest/script-model-node.ts';
import { isScriptModel } from '../manifest/script-model-node.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { CortexError } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { hasErrors } from '../kernel/outcome.ts';
import { readSeed } from '../load/read-seed.ts';
import { loadSeed } from '../load/load-seed.ts';
import type { ModelNode, SeedNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { BuildInput, Built } from '../materialize/materialization.ts';
import { buildNames } from '../sql/build-names.ts';
import { materializationOf } from '../materialize/registry.ts';
import { relationSql } from '../sql/identifier.ts';
import { buildScriptModel } from './build-script-model.ts';
import { unknownMaterialization } from './messages.ts';
import type { RunState } from './run-state.ts';
import type { Runtime } from './runtime.ts';
import type { StepSession } from './step-session.ts';
import { dropSql } from '../warehouse/swap.ts';
import type { Version } from './version.ts';

/** What building needs to know of the run. */
export interface BuildContext {
  readonly runtime: Runtime;
  readonly state: RunState;
  readonly signal: AbortSignal;
  readonly onProgress: (rows: number) => void;
  /** Told what is worth a look but keeps nothing from being built. */
  readonly onWarnings: (found: readonly Diagnostic[]) => void;
}

const TABLE_DEFAULTS = { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' };

/** Builds a model beside what is published, or inside a transaction on it. */
export async function buildModel(
  node: ModelNode,
  session: StepSession,
  context: BuildContext,
): Promise<Version> {
  const materialization = materializationOf(node.config.materialized ?? 'view');
  if (materialization === undefined) throw unknownMaterialization(node);
  const { runtime, state } = context;
  const compiled = checked(compileNode(node, state.compileContext()));
  runtime.onCompiled?.(node.id, compiled.sql.text);
  const input: BuildInput = {
    node,
    compiled,
    current: state.standing(node.relation),
    names: buildNames(node.relation),
    capabilities: runtime.database.capabilities,
    tableDefaults: runtime.tableDefaults ?? TABLE_DEFAULTS,
    isIncremental: state.isIncremental(node),
  };
  await dropKept(input.names.shadow, session, state);
  if (isScriptModel(node)) return buildScript(node, input, session, context);
  const isCopied = input.isIncremental && runtime.options.publish === 'all';
  const built = isCopied
    ? await buildOnCopy(input, session)
    : await materialization.build(input, session);
  state.columnsAre(node.id, built.kind === 'shadow' ? built.columns : input.current?.columns);
  return versionOf(built, input);
}

async function buildScript(
  node: ScriptModelNode,
  input: BuildInput,
  session: StepSession,
  { runtime, state, signal, onProgress }: BuildContext,
): Promise<Version> {
  const { database, scriptModels } = runtime;
  const built = await buildScriptModel(node, input, session, {
    database,
    scriptModels,
    compileContext: state.compileContext(),
    signal,
    onProgress,
  });
  state.columnsAre(node.id, built.kind === 'shadow' ? built.columns : undefined);
  return versionOf(built, input);
}

function versionOf(built: Built, { node, names, compiled }: BuildInput): Version {
  return {
    kind: built.kind,
    relation: built.kind === 'shadow' ? names.shadow : node.relation,
    relationKind: built.kind === 'shadow' ? built.relationKind : 'table',
    action: built.action,
    changed: built.kind === 'transaction' ? built.changed : undefined,
    rows: built.rows,
    compiledSql: compiled.sql.text,
  };
}

/**
 * An incremental model that is to be published together with others cannot stay in an open transaction:
 * its table is copied to the shadow, and the batch is applied there.
 */
async function buildOnCopy(
  input: BuildInput,
  session: StepSession,
): ReturnType<NonNullable<ReturnType<typeof materializationOf>>['build']> {
  const { node, names, current } = input;
  const copy = names.shadow;
  await session.execute(`create table ${relationSql(copy)} like ${relationSql(node.relation)}`);
  session.filling(copy);
  await session.execute(
    `insert into ${relationSql(copy)} select * from ${relationSql(node.relation)}`,
  );
  const inner = buildNames(copy);
  const materialization = materializationOf('incremental');
  if (materialization === undefined) throw unknownMaterialization(node);
  const built = await materialization.build(
    {
      ...input,
      node: { ...node, relation: copy },
      names: inner,
      ...(current === undefined ? {} : { current: { ...current, relation: copy } }),
    },
    session,
  );
  if (built.kind === 'transaction') {
    await session.finish('commit');
    return { ...built, kind: 'shadow', relationKind: 'table', columns: current?.columns ?? [] };
  }
  await session.finish(dropSql([copy], 'table'));
  await session.finish(`rename table ${relationSql(inner.shadow)} to ${relationSql(copy)}`);
  return { ...built, kind: 'shadow', relationKind: 'table' };
}

/** Loads a seed's file beside what is published. */
export async function buildSeed(
  node: SeedNode,
  session: StepSession,
  context: BuildContext,
): Promise<Version> {
  const { runtime, state, signal, onProgress } = context;
  const read = await readSeed(node);
  const table = checked(read);
  if (table === undefined) throw new CortexError([]);
  context.onWarnings(read.diagnostics);
  const { shadow } = buildNames(node.relation);
  state.columnsAre(node.id, undefined);
  await dropKept(shadow, session, state);
  const { rows } = await loadSeed({
    connection: session.connection,
    database: runtime.database,
    seed: node,
    table,
    relation: shadow,
    tableDefaults: runtime.tableDefaults ?? TABLE_DEFAULTS,
    signal,
    onProgress,
  });
  return { kind: 'shadow', relation: shadow, relationKind: 'table', action: 'loaded', rows };
}

/** A shadow that an earlier run kept for inspection has served its time. */
async function dropKept(shadow: Relation, session: StepSession, state: RunState): Promise<void> {
  const standing = state.standing(shadow);
  if (standing === undefined) return;
  await session.execute(dropSql([shadow], standing.kind));
  if (state.wasKept(shadow)) await state.store.forgetRelation(shadow);
}

/** The value of a phase without errors; its errors are thrown. */
export function checked<T>(found: Outcome<T>): T {
  if (hasErrors(found.diagnostics)) throw new CortexError(found.diagnostics);
  return found.value;
}
