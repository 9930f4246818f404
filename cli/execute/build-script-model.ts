import type { CompileContext } from '../compile/context.ts';
import type { ScriptModelNode } from '../manifest/script-model-node.ts';
import { compileInputs } from '../compile/script-inputs.ts';
import { scriptVariables } from '../compile/script-variables.ts';
import { CortexError, cortexError } from '../kernel/errors.ts';
import { hasErrors } from '../kernel/outcome.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { bulkLoad } from '../load/bulk-load.ts';
import type { CellText } from '../load/seed-table.ts';
import { checkColumns } from '../materialize/check-columns.ts';
import { normalizeType } from '../materialize/infer-columns.ts';
import { keyIndexes } from '../materialize/key-index.ts';
import type { BuildInput, Built } from '../materialize/materialization.ts';
import { tableDesign } from '../materialize/table-design.ts';
import type { ScriptModel } from '../project/script-models/load-script-models.ts';
import { addIndexesSql, createTableSql } from '../sql/create-table.ts';
import type { Database } from '../warehouse/database.ts';
import { scriptRows } from './script-rows.ts';
import type { StepSession } from './step-session.ts';

/** What running the code of a model needs. */
export interface ScriptTools {
  readonly database: Database;
  readonly scriptModels: ReadonlyMap<string, ScriptModel> | undefined;
  readonly compileContext: CompileContext;
  readonly signal: AbortSignal;
}

/** The rows of a TypeScript model, as the bulk loader takes them. Nothing is read before the first is asked for. */
export function rowsOfScriptModel(
  node: ScriptModelNode,
  tools: ScriptTools,
): AsyncGenerator<readonly CellText[], void> {
  const { database, compileContext, signal } = tools;
  const model = tools.scriptModels?.get(node.span?.file ?? node.path);
  if (model === undefined) throw notLoaded(node);
  return scriptRows({
    node,
    model,
    inputs: valueOf(compileInputs(node, compileContext)),
    variables: valueOf(scriptVariables(node, compileContext)),
    database,
    signal,
  });
}

/** Builds the whole table of a TypeScript model under the shadow name: created as it declares, filled, indexed. */
export async function buildScriptModel(
  node: ScriptModelNode,
  input: BuildInput,
  session: StepSession,
  tools: ScriptTools & { readonly onProgress: (rows: number) => void },
): Promise<Built> {
  const { names, capabilities, current } = input;
  const declared = Object.entries(node.script.columns).map(([name, type]) => ({
    name,
    type: normalizeType(type),
  }));
  checkColumns(node, declared);
  const design = tableDesign(node, declared, names.shadow, input);
  const rows = rowsOfScriptModel(node, tools);
  await session.execute(createTableSql(design));
  session.filling(names.shadow);
  const loaded = await bulkLoad({
    connection: session.connection,
    capabilities,
    relation: names.shadow,
    columns: declared.map(({ name }) => name),
    rows,
    signal: tools.signal,
    onProgress: tools.onProgress,
  });
  const indexes = addIndexesSql(names.shadow, [
    ...(node.config.indexes ?? []),
    ...keyIndexes(node, design.columns),
  ]);
  if (indexes !== undefined) await session.execute(indexes);
  return {
    kind: 'shadow',
    relationKind: 'table',
    rows: loaded.rows,
    columns: design.columns,
    action: current === undefined ? 'created' : 'rebuilt',
  };
}

function valueOf<T>(found: Outcome<T>): T {
  if (hasErrors(found.diagnostics)) throw new CortexError(found.diagnostics);
  return found.value;
}

function notLoaded(node: ScriptModelNode): CortexError {
  return cortexError('CX9001', `the code of \`${node.name}\` was not loaded`, { node: node.id });
}
