import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { TestNode } from '../manifest/node.ts';
import type { CompileContext } from './context.ts';

/** Makes the two queries of a data test: its failing rows, and the one row that decides. */
export function compileTest(test: TestNode, _context: CompileContext): Outcome<CompiledTest> {
  return outcome({
    id: test.id,
    sql: generatedSql(test.rawCode),
    inlined: [],
    verdictSql: generatedSql(''),
    severity: 'error',
    warnIf: '!= 0',
    errorIf: '!= 0',
  });
}
