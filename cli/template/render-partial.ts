import type { MacroDefinition } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { evaluate, evaluateNamed, spanOf } from './evaluate.ts';
import { scriptAsPartial, tooDeep, unknownPartial } from './messages.ts';
import { partialCall } from './partial-call.ts';
import type { Rendering } from './rendering.ts';
import type { ClosedPartial, Frame, Scope } from './scope.ts';
import { enterContext, findPartial, withPartialBlock, withPartials } from './scope.ts';
import { SqlWriter } from './sql-writer.ts';
import type { PartialStatement, Template } from './syntax.ts';
import { isRecord } from './values.ts';

export const DEEPEST_CALL = 100;
const PARTIAL_BLOCK = '@partial-block';

/** Writes `{{> name}}`: an inline partial, a partial that was handed in, or a macro. */
export function renderPartial(
  statement: PartialStatement,
  scope: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  if (statement.indent === '') {
    writePartial(statement, scope, writer, rendering);
    return;
  }
  const piece = new SqlWriter();
  writePartial(statement, scope, piece, rendering);
  writer.appendIndented(piece.finish(), statement.indent, {
    span: spanOf(statement, scope),
    via: scope.frame.via,
  });
}

function writePartial(
  statement: PartialStatement,
  scope: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  const name = partialName(statement, scope, rendering);
  const place = spanOf(statement.nameRange, scope);
  if (scope.frame.level >= DEEPEST_CALL) throw new TemplateFault(tooDeep(name, place));
  const block = statement.block && { program: statement.block, scope };
  const own = findOwn(name, scope);
  const macro = own ?? rendering.environment.macros.find(name, scope.frame.packageName);
  if (macro !== undefined && 'node' in macro) {
    includeMacro(macro, statement, scope, { writer, rendering, block });
    return;
  }
  const partial = own ?? block;
  if (partial === undefined)
    throw new TemplateFault(unknownPartial(name, place, partialNames(scope, rendering)));
  const called = partialContext(statement, scope, rendering);
  const caller = block === undefined ? called : withBlock(called, block, rendering);
  if ('scope' in partial) writeClosed(partial, caller, writer, rendering);
  else writeTemplate(partial, caller, writer, { rendering, call: spanOf(statement, scope) });
}

function partialName(statement: PartialStatement, scope: Scope, rendering: Rendering): string {
  if (typeof statement.name === 'string') return statement.name;
  return String(evaluate(statement.name, scope, rendering));
}

function findOwn(name: string, scope: Scope): ClosedPartial | Template | undefined {
  return name === PARTIAL_BLOCK ? scope.data.partialBlock : findPartial(scope, name);
}

/** A partial that names a macro is a call of it, which sees the inlines of its block. */
function includeMacro(
  definition: MacroDefinition,
  statement: PartialStatement,
  scope: Scope,
  site: {
    readonly writer: SqlWriter;
    readonly rendering: Rendering;
    readonly block: ClosedPartial | undefined;
  },
): void {
  const { writer, rendering, block } = site;
  if (definition.kind === 'script') {
    const place = spanOf(statement.nameRange, scope);
    throw new TemplateFault(scriptAsPartial(definition.node.name, place));
  }
  const { partials } = block === undefined ? scope : withBlock(scope, block, rendering);
  const call = { definition, expression: partialCall(statement), scope };
  rendering.renderMacro({ ...call, block: block?.program, included: { partials } }, writer);
}

/** The caller's scope with the context that the partial gets: the one given or the caller's own, and the named values. */
function partialContext(statement: PartialStatement, scope: Scope, rendering: Rendering): Scope {
  const base =
    statement.context === undefined
      ? scope.context
      : evaluate(statement.context, scope, rendering, true);
  if (statement.named.length === 0) return enterContext(scope, base);
  const own =
    isRecord(base) || Array.isArray(base) || typeof base === 'string'
      ? { ...(base as object) }
      : {};
  const context = { ...own, ...evaluateNamed(statement, scope, rendering) };
  const isRoot = base === scope.frame.root;
  const entered = enterContext(scope, context);
  return isRoot ? { ...entered, frame: { ...scope.frame, root: context } } : entered;
}

/** Makes the text between `{{#> name}}` and `{{/name}}` what `{{> @partial-block}}` means, and its inlines visible. */
function withBlock(called: Scope, block: ClosedPartial, rendering: Rendering): Scope {
  const inlines = block.program.inlines.map(
    (inline) =>
      [
        String(evaluate(inline.name, block.scope, rendering)),
        { program: inline.program, scope: block.scope },
      ] as const,
  );
  const scope = inlines.length === 0 ? called : withPartials(called, new Map(inlines));
  return withPartialBlock(scope, block);
}

/** A partial written in a template sees the block parameters and outer contexts of the place where it was written. */
function writeClosed(
  partial: ClosedPartial,
  caller: Scope,
  writer: SqlWriter,
  rendering: Rendering,
): void {
  const { scope } = partial;
  const isBlock = caller.data.partialBlock === partial;
  const frame: Frame = {
    ...scope.frame,
    level: caller.frame.level + 1,
    root: rootFor(caller, scope),
  };
  const data = isBlock ? withPartialBlock(caller, scope.data.partialBlock).data : caller.data;
  const inner = enterContext(
    { ...scope, frame, data, partials: isBlock ? scope.partials : caller.partials },
    caller.context,
  );
  rendering.renderProgram(partial.program, inner, writer);
}

function rootFor(caller: Scope, definition: Scope): unknown {
  return caller.context === caller.frame.root ? caller.context : definition.frame.root;
}

/** A partial of another file sees its context, its named values and `@data`, and no outer contexts. */
function writeTemplate(
  template: Template,
  caller: Scope,
  writer: SqlWriter,
  site: { readonly rendering: Rendering; readonly call: Frame['via'] },
): void {
  const frame: Frame = {
    ...caller.frame,
    file: template.file,
    via: caller.frame.via ?? site.call,
    level: caller.frame.level + 1,
  };
  const scope: Scope = {
    ...caller,
    frame,
    depths: { value: caller.context, outer: undefined },
    parameters: undefined,
  };
  site.rendering.renderProgram(template.program, scope, writer);
}

function partialNames(scope: Scope, rendering: Rendering): string[] {
  const names: string[] = [];
  for (let link = scope.partials; link !== undefined; link = link.outer)
    names.push(...link.value.keys());
  return [...names, ...rendering.environment.macros.names];
}
