import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import { listOf } from '../../cli/kernel/suggest.ts';
import type { Relation } from '../../cli/manifest/relation.ts';

export function missingRelation({ database, name }: Relation): Diagnostic {
  return diagnostic(
    'CX7501',
    `there is no relation \`${database}.${name}\` to send conversions from`,
    {
      hint: 'build it first, or name another under `conversions.model` or `conversions.identity`',
    },
  );
}

export function missingColumns(
  { database, name }: Relation,
  columns: readonly string[],
): Diagnostic {
  const many = columns.length > 1 ? 'columns' : 'column';
  return diagnostic(
    'CX7502',
    `\`${database}.${name}\` has no ${many} ${listOf(
      columns.map((column) => `\`${column}\``),
      'and',
    )}`,
    {
      hint: 'docs/conversions.md lists what a model of conversions has',
    },
  );
}
