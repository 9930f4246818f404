import { expect, test } from 'vitest';
import type { TemplateAnalysis } from '../../../cli/template/analyse.ts';
import { analyseTemplate } from '../../../cli/template/analyse.ts';
import type { TemplateEnvironment } from '../../../cli/template/environment.ts';
import { parseTemplate } from '../../../cli/template/parse.ts';
import type { Template } from '../../../cli/template/syntax.ts';
import {
  problems,
  sqlMacro,
  templateEnvironment,
  withMacros,
} from '../../support/template-environment.ts';

function analyse(text: string, changes: Partial<TemplateEnvironment> = {}) {
  const template = parseTemplate({ path: 'models/a.sql', text }).value as Template;
  const { value, diagnostics } = analyseTemplate(template, {
    packageName: 'shop',
    environment: templateEnvironment(changes),
  });
  return { ...value, problems: problems(text, diagnostics) };
}

const refNames = (analysis: TemplateAnalysis) => analysis.refs.map((call) => call.name);

test('refs and sources of all branches are found, whatever would run', () => {
  const text = `{{#if is_incremental}}{{ref "a"}}{{else if target.x}}{{ref "crm" "b" v=2}}{{else}}{{source "s" "t"}}{{/if}}
    {{#each (list (ref "c"))}}{{this}}{{/each}}`;

  const found = analyse(text);

  expect(
    found.refs.map(({ span, ...call }) => ({ ...call, at: text.slice(span.start, span.end) })),
  ).toEqual([
    { name: 'a', at: '"a"' },
    { name: 'b', package: 'crm', version: 2, at: '"b"' },
    { name: 'c', at: '"c"' },
  ]);
  expect(
    found.sources.map(({ source, table, span }) => [
      source,
      table,
      text.slice(span.start, span.end),
    ]),
  ).toEqual([['s', 't', '"s" "t"']]);
  expect(found).toMatchObject({ usesIncremental: true, problems: [] });
});

test('configuration is evaluated', () => {
  const found = analyse(
    '{{config materialized="table" tags=(list "a" (var "x"))}}{{var "y" 1}}{{env_var "E" "e"}}',
    {
      variable: (name) => (name === 'x' ? 'b' : undefined),
    },
  );

  expect(found.config.map(({ values }) => values)).toEqual([
    { materialized: 'table', tags: ['a', 'b'] },
  ]);
  expect(found).toMatchObject({ variables: ['x', 'y'], environmentVariables: ['E'], problems: [] });
});

test('only the configuration that runs counts', () => {
  const found = analyse(
    '{{#if (eq target.name "dev")}}{{config enabled=false}}{{else}}{{config enabled=true}}{{/if}}',
  );

  expect(found.config.map(({ values }) => values)).toEqual([{ enabled: false }]);
});

test('names that are computed are found by evaluating', () => {
  const found = analyse(
    '{{#each (list "a" "b")}}{{ref this}}{{source "s" (concat this "x")}}{{/each}}{{ref "c"}}',
  );

  expect(refNames(found)).toEqual(['c', 'a', 'b']);
  expect(found.sources.map((call) => call.table)).toEqual(['ax', 'bx']);
});

test('what macros mention belongs to their caller, also when they call each other', () => {
  const macros = withMacros(
    sqlMacro('one', '{{ref "deep"}}{{two}}{{var "v" 1}}'),
    sqlMacro('two', '{{#if is_incremental}}{{one}}{{/if}}{{source "s" "t"}}'),
  );

  const first = analyse('{{two}}', macros);
  const second = analyse('{{one}}{{date_trunc unit="day" date="x"}}', macros);

  expect(first).toMatchObject({ usesIncremental: true, variables: ['v'] });
  expect([...first.macros].toSorted()).toEqual(['macro.shop.one', 'macro.shop.two']);
  expect(refNames(first)).toEqual(['deep']);
  expect(refNames(second)).toEqual(['deep']);
  expect(second.sources).toHaveLength(1);
  expect(second.macros).toContain('macro.cortex.date_trunc');
});

test('a macro that gets the name of a model as argument is evaluated', () => {
  const macros = withMacros(
    sqlMacro('rows', '(select count(*) from {{ref model}})', [{ name: 'model' }]),
  );

  expect(refNames(analyse('select {{rows model="orders"}}', macros))).toEqual(['orders']);
});

test('mistakes of calls are found in branches that do not run', () => {
  expect(
    analyse('{{#if false}}{{reff "a"}}{{date_trunc unt="day" unit="d"}}{{/if}}').problems,
  ).toEqual([
    'CX2010 at `reff`: no helper or macro is named `reff` (did you mean `ref`?)',
    'CX2021 at `unt="day"`: macro `date_trunc` has no argument `unt` (did you mean `unit`?)',
    'CX2020 at `{{date_trunc unt="day" unit="d"}}`: macro `date_trunc` needs the argument `date` (add `date=…` to the call)',
  ]);
});
