import { expect, test } from 'vitest';
import type { MacroDefinition } from '../../../cli/template/environment.ts';
import { builtInMacros } from '../../../cli/template/library/registry.ts';
import { createMacroLibrary } from '../../../cli/template/macro-library.ts';
import { renderMacro } from '../../../cli/template/render.ts';
import {
  CAPABILITIES,
  macroNode,
  problems,
  render,
  sqlMacro,
  templateEnvironment,
  withMacros,
} from '../../support/template-environment.ts';

const ROUNDED = sqlMacro('rounded', 'round({{value}}, {{scale}})\n', [
  { name: 'value', type: 'expression' },
  { name: 'scale', type: 'integer', isRequired: false, default: 2 },
]);

test.each([
  ['{{rounded value="x"}}', 'round(x, 2)'],
  ['{{rounded value="x" scale=0}}', 'round(x, 0)'],
  ['{{rounded "x" 1}}', 'round(x, 1)'],
  ['{{shop.rounded value="x"}}', 'round(x, 2)'],
  ['{{rounded value=(rounded value="y")}}', 'round(round(y, 2), 2)'],
  ['a {{> rounded value="x" scale=3}}', 'a round(x, 3)\n'],
  ['{{> rounded "x"}}', 'round(x, 2)\n'],
  ['  {{> rounded value="x"}}\nfrom t', '  round(x, 2)\nfrom t'],
  ['{{#*inline "rounded"}}own{{/inline}}{{> rounded valu=1}}', 'own'],
])('%s renders as %s', (text, expected) => {
  expect(render(text, withMacros(ROUNDED))).toMatchObject({ text: expected, diagnostics: [] });
});

test.each([
  [
    '{{rounded}}',
    'CX2020 at `{{rounded}}`: macro `rounded` needs the argument `value` (add `value=…` to the call)',
  ],
  [
    '{{rounded value="x" scle=1}}',
    'CX2021 at `scle=1`: macro `rounded` has no argument `scle` (did you mean `scale`?)',
  ],
  ['{{rounded "x" value="y"}}', 'CX2021 at `value="y"`: macro `rounded` is given `value` twice'],
  [
    '{{rounded value="x" scale="2"}}',
    'CX2022 at `scale="2"`: argument `scale` of macro `rounded` must be a whole number, not text',
  ],
  [
    '{{> rounded}}',
    'CX2020 at `{{> rounded}}`: macro `rounded` needs the argument `value` (add `value=…` to the call)',
  ],
  [
    '{{> rounded value="x" scle=1}}',
    'CX2021 at `scle=1`: macro `rounded` has no argument `scle` (did you mean `scale`?)',
  ],
  [
    '{{> local_time utc="x"}}',
    'CX2014 at `local_time`: the macro `local_time` is a script and cannot be a partial (call it: `{{local_time …}}`)',
  ],
  [
    '{{local_time utc="x" timezone="Mars"}}',
    'CX2023 at `{{local_time utc="x" timezone="Mars"}}`: macro `local_time` failed: `Mars` is no time zone; names are like `America/Sao_Paulo`',
  ],
])('%s is an error at the call', (text, problem) => {
  expect(problems(text, render(text, withMacros(ROUNDED)).diagnostics)).toEqual([problem]);
});

test('a macro that nobody declared takes the names that its body uses', () => {
  const body = '{{a}} {{#each b as |item|}}{{item}}{{../a}}{{this}}{{/each}} {{other}} {{upper c}}';
  const macros = withMacros(sqlMacro('mine', body), sqlMacro('other', 'o'));

  expect(render('{{mine a=1 b=(list 2) c="x"}}', macros)).toMatchObject({
    text: '1 212 o X',
    diagnostics: [],
  });
  expect(render('{{mine a=1}}', macros).diagnostics.map(({ message }) => message)).toEqual([
    'macro `mine` needs the argument `b`',
    'macro `mine` needs the argument `c`',
  ]);
});

test('a macro sees its arguments and nothing of the caller', () => {
  const macros = withMacros(sqlMacro('inner', '{{secret}}', [{ name: 'value' }]));

  const { diagnostics } = render('{{inner value=1}}', macros, { context: { secret: 'x' } });

  expect(diagnostics.map(({ code, labels }) => [code, labels[0]?.span.file])).toEqual([
    ['CX2012', 'macros/inner.sql'],
  ]);
});

test('a macro called as a block shows the text between its tags', () => {
  const macros = withMacros(
    sqlMacro('within', '{{name}} as ({{> @partial-block}})', [{ name: 'name' }]),
  );

  expect(render('with {{#within name="a"}}select {{target.name}}{{/within}}', macros).text).toBe(
    'with a as (select dev)',
  );
});

test('a script macro gets its arguments, defaults and the server', () => {
  const script: MacroDefinition = {
    kind: 'script',
    node: macroNode('columns', [
      { name: 'names', type: 'list' },
      { name: 'alias', isRequired: false, default: 't' },
    ]),
    call: ({ names, alias }, { identifier, capabilities, client }) =>
      `${(names as string[]).map((name) => `${String(alias)}.${identifier(name)}`).join(', ')} /* ${capabilities.family} ${client['currency']} */`,
  };

  expect(render('{{columns names=(list "a" "b")}}', withMacros(script)).text).toBe(
    't.`a`, t.`b` /* mysql BRL */',
  );
});

test('a macro of the project hides the shipped one, which its full name still reaches', () => {
  const macros = withMacros(sqlMacro('equals', 'mine', [{ name: 'left' }, { name: 'right' }]));

  expect(render('{{equals 1 2}} {{cortex.equals "1" "2"}}', macros).text).toBe(
    'mine ((1) <=> (2))',
  );
});

test('a shipped macro takes one text as a list of one, and a macro of the project does not', () => {
  const columns = sqlMacro('columns', '{{join names}}', [{ name: 'names', type: 'list' }]);

  expect(render('{{surrogate_key "id"}}').text).toBe(render('{{surrogate_key (list "id")}}').text);
  expect(render('{{pivot "size" "S"}}').text).toContain('as `S`');
  expect(render('{{columns "id"}}', withMacros(columns)).diagnostics).toMatchObject([
    { code: 'CX2022' },
  ]);
});

test('a package finds its own macro before those of others', () => {
  const own = sqlMacro('greet', 'shop');
  const others: MacroDefinition = {
    kind: 'sql',
    node: { ...macroNode('greet'), packageName: 'crm' },
    text: 'crm',
  };
  const library = createMacroLibrary([own, others]);

  expect(library.find('greet', 'crm')).toBe(others);
  expect(library.find('greet', 'other')).toBe(own);
  expect(library.find('crm.greet', 'shop')).toBe(others);
});

test('a macro that cannot be parsed is an error in its own file', () => {
  const { diagnostics } = render(
    '{{broken value=1}}',
    withMacros(sqlMacro('broken', 'a {{#if}', [{ name: 'value' }])),
  );

  expect(diagnostics.map(({ code, labels }) => [code, labels[0]?.span.file])).toEqual([
    ['CX2001', 'macros/broken.sql'],
  ]);
});

test('a macro is called without a template, for tests and operations', () => {
  const span = { file: 'models/schema.yml', start: 5, end: 9 };

  const called = renderMacro(
    { macro: ROUNDED, values: { value: 'x' }, span },
    templateEnvironment(),
  );
  const refused = renderMacro(
    { macro: ROUNDED, values: { valu: 'x' }, span },
    templateEnvironment(),
  );

  expect(called.value.text).toBe('round(x, 2)');
  expect(called.value.map[0]).toMatchObject({ source: { file: 'macros/rounded.sql' }, via: span });
  expect(refused.diagnostics.map(({ code, labels }) => [code, labels[0]?.span])).toEqual([
    ['CX2021', span],
    ['CX2020', span],
  ]);
});

test('every shipped macro says what it is for and what its arguments are', () => {
  for (const { node } of builtInMacros()) {
    expect(node.id).toBe(`macro.cortex.${node.name}`);
    expect(node.description).not.toBe('');
    for (const argument of node.arguments) expect(argument.description).not.toBe('');
  }
});

test('SQL is chosen by what the server can do', () => {
  const tidb = { capabilities: { ...CAPABILITIES, jsonValue: false, jsonValueReturning: false } };
  const mariadb = {
    capabilities: { ...CAPABILITIES, jsonValueReturning: false, anyValue: false, md5: true },
  };

  expect(render('{{json_str "c" "$.a"}}', tidb).text).toBe(
    "nullif(json_unquote(json_extract(c, '$.a')), 'null')",
  );
  expect(render('{{json_str "c" "$.a"}}', mariadb).text).toBe("json_value(c, '$.a')");
  expect(render('{{json_str "c" "$.a" 20}}').text).toBe("json_value(c, '$.a' returning char(20))");
  expect(render('{{any_value "x"}} {{md5 "x"}}', mariadb).text).toBe('min(x) md5(cast(x as char))');
});
