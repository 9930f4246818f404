import { expect, test } from 'vitest';
import { tsvRow } from '../../../cli/sql/tsv-row.ts';
import { fileTuples } from '../../../cli/sql/literal.ts';

function tuplesOf(rows: readonly (readonly (string | null)[])[], more = ''): string {
  return fileTuples(rows.map(tsvRow).join('').slice(0, -1), more);
}

test('rows of a file become tuples, each with what is to stand at its end', () => {
  expect(
    tuplesOf(
      [
        ['1', null, 'a'],
        ['2', 'b', null],
      ],
      ", '$&'",
    ),
  ).toBe(`('1', null, 'a', '$&'),\n('2', 'b', null, '$&')`);
});

test('what looks like a NULL or like the end of a value is text', () => {
  expect(tuplesOf([["'\\N'", '\\N', "', '", "O'Neil\\"]])).toBe(
    String.raw`('''\\N''', '\\N', ''', ''', 'O''Neil\\')`,
  );
});
