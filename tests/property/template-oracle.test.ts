import * as fc from 'fast-check';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../cli/template/parse.ts';
import type { Template } from '../../cli/template/syntax.ts';
import type { Rendered } from '../support/template-environment.ts';
import { render } from '../support/template-environment.ts';
import type { Shape } from '../support/template-text.ts';
import { partialTexts, shape, templateText } from '../support/template-text.ts';

const RUNS = { numRuns: 3000 };

// With `noEscape` Handlebars adds numbers that stand side by side; an escape that changes nothing does not.
Handlebars.Utils.escapeExpression = written;

function oracle(text: string, context: Shape, partials: Readonly<Record<string, string>>): string {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('concat', (...values: unknown[]) =>
    values.slice(0, -1).map(written).join(''),
  );
  handlebars.registerHelper(
    'eq',
    (left: unknown, right: unknown) => (left ?? null) === (right ?? null),
  );
  handlebars.registerHelper(
    'not',
    (value: unknown) => handlebars.Utils.isEmpty(value) || value === 0,
  );
  handlebars.registerHelper('raw', function (this: unknown, options: Handlebars.HelperOptions) {
    return options.fn(this);
  });
  handlebars.registerPartial(partials);
  return handlebars.compile(text)(context);
}

function written(value: unknown): string {
  return value === null || value === undefined ? '' : `${value as string | number | boolean}`;
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function cortex(
  text: string,
  context: Shape,
  partials: Readonly<Record<string, string>>,
): Rendered {
  const parsed = new Map<string, Template>();
  for (const [name, partial] of Object.entries(partials)) {
    const template = parseTemplate({ path: name, text: partial }).value;
    if (template !== undefined) parsed.set(name, template);
  }
  return render(text, { thisRelation: undefined }, { context: { ...context }, partials: parsed });
}

test('templates render as Handlebars renders them', () => {
  let compared = 0;
  fc.assert(
    fc.property(templateText, shape, partialTexts, (text, context, partials) => {
      const expected = attempt(() => oracle(text, context, partials));
      const rendered = cortex(text, context, partials);

      if (rendered.diagnostics.length > 0) {
        fc.pre(
          expected === undefined || rendered.diagnostics.every(({ code }) => code === 'CX2012'),
        );
        return;
      }
      compared += 1;
      expect(rendered.text).toBe(expected);
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(RUNS.numRuns * 0.6);
});

test('source maps cover every character and copied text equals what the file says', () => {
  fc.assert(
    fc.property(templateText, shape, partialTexts, (text, context, partials) => {
      const { sql } = cortex(text, context, partials);
      const files: Readonly<Record<string, string>> = { ...partials, 'models/a.sql': text };
      let end = 0;
      for (const segment of sql.map) {
        expect(segment.start).toBe(end);
        expect(segment.end).toBeGreaterThan(segment.start);
        end = segment.end;
        const { source } = segment;
        const written = source && files[source.file]?.slice(source.start, source.end);
        if (segment.kind === 'verbatim')
          expect(written).toBe(sql.text.slice(segment.start, segment.end));
        else expect(written).toMatch(/^\{\{[^]*\}\}$/);
        if (segment.via !== undefined)
          expect(text.slice(segment.via.start, segment.via.end)).toMatch(/^\{\{[^]*\}\}$/);
      }
      expect(end).toBe(sql.text.length);
    }),
    RUNS,
  );
});

test('a template that Handlebars cannot parse is a diagnostic inside the file, and no other is', () => {
  const broken = fc.tuple(
    templateText,
    fc.nat(400),
    fc.constantFrom('', '{{', '}}', '{{#', '{{/if}}', '(', '"', '{{else}}'),
  );
  fc.assert(
    fc.property(broken, ([whole, at, insert]) => {
      const place = Math.min(at, whole.length);
      const text = `${whole.slice(0, place)}${insert}${whole.slice(place + 1)}`;
      const isAccepted = attempt(() => Handlebars.parse(text)) !== undefined;
      const { value, diagnostics } = parseTemplate({ path: 'a.sql', text });

      for (const { code, labels } of diagnostics) {
        expect(code).toBe('CX2001');
        expect(labels[0]?.span.start).toBeLessThanOrEqual(text.length);
        expect(labels[0]?.span.end).toBeLessThanOrEqual(text.length);
      }
      if (!isAccepted) expect(value).toBeUndefined();
      expect(diagnostics.length).toBe(value === undefined ? 1 : 0);
    }),
    RUNS,
  );
});
