import type { Span } from '../kernel/span.ts';
import { identifier } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';
import type { MacroDefinition } from './environment.ts';
import { evaluate, spanOf } from './evaluate.ts';
import { TemplateFault } from './fault.ts';
import type { GivenArgument } from './macro-arguments.ts';
import { bindArguments, givenArguments } from './macro-arguments.ts';
import { macroProgram, parsedMacro } from './macro-body.ts';
import { macroFailed, notRenderable, tooDeep } from './messages.ts';
import { DEEPEST_CALL } from './render-partial.ts';
import type { MacroInvocation, Rendering } from './rendering.ts';
import type { ClosedPartial, Frame } from './scope.ts';
import { rootScope, withPartialBlock } from './scope.ts';
import { SqlWriter } from './sql-writer.ts';
import { textOf } from './values.ts';

/** A macro with its arguments, wherever the call was written. */
export interface BoundCall {
  readonly definition: MacroDefinition;
  readonly given: readonly GivenArgument[];
  readonly site: { readonly span: Span; readonly via: Span | undefined; readonly level: number };
  readonly block?: ClosedPartial | undefined;
  readonly included?: MacroInvocation['included'];
}

export function writeMacro(call: BoundCall, rendering: Rendering, writer: SqlWriter): void {
  const { definition, site } = call;
  if (definition.kind === 'sql') {
    writeBody(call, rendering, writer);
    return;
  }
  const value = scriptValue(call, rendering);
  const text = textOf(value);
  if (text === undefined)
    throw new TemplateFault(
      notRenderable(value, definition.node.name, { span: site.span, isCall: true }),
    );
  writer.expand(text, site.span, site.via);
}

export function macroValue(call: BoundCall, rendering: Rendering): unknown {
  if (call.definition.kind === 'script') return scriptValue(call, rendering);
  const writer = new SqlWriter();
  writeBody(call, rendering, writer);
  return writer.text.trim();
}

/** A call as a template wrote it. */
export function templateCall(invocation: MacroInvocation, rendering: Rendering): BoundCall {
  const { definition, expression, scope, block, included } = invocation;
  const { file, via, level } = scope.frame;
  return {
    definition,
    given: givenArguments(expression, file, (value) => evaluate(value, scope, rendering)),
    site: { span: spanOf(expression, scope), via, level },
    block: block && { program: block, scope },
    included,
  };
}

function writeBody(call: BoundCall, rendering: Rendering, writer: SqlWriter): void {
  const { definition, site } = call;
  if (definition.kind !== 'sql') return;
  const { node } = definition;
  if (site.level >= DEEPEST_CALL) throw new TemplateFault(tooDeep(node.name, site.span));
  const root = bindArguments(call, rendering.environment.macros);
  const { included } = call;
  const program =
    included === undefined ? macroProgram(definition) : parsedMacro(definition).program;
  const frame: Frame = {
    file: node.path,
    packageName: node.packageName,
    via: site.via ?? site.span,
    root,
    level: site.level + 1,
  };
  const scope = { ...rootScope(frame), partials: included?.partials };
  rendering.renderProgram(program, withPartialBlock(scope, call.block), writer);
}

function scriptValue(call: BoundCall, rendering: Rendering): unknown {
  const { definition, site } = call;
  if (definition.kind !== 'script') return undefined;
  const values = bindArguments(call, rendering.environment.macros);
  const { capabilities, target, client } = rendering.environment;
  try {
    return definition.call(values, { capabilities, target, client, identifier, literal });
  } catch (error) {
    throw new TemplateFault(macroFailed(definition.node.name, error, site.span));
  }
}
