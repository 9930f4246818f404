import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { Span } from '../kernel/span.ts';
import { parseRelationCall } from '../parse/relation-call.ts';
import { isOfRowAlone } from '../sql/row-expression.ts';
import { readStatement } from '../sql/statement.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import { renderMacro } from '../template/render.ts';
import { columnFacts } from './column-facts.ts';
import type { CompiledSql } from './compile-template.ts';
import { startInlining } from './compile-template.ts';
import type { CompileContext } from './context.ts';
import { aliasEmptySelections } from './empty-relations.ts';
import { secondStatement, unknownTest } from './messages.ts';
import { nodeEnvironment, relationText } from './references.ts';
import { readArguments } from './test-arguments.ts';
import type { RelationReader } from './tests/argument-types.ts';
import { isQuotedName, rowsLikeChanged, writtenRows } from './changed-rows.ts';
import type { BuiltInTest } from './tests/built-in-test.ts';
import { BUILT_IN_TESTS } from './tests/registry.ts';

export interface CompiledGenericTest extends CompiledSql {
  /** The test's own way of counting, where it is not `count(*)`. */
  readonly failCalc?: string;
}

/** What the test of one node is written from. */
interface TestScope {
  readonly test: TestNode;
  readonly name: string;
  readonly span: Span;
  readonly tested: ManifestNode | undefined;
  /** The tested relation after FROM, without an alias unless `where` made a subquery of it. */
  readonly relation: string;
  readonly environment: TemplateEnvironment;
  readonly context: CompileContext;
  readonly diagnostics: Diagnostic[];
}

/** The failing rows of a test that a properties file applies to a node: by a macro, else by the library. */
export function compileGenericTest(
  test: TestNode,
  context: CompileContext,
): Outcome<CompiledGenericTest> {
  const inlining = startInlining(context);
  const tested = context.manifest.nodes.get(test.attachedNode ?? '');
  const scope: TestScope = {
    test,
    name: test.testName ?? test.name,
    span: test.span ?? { file: test.path, start: 0, end: 0 },
    tested,
    relation: tested === undefined ? '' : relationText(tested, context, inlining.add),
    environment: nodeEnvironment(
      { packageName: test.packageName, node: test },
      context,
      inlining.add,
    ),
    context,
    diagnostics: [],
  };
  const custom = customRows(scope);
  const rows = custom ?? builtInRows(scope);
  const finished = inlining.finish(outcome(aliasEmptySelections(rows), scope.diagnostics));
  const failCalc = custom === undefined ? BUILT_IN_TESTS.get(scope.name)?.failCalc : undefined;
  return outcome(
    { ...finished.value, ...(failCalc === undefined ? {} : { failCalc }) },
    finished.diagnostics,
  );
}

function builtInRows(scope: TestScope): RenderedSql {
  const { test, name, span, tested, context, diagnostics } = scope;
  const definition = BUILT_IN_TESTS.get(name);
  if (definition === undefined) {
    diagnostics.push(unknownTest(name, span, [...BUILT_IN_TESTS.keys()]));
    return generatedSql('');
  }
  const values = readArguments(
    definition.arguments,
    test.testArguments ?? {},
    relationReader(scope),
    {
      place: { test: name, span },
      diagnostics,
    },
  );
  if (values === undefined) return generatedSql('');
  const facts = columnFacts(tested, context);
  const changed = changedRows(scope, definition, values);
  return generatedSql(
    changed === undefined
      ? definition.rows({ model: filtered(scope), values, facts })
      : // The batch is a temporary table, of which MySQL takes one mention in a query.
        definition.rows({
          model: filtered({ ...scope, relation: changed }),
          values,
          facts: { ...facts, isTable: false },
        }),
  );
}

/** The rows that an incremental run may have made fail, where these can be told; after FROM, without an alias. */
function changedRows(
  { test, tested, relation, context }: TestScope,
  { decidedBy }: BuiltInTest,
  values: Parameters<BuiltInTest['rows']>[0]['values'],
): string | undefined {
  const changed = context.changedRows?.(tested?.id ?? '');
  if (changed === undefined || !expressionsOf(test).every(isOfRowAlone)) return undefined;
  if (decidedBy === 'row') return writtenRows(changed);
  const columns = decidedBy?.(values);
  return columns?.every(isQuotedName) === true
    ? rowsLikeChanged(relation, columns, changed)
    : undefined;
}

/** What is written as SQL in a test, as it stands in the file. */
function expressionsOf({ config, testArguments }: TestNode): readonly string[] {
  const { column_name, expression, min_value, max_value, values, quote } = testArguments ?? {};
  const literals = quote === false ? [values].flat() : [];
  return [config.where, column_name, expression, min_value, max_value, ...literals]
    .filter((text) => text !== undefined && text !== null)
    .map(String);
}

/** A macro `test_<name>` of the project or its packages, called as dbt calls it. */
function customRows(scope: TestScope): RenderedSql | undefined {
  const { test, name, span, environment, diagnostics } = scope;
  const macro = environment.macros.find(`test_${name}`, test.packageName);
  if (macro === undefined) return undefined;
  const isFiltered = filtered(scope) !== scope.relation;
  const model = isFiltered ? `${filtered(scope)} dbt_subquery` : scope.relation;
  const relationOf = relationReader(scope);
  const given = Object.entries(test.testArguments ?? {}).map(([key, value]) => [
    key,
    typeof value === 'string' ? (relationOf(value) ?? value) : value,
  ]);
  const rendered = renderMacro(
    { macro, values: { ...Object.fromEntries(given), model } as Record<string, unknown>, span },
    environment,
  );
  diagnostics.push(...rendered.diagnostics);
  const { sql, secondAt } = readStatement(rendered.value);
  if (secondAt !== undefined)
    diagnostics.push(secondStatement(rendered.value, secondAt, `data test \`${name}\``));
  return sql;
}

/** The tested relation, cut down to the rows for which `where` holds. */
function filtered({ test, relation }: TestScope): string {
  const where = test.config.where ?? undefined;
  return where === undefined || where.trim() === ''
    ? relation
    : `(select * from ${relation}${relation.startsWith('(') ? ' as tested' : ''} where ${where})`;
}

/** Looks up `ref('x')` and `source('x', 'y')` in arguments; what does not exist is reported. */
function relationReader({ environment, span, diagnostics }: TestScope): RelationReader {
  return (text) => {
    const call = parseRelationCall(text);
    if (call === undefined) return undefined;
    const found =
      call.kind === 'ref'
        ? environment.ref({ ...call, span })
        : environment.source({ source: call.source, table: call.table, span });
    diagnostics.push(...found.diagnostics);
    return found.value === '' ? undefined : found.value;
  };
}
