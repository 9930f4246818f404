import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { sliceSql } from '../kernel/rendered-sql.ts';
import { readStatement } from '../sql/statement.ts';
import { parseTemplate } from '../template/parse.ts';
import { renderTemplate } from '../template/render.ts';
import type { TemplateText } from './compile-text.ts';
import type { CompileContext } from './context.ts';
import { nodeEnvironment } from './references.ts';
import { startInlining } from './compile-template.ts';

/**
 * Evaluates a template to its statements, in order, each with the origin of every character. Ephemeral
 * models are put in front of a template that is one statement; a script of several cannot read them.
 */
export function compileScript(
  template: TemplateText,
  context: CompileContext,
): Outcome<readonly RenderedSql[]> {
  const { text, file, offset = 0, packageName } = template;
  const inlining = startInlining(context);
  const parsed = parseTemplate({ path: file, text }, offset);
  if (parsed.value === undefined) return outcome([], parsed.diagnostics);
  const environment = nodeEnvironment({ packageName, node: undefined }, context, inlining.add);
  const rendered = renderTemplate(parsed.value, environment, { packageName });
  const statements = statementsOf(rendered.value);
  const diagnostics = [...parsed.diagnostics, ...rendered.diagnostics];
  const [only, ...others] = statements;
  if (only === undefined || others.length > 0) return outcome(statements, diagnostics);
  const whole = inlining.finish(outcome(only, diagnostics));
  return outcome([whole.value.sql], whole.diagnostics);
}

function statementsOf(sql: RenderedSql): RenderedSql[] {
  const statements: RenderedSql[] = [];
  let rest: RenderedSql | undefined = sql;
  while (rest !== undefined) {
    const { sql: first, secondAt } = readStatement(rest);
    if (first.text !== '') statements.push(first);
    rest = secondAt === undefined ? undefined : sliceSql(rest, secondAt);
  }
  return statements;
}
