import type { CompileContext } from '../compile/context.ts';
import type { ScriptModelNode } from '../manifest/script-model-node.ts';
import type { Database, Row } from '../warehouse/database.ts';
import { ALL_ROWS } from './query-rows.ts';
import type { ProjectSession } from './session.ts';

/** The first rows that a TypeScript model yields now, from what is published. Nothing is written. */
export async function scriptModelRows(
  session: ProjectSession,
  node: ScriptModelNode,
  { database, context }: { readonly database: Database; readonly context: CompileContext },
): Promise<readonly Row[]> {
  const { rowsOfScriptModel } = await import('../execute/build-script-model.ts');
  const { limit } = session.flags;
  const names = Object.keys(node.script.columns);
  const shown: Row[] = [];
  if (limit === 0) return shown;
  const rows = rowsOfScriptModel(node, {
    database,
    scriptModels: session.project.scriptModels,
    compileContext: context,
    signal: session.world.signal,
  });
  for await (const cells of rows) {
    shown.push(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null])));
    if (limit !== ALL_ROWS && shown.length >= limit) break;
  }
  return shown;
}
