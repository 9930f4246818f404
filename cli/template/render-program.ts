import { TemplateFault } from './fault.ts';
import { callHelper, evaluate, resolveHead, spanOf } from './evaluate.ts';
import { renderBlock } from './render-block.ts';
import { renderPartial } from './render-partial.ts';
import type { Rendering } from './rendering.ts';
import type { ClosedPartial, Scope } from './scope.ts';
import { withPartials } from './scope.ts';
import type { SqlWriter } from './sql-writer.ts';
import type { OutputStatement, Program, Statement } from './syntax.ts';
import { notRenderable } from './messages.ts';
import { textOf } from './values.ts';

/** Writes every statement of a program; a statement that fails is reported and left out. */
export function renderProgram(
  program: Program,
  scope: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  const inner = program.inlines.length === 0 ? scope : withInlines(program, scope, rendering);
  for (const statement of program.statements) {
    try {
      renderStatement(statement, inner, writer, rendering);
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      rendering.report(error.diagnostics);
    }
  }
}

function renderStatement(
  statement: Statement,
  scope: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  switch (statement.kind) {
    case 'text':
      writeText(statement, scope, writer);
      return;
    case 'output':
      renderOutput(statement, scope, writer, rendering);
      return;
    case 'block':
      renderBlock(statement, scope, writer, rendering);
      return;
    case 'partial':
      renderPartial(statement, scope, writer, rendering);
  }
}

function writeText(
  text: Statement & { readonly kind: 'text' },
  scope: Scope,
  writer: SqlWriter,
): void {
  writer.copy(text.text, spanOf(text, scope), scope.frame.via);
}

function renderOutput(
  statement: OutputStatement,
  scope: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  const { call } = statement;
  const meaning = resolveHead(call, scope, rendering);
  if (meaning.kind === 'macro') {
    rendering.renderMacro({ definition: meaning.definition, expression: call, scope }, writer);
    return;
  }
  const value =
    meaning.kind === 'value' ? meaning.value : callHelper(meaning.helper, call, scope, rendering);
  const text = textOf(value);
  if (text === undefined)
    throw new TemplateFault(
      notRenderable(value, call.path.original, {
        span: spanOf(call, scope),
        isCall: call.isDefinite,
      }),
    );
  writer.expand(text, spanOf(statement, scope), scope.frame.via);
}

function withInlines(program: Program, scope: Scope, rendering: Rendering): Scope {
  const named = new Map<string, ClosedPartial>();
  for (const inline of program.inlines) {
    named.set(String(evaluate(inline.name, scope, rendering)), { program: inline.program, scope });
  }
  return withPartials(scope, named);
}
