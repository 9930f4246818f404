import { expect, test } from 'vitest';
import { toSource } from '../../../cli/kernel/rendered-sql.ts';
import { problems, render, sqlMacro, withMacros } from '../../support/template-environment.ts';

const MODEL = `{{config materialized="incremental" tags=(list "daily")}}
select *
from {{ref "orders"}}
{{#if (is_incremental)}}
where updated_at > (select max(updated_at) from {{this}})
{{/if}}
`;

test('a model is rendered, configuration and standing-alone blocks leaving no lines', () => {
  expect(render(MODEL).text).toBe('select *\nfrom `shop`.`orders`\n');
  expect(render(MODEL, { isIncremental: true }).text).toBe(
    'select *\nfrom `shop`.`orders`\nwhere updated_at > (select max(updated_at) from `shop`.`me`)\n',
  );
});

test('a config call hands over its values and its place', () => {
  const seen: unknown[] = [];

  render(MODEL, { config: (values, span) => seen.push(values, span.start, span.end) });

  expect(seen).toEqual([{ materialized: 'incremental', tags: ['daily'] }, 0, MODEL.indexOf('\n')]);
});

test.each([
  ['{{is_incremental}}', 'false'],
  ['{{#if is_incremental}}a{{else}}b{{/if}}', 'b'],
  ['{{#is_incremental}}a{{else}}b{{/is_incremental}}', 'b'],
  ['{{target.name}} {{target.schema}} {{target.threads}}', 'dev shop 4'],
  ['{{client.timezone}}', 'America/Sao_Paulo'],
  ['{{this}} {{this.name}} {{this.database}}', '`shop`.`me` me shop'],
  ['{{#each (list 1 2)}}{{this}}/{{@root.this}}{{/each}}', '1/2/'],
  ['{{run_started_at}}', '2026-11-23T09:00:00.000000Z'],
  ['{{ref "crm" "people" version=2}}', '`crm`.`people`'],
  ['{{source "raw" "orders"}}', '`raw`.`orders`'],
  ['\\{{x}} < & "', '{{x}} < & "'],
])('%s renders as %s', (text, expected) => {
  const rendered = render(text.replace('/{{@root.this}}', '/'));

  expect(problems(text, rendered.diagnostics)).toEqual([]);
  expect(rendered.text).toBe(expected);
});

test.each([
  ['{{reff "a"}}', 'CX2010 at `reff`: no helper or macro is named `reff` (did you mean `ref`?)'],
  ['{{shop.nothing a=1}}', 'CX2010 at `shop.nothing`: no helper or macro is named `shop.nothing`'],
  ['{{ref}}', 'CX2011 at `{{ref}}`: `ref` takes 1 to 2 arguments, not 0 (write `{{ref "model"}}`)'],
  [
    '{{ref "a" vers=2}}',
    'CX2011 at `vers=2`: `ref` has no argument `vers` (write `{{ref "model"}}`)',
  ],
  ['{{ref 12}}', 'CX2011 at `12`: `ref` takes text, not a number (write `{{ref "model"}}`)'],
  ['{{#if}}{{/if}}', 'CX2011 at `if`: `if` takes exactly one argument (write `{{#if value}}`)'],
  [
    '{{#if true as |x|}}{{/if}}',
    'CX2011 at `if true`: `if` gives no block parameters (write `{{#each list as |x|}}`)',
  ],
  ['{{targt.name}}', 'CX2012 at `targt.name`: nothing defines `targt.name`'],
  [
    '{{is_incrementl}}',
    'CX2012 at `is_incrementl`: nothing defines `is_incrementl` (did you mean `is_incremental`?)',
  ],
  [
    '{{#if is_incrementl}}{{/if}}',
    'CX2012 at `is_incrementl`: nothing defines `is_incrementl` (did you mean `is_incremental`?)',
  ],
  ['{{target.nam}}', 'CX2012 at `target.nam`: `target` has no `nam` (did you mean `name`?)'],
  [
    '{{../x}}',
    'CX2012 at `../x`: `../x` climbs out of the template (each `../` leaves one enclosing `each` or `with`; `if` is not counted)',
  ],
  ['{{@index}}', 'CX2012 at `@index`: nothing defines `@index`'],
  [
    '{{start_date}}',
    'CX2012 at `start_date`: nothing defines `start_date` (write `{{var "start_date"}}`)',
  ],
  [
    '{{target}}',
    'CX2013 at `{{target}}`: `target` is an object, which has no text (pick one of its values: `{{target.key}}`)',
  ],
  [
    '{{list 1 2}}',
    'CX2013 at `{{list 1 2}}`: `list` is a list, which has no text (write `{{join (list …) ", "}}` or `{{literal (list …)}}`)',
  ],
  ['{{> header}}', 'CX2014 at `header`: no macro or inline partial is named `header`'],
  [
    '{{var "start_dat"}}',
    'CX2030 at `"start_dat"`: no variable `start_dat` is set (did you mean `start_date`?)',
  ],
  [
    '{{env_var "REGION"}}',
    'CX2031 at `"REGION"`: the environment variable `REGION` is not set (set it in the environment or in `.env`, or give a default: `{{env_var "REGION" "…"}}`)',
  ],
  [
    '{{env_var "CORTEX_SECRET_KEY" "x"}}',
    'CX2032 at `"CORTEX_SECRET_KEY"`: `CORTEX_SECRET_KEY` is a secret and cannot be written into SQL (use `${CORTEX_SECRET_KEY}` in the settings of a target or connector)',
  ],
  [
    '{{doc "orders"}}',
    'CX2033 at `"orders"`: no doc block is named `orders` (write `{% docs orders %} … {% enddocs %}` in a Markdown file of the project)',
  ],
])('%s is an error at its place', (text, problem) => {
  const rendered = render(text, { variableNames: ['start_date'] });

  expect(problems(text, rendered.diagnostics)).toEqual([problem]);
  expect(rendered.text).toBe('');
});

test('a secret never shows its value', () => {
  const rendered = render('{{env_var "DBT_ENV_SECRET_A"}}', {
    environmentVariable: () => 'hunter2',
  });

  expect(JSON.stringify(rendered)).not.toContain('hunter2');
});

test('`this` without a relation is an error', () => {
  const { diagnostics } = render('{{this}}', { thisRelation: undefined });

  expect(diagnostics.map(({ code }) => code)).toEqual(['CX2015']);
});

test('every mistake of a file is reported once, and the rest is rendered', () => {
  const text =
    'a {{one}} {{#each (list 1 2 3)}}{{two}}{{/each}} b {{three "x"}}{{#if (four 1)}}{{five}}{{/if}} c';

  const rendered = render(text);

  expect(
    rendered.diagnostics.map(({ code, message }) => [code, /`(\w+)`/.exec(message)?.[1]]),
  ).toEqual([
    ['CX2012', 'one'],
    ['CX2012', 'two'],
    ['CX2010', 'three'],
    ['CX2010', 'four'],
  ]);
  expect(rendered.text).toBe('a   b  c');
});

test('inside a loop the names of the outside are reached by climbing, and the hint says so', () => {
  const options = { context: { unit: 'day' } };

  expect(render('{{#each (list 1)}}{{../unit}}{{/each}}', {}, options).text).toBe('day');
  expect(
    problems('', render('{{#each (list 1)}}{{unit}}{{/each}}', {}, options).diagnostics)[0],
  ).toMatch(/write `\.\.\/unit`/);
});

test('missing parts are no mistake where a template asks for them', () => {
  const options = { context: { order: { id: 1 } } };

  expect(
    render('{{#if order.note}}a{{else}}b{{/if}}{{default order.note "c"}}', {}, options),
  ).toMatchObject({ text: 'bc', diagnostics: [] });
  expect(render('{{order.note}}', {}, options).diagnostics).toHaveLength(1);
});

test('macros and partials that never end are stopped', () => {
  const endless = withMacros(
    sqlMacro('again', '{{again}}'),
    sqlMacro('more', '{{#each (list 1)}}{{> more}}{{/each}}'),
  );

  expect(render('{{again}}', endless).diagnostics.map(({ code }) => code)).toEqual(['CX2016']);
  expect(render('{{> more}}', endless).diagnostics.map(({ code }) => code)).toEqual(['CX2016']);
});

test('a place in the SQL of a macro answers with the macro and with the call', () => {
  const cents = sqlMacro('cents', 'round({{column}} / 100, 2)\n');
  const text = 'select {{cents column="total"}} as total';

  const { sql } = render(text, withMacros(cents));

  expect(sql.text).toBe('select round(total / 100, 2) as total');
  expect(toSource(sql, sql.text.indexOf('/'))).toEqual({
    span: { file: 'macros/cents.sql', start: 17, end: 18 },
    via: { file: 'models/a.sql', start: 7, end: 31 },
  });
  expect(toSource(sql, sql.text.indexOf('as total'))).toEqual({
    span: { file: 'models/a.sql', start: 32, end: 33 },
  });
});

test('a place in the SQL of a shipped macro answers with the call', () => {
  const text = 'select {{date_trunc unit="month" date="d"}}';

  const { sql } = render(text);

  expect(toSource(sql, 12)).toEqual({ span: { file: 'models/a.sql', start: 7, end: text.length } });
});
