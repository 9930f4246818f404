import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { concatSql } from '../kernel/rendered-sql.ts';
import type { TestSettings } from './test-settings.ts';

/** The failing rows of a test, at most as many as its `limit`. */
export function limitedRows(rows: RenderedSql, limit: number | undefined): RenderedSql {
  if (limit === undefined) return rows;
  return concatSql('select *\nfrom (\n', rows, `\n) as failing_rows\nlimit ${limit}`);
}

/** Selects `failures`, `should_warn` and `should_error`, the latter two 0 or 1. */
export function verdictQuery(
  rows: RenderedSql,
  failCalc: string,
  settings: Pick<TestSettings, 'warnIf' | 'errorIf'>,
): RenderedSql {
  return concatSql(
    `select failures, failures ${settings.warnIf} as should_warn, failures ${settings.errorIf} as should_error
from (
select ${failCalc} as failures
from (\n`,
    rows,
    '\n) as failing_rows\n) as verdict',
  );
}
