import { exactKey } from '../../sql/exact-text.ts';
import type { TestFacts } from './built-in-test.ts';

interface Repetition {
  readonly model: string;
  readonly columns: readonly string[];
  /** What the columns are called among the failing rows. */
  readonly names: readonly string[];
  readonly where: string | undefined;
  readonly facts: TestFacts;
}

/**
 * One row for each combination of values that occurs more than once. Byte-wise groups can use no index,
 * so a table is first asked for repetitions in the collation of its columns: where there are none,
 * which an index answers at once, there are none byte by byte either.
 */
export function repeatedValues({ model, columns, names, where, facts }: Repetition): string {
  const isExact = columns.every((column) => facts.isExact(column));
  const keys = columns.map((column) => (isExact ? column : exactKey(column)));
  const selected = columns.map((column, index) => `min(${column}) as ${names[index] ?? 'value'}`);
  const repeated = `exists (
  select 1 from ${model} as tested${where === undefined ? '' : ` where ${where}`}
  group by ${columns.join(', ')} having count(*) > 1
)`;
  const needsGate = facts.isTable && !isExact;
  const conditions = [where, needsGate ? repeated : undefined].filter((each) => each !== undefined);
  return `select ${selected.join(', ')}, count(*) as n_records
from ${model} as tested
${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}\n`}group by ${keys.join(', ')}
having count(*) > 1`;
}
