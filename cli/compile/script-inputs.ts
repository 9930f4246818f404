import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { concatSql, generatedSql } from '../kernel/rendered-sql.ts';
import type { CompiledNode } from '../manifest/compiled.ts';
import type { ScriptInput, SortKey } from '../manifest/script-declaration.ts';
import type { ScriptModelNode } from '../manifest/script-model-node.ts';
import { identifier } from '../sql/identifier.ts';
import { startInlining } from './compile-template.ts';
import type { CompileContext } from './context.ts';
import { aliasEmptySelections } from './empty-relations.ts';
import { nodeEnvironment } from './references.ts';
import { scriptVariables } from './script-variables.ts';

/** One query of a TypeScript model: the columns that it asks for, of one relation. */
export interface CompiledInput {
  readonly input: ScriptInput;
  readonly sql: RenderedSql;
}

/** The queries that a TypeScript model reads by, with ephemeral parents in front of them. */
export function compileInputs(
  node: ScriptModelNode,
  context: CompileContext,
): Outcome<readonly CompiledInput[]> {
  const diagnostics: Diagnostic[] = [];
  const compiled = node.script.inputs.map((input) => {
    const inlining = startInlining(context);
    const writer = { packageName: node.packageName, node };
    const environment = nodeEnvironment(writer, context, inlining.add);
    const { reads } = input;
    const found =
      reads.kind === 'ref' ? environment.ref(reads.call) : environment.source(reads.call);
    const sql = aliasEmptySelections(generatedSql(selection(input, found.value)));
    const whole = inlining.finish(outcome(sql, found.diagnostics));
    diagnostics.push(...whole.diagnostics);
    return { input, sql: whole.value.sql };
  });
  return outcome(compiled, diagnostics);
}

function selection({ columns, orderBy }: ScriptInput, relation: string): string {
  const names = Object.keys(columns).map((name) => `  ${identifier(name)}`);
  const order = orderBy.length === 0 ? '' : `\norder by ${orderBy.map(sortKey).join(', ')}`;
  return `select\n${names.join(',\n')}\nfrom ${relation}${order}`;
}

function sortKey({ column, asBytes }: SortKey): string {
  return asBytes ? `cast(${identifier(column)} as binary)` : identifier(column);
}

/** What a TypeScript model reads, as SQL that a person can run, and what it yields. */
export function compileScriptModel(
  node: ScriptModelNode,
  context: CompileContext,
): Outcome<CompiledNode> {
  const inputs = compileInputs(node, context);
  const variables = scriptVariables(node, context);
  const reads = inputs.value.flatMap(({ input, sql }) => [
    `-- reads ${identifier(input.name)}\n`,
    sql,
    ';\n\n',
  ]);
  const yields = Object.entries(node.script.columns).map(
    ([name, type]) => `--   ${identifier(name)} ${type}`,
  );
  const sql = concatSql(...reads, `-- yields\n${yields.join('\n')}\n`);
  return outcome({ id: node.id, sql, inlined: [] }, [
    ...inputs.diagnostics,
    ...variables.diagnostics,
  ]);
}
