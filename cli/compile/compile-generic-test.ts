import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { Span } from '../kernel/span.ts';
import { parseRelationCall } from '../parse/relation-call.ts';
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
  const model = filtered(scope);
  return generatedSql(definition.rows({ model, values, facts: columnFacts(tested, context) }));
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
