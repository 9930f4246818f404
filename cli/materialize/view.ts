import { concatSql } from '../kernel/rendered-sql.ts';
import { relationSql } from '../sql/identifier.ts';
import type { Materialization } from './materialization.ts';

/** A view: the query itself, under the shadow name until its tests have passed. */
export const view: Materialization = {
  name: 'view',
  relationKind: 'view',
  async build({ names, compiled, current }, runner) {
    await runner.execute(concatSql(`create view ${relationSql(names.shadow)} as\n`, compiled.sql));
    return {
      kind: 'shadow',
      relationKind: 'view',
      action: current === undefined ? 'created' : 'replaced',
    };
  },
};
