import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { TestNode } from '../manifest/node.ts';
import type { CompiledGenericTest } from './compile-generic-test.ts';
import { compileGenericTest } from './compile-generic-test.ts';
import { compileTemplate, templateSource } from './compile-template.ts';
import type { CompileContext } from './context.ts';
import { testSettings } from './test-settings.ts';
import { limitedRows, verdictQuery } from './verdict.ts';

/** Makes the two queries of a data test: its failing rows, and the one row that decides. */
export function compileTest(test: TestNode, context: CompileContext): Outcome<CompiledTest> {
  const diagnostics: Diagnostic[] = [];
  const settings = testSettings(test, context.storeFailures ?? false, diagnostics);
  const failing: Outcome<CompiledGenericTest> =
    test.kind === 'generic'
      ? compileGenericTest(test, context)
      : compileTemplate(
          templateSource(test),
          { packageName: test.packageName, node: test },
          context,
        );
  diagnostics.push(...failing.diagnostics);
  const sql = limitedRows(failing.value.sql, settings.limit);
  const failCalc = settings.failCalc ?? failing.value.failCalc ?? 'count(*)';
  const { storeAs, severity, warnIf, errorIf } = settings;
  return outcome(
    {
      id: test.id,
      sql,
      inlined: failing.value.inlined,
      verdictSql: verdictQuery(sql, failCalc, settings),
      severity,
      warnIf,
      errorIf,
      ...(storeAs === undefined ? {} : { storeFailures: { relation: test.relation, as: storeAs } }),
    },
    diagnostics.map((found) => ({ node: test.id, ...found })),
  );
}
