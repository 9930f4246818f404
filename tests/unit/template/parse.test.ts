import { expect, test } from 'vitest';
import { parseTemplate } from '../../../cli/template/parse.ts';
import { problems } from '../../support/template-environment.ts';

function mistakes(text: string): string[] {
  return problems(text, parseTemplate({ path: 'a.sql', text }).diagnostics);
}

const LITERAL = 'write `\\{{` for two braces that are not a template';

test.each([
  [
    'select {{#if x}} 1',
    'CX2001 at `{{#if`: `{{#if}}` is never closed (write `{{/if}}` where the block ends)',
  ],
  ['{{#if x}}\n1 {{/each}}', 'CX2001 at `{{/each`: `{{#if}}` is closed by `{{/each}}`'],
  [
    '{{#a.b x}}{{#if}}{{/if}}',
    'CX2001 at `{{#a`: `{{#a.b}}` is never closed (write `{{/a.b}}` where the block ends)',
  ],
  ['1 {{/if}}', 'CX2001 at `{{/if`: `{{/if}}` closes a block that is not open'],
  ['a\n{{ref "x"', `CX2001 at \`{{\`: \`{{\` is not closed by \`}}\` (${LITERAL})`],
  ['{{!-- a --}}ç 😀 {{foo )}}', `CX2001 at \`)\`: \`)\` was not expected here (${LITERAL})`],
  ['{{else}}', `CX2001 at \`{{else}}\`: \`{{else}}\` was not expected here (${LITERAL})`],
  ['\r\n{{x/../y}}', `CX2001 at \`x/../y\`: Invalid path: x/.. (${LITERAL})`],
  [
    '{{> a b c}}',
    'CX2001 at `{{> a b c}}`: a partial takes one context; the rest are named arguments',
  ],
  [
    '{{#*mine "x"}}{{/mine}}',
    'CX2001 at `{{#*mine "x"}}{{/mine}}`: decorators other than `inline` do not exist',
  ],
  [
    "select * from {{ ref('orders') }}",
    'CX2001 at `ref(`: `(` does not begin the arguments of a call (arguments follow the name without parentheses: `{{ref "a" "b"}}`)',
  ],
])('%j is refused at its place', (text, problem) => {
  expect(mistakes(text)).toEqual([problem]);
});

test.each([
  [
    "{% if target.name == 'prod' %}select 1{% endif %}",
    "{% if target.name == 'prod' %}",
    '`{% if %}` is Jinja, and templates are Handlebars',
  ],
  ['select {{x}}\n{%- set a = 1 -%}\n', '{%- set a = 1 -%}', '`{% set %}` is Jinja'],
  ['{% for c in columns\n  %}', '{% for c in columns', '`{% for %}` is Jinja'],
])('%j is told to be Jinja', (text, marked, message) => {
  const [problem = ''] = mistakes(text);

  expect(problem).toContain(`CX2001 at \`${marked}\`: ${message}`);
});

test.each([
  "select * from a where name like '{% if x %}'",
  '-- {% if x %}\nselect 1',
  '{{!-- {% if x %} --}}select 1',
  '{{! {% if x %} }}select 1',
  'select {% docs x %}',
])('%j is no Jinja', (text) => {
  expect(mistakes(text)).toEqual([]);
});

test('a text without braces is one piece of text', () => {
  expect(parseTemplate({ path: 'a.sql', text: 'select 1' }).value?.program.statements).toEqual([
    { kind: 'text', text: 'select 1', start: 0, end: 8 },
  ]);
});

test('offsets count from where the template begins in its file', () => {
  const parsed = parseTemplate({ path: 'models/schema.yml', text: 'a {{b}}' }, 100);
  const broken = parseTemplate({ path: 'models/schema.yml', text: 'a {{b' }, 100);

  expect(parsed.value?.program.statements.map(({ start, end }) => [start, end])).toEqual([
    [100, 102],
    [102, 107],
  ]);
  expect(broken.diagnostics[0]?.labels[0]?.span).toEqual({
    file: 'models/schema.yml',
    start: 102,
    end: 104,
  });
});

test('endless nesting is refused', () => {
  const depth = 600;

  expect(mistakes(`${'{{#if a}}'.repeat(depth)}${'{{/if}}'.repeat(depth)}`)[0]).toMatch(
    /nested too deeply/,
  );
  expect(mistakes(`{{a ${'(b '.repeat(depth)}1${')'.repeat(depth)}}}`)[0]).toMatch(
    /nested too deeply/,
  );
});
