import { expect, test } from 'vitest';
import { diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { renderDiagnostic } from '../../../cli/report/render-diagnostic.ts';
import { createStyle } from '../../../cli/report/style.ts';
import { textsOf } from '../../support/run-events.ts';

const PLAIN = createStyle(false);
const MODEL =
  "select 1,\n    'last_click' as attribution_model,\n    o.total as revenue\nfrom {{ref 'fct_orders'}} o\n";
const texts = textsOf({
  'models/a.sql': MODEL,
  'macros/cents.sql': `${'\n'.repeat(9)}round({{value}})\n`,
});
const spanOf = (text: string) => ({
  file: 'models/a.sql',
  start: MODEL.indexOf(text),
  end: MODEL.indexOf(text) + text.length,
});

test('a diagnostic shows its frame, its notes and what to do', () => {
  const found = diagnostic('CX2101', '`fct_orders` has no column `total`', {
    span: spanOf('o.total'),
    label: 'not a column of `fct_orders`',
    notes: ["mysql: 1054 (42S22) Unknown column 'o.total' in 'field list'"],
    hint: 'did you mean `total_amount`?',
  });

  expect(renderDiagnostic(found, texts, PLAIN)).toMatchInlineSnapshot(`
    "error[CX2101] unknown-ref: \`fct_orders\` has no column \`total\`
     --> models/a.sql:3:5
      |
    2 |     'last_click' as attribution_model,
    3 |     o.total as revenue
      |     ^^^^^^^ not a column of \`fct_orders\`
    4 | from {{ref 'fct_orders'}} o
      = mysql: 1054 (42S22) Unknown column 'o.total' in 'field list'

    hint: did you mean \`total_amount\`?"
  `);
});

test('a problem inside a macro also shows the call, under one column of line numbers', () => {
  const found = diagnostic('CX2001', 'a value is missing', {
    labels: [
      { span: { file: 'macros/cents.sql', start: 15, end: 24 } },
      { span: spanOf("{{ref 'fct_orders'}}"), text: 'expanded here' },
    ],
  });

  expect(renderDiagnostic(found, texts, PLAIN)).toMatchInlineSnapshot(`
    "error[CX2001] template-syntax: a value is missing
      --> macros/cents.sql:10:7
       |
     9 |
    10 | round({{value}})
       |       ^^^^^^^^^
      --> models/a.sql:4:6
       |
     3 |     o.total as revenue
     4 | from {{ref 'fct_orders'}} o
       |      ^^^^^^^^^^^^^^^^^^^^ expanded here"
  `);
});

test('a file that cannot be read is named without a frame', () => {
  const found = diagnostic('CX7001', 'nothing matches `*.csv`', {
    span: { file: 'gone.yml', start: 3, end: 4 },
  });

  expect(renderDiagnostic(found, texts, PLAIN)).toMatchInlineSnapshot(`
    "error[CX7001] file-not-found: nothing matches \`*.csv\`
     --> gone.yml"
  `);
});

test('colours mark the headline, the gutter, the carets and the hint', () => {
  const found = diagnostic('CX2101', 'no model is named `x`', {
    span: spanOf('select'),
    hint: 'look again',
  });

  expect(renderDiagnostic(found, texts, createStyle(true)).split('\n')).toMatchInlineSnapshot(`
    [
      "[31merror[CX2101][39m [1munknown-ref[22m: no model is named \`x\`",
      " [36m-->[39m models/a.sql:1:1",
      "[2m  |[22m",
      "[2m1 |[22m select 1,",
      "[2m  |[22m[31m ^^^^^^[39m",
      "[2m2 |[22m     'last_click' as attribution_model,",
      "",
      "[36mhint:[39m look again",
    ]
  `);
});
