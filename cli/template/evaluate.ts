import type { Span } from '../kernel/span.ts';
import type { MacroDefinition } from './environment.ts';
import { TemplateFault } from './fault.ts';
import type { Helper } from './helper.ts';
import { checkArguments } from './helper.ts';
import { BLOCKS, GLOBALS, HELPERS } from './helpers/registry.ts';
import {
  nothingEncloses,
  noRelationHere,
  unknownHelper,
  unknownProperty,
  unknownVariable,
} from './messages.ts';
import type { Rendering } from './rendering.ts';
import type { Scope } from './scope.ts';
import { findParameter, visibleNames } from './scope.ts';
import type { CallExpression, Expression, PathExpression } from './syntax.ts';
import { ownProperty } from './values.ts';

/** What the head of a call turned out to be. */
export type Meaning =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'helper'; readonly helper: Helper }
  | { readonly kind: 'macro'; readonly definition: MacroDefinition };

/** Calls that ask whether a value is there: a missing property is no mistake in their arguments. */
const ASKING: ReadonlySet<string> = new Set([
  'if',
  'unless',
  'each',
  'with',
  'and',
  'or',
  'not',
  'default',
  'eq',
  'ne',
  'in',
]);

/** The value of an argument. */
export function evaluate(
  expression: Expression,
  scope: Scope,
  rendering: Rendering,
  isAsking = false,
): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path': {
      const found = lookUp(expression, scope, rendering, isAsking);
      if (found === undefined) throw new TemplateFault(undefinedName(expression, scope, rendering));
      return found.value;
    }
    case 'call':
      return evaluateCall(expression, scope, rendering);
  }
}

/** The value of a call in parentheses. */
function evaluateCall(call: CallExpression, scope: Scope, rendering: Rendering): unknown {
  const meaning = resolveHead(call, scope, rendering);
  switch (meaning.kind) {
    case 'value':
      return meaning.value;
    case 'helper':
      return callHelper(meaning.helper, call, scope, rendering);
    case 'macro':
      return rendering.macroValue({ definition: meaning.definition, expression: call, scope });
  }
}

/**
 * Finds out what a head means. Without arguments: a block parameter or a value of the context first, then
 * a global, a helper, a macro. With arguments: a helper, then a macro.
 */
export function resolveHead(
  call: CallExpression,
  scope: Scope,
  rendering: Rendering,
  isAsking = false,
): Meaning {
  const { path } = call;
  const found = call.isDefinite ? undefined : lookUp(path, scope, rendering, isAsking);
  if (found !== undefined) return { kind: 'value', value: found.value };
  const isPlain = !path.isData && !path.isScoped && path.depth === 0;
  const callable = isPlain ? findCallable(call, scope, rendering) : undefined;
  if (callable !== undefined) return callable;
  if (!call.isDefinite) throw new TemplateFault(undefinedName(path, scope, rendering));
  throw new TemplateFault(
    unknownHelper(path.original, spanOf(path, scope), callableNames(rendering)),
  );
}

function findCallable(
  call: CallExpression,
  scope: Scope,
  rendering: Rendering,
): Meaning | undefined {
  const name = call.path.parts.join('.');
  const global =
    call.values.length + call.named.length === 0 ? globalValue(name, rendering) : undefined;
  if (global !== undefined) return { kind: 'value', value: global.value };
  const helper = HELPERS.get(name);
  if (helper !== undefined) return { kind: 'helper', helper };
  const definition = rendering.environment.macros.find(name, scope.frame.packageName);
  return definition && { kind: 'macro', definition };
}

/** Evaluates the arguments and calls a helper. */
export function callHelper(
  helper: Helper,
  call: CallExpression,
  scope: Scope,
  rendering: Rendering,
): unknown {
  const fault = checkArguments(helper, call, scope.frame.file);
  if (fault !== undefined) throw fault;
  const isAsking = ASKING.has(helper.name);
  return helper.evaluate({
    helper,
    values: call.values.map((value) => evaluate(value, scope, rendering, isAsking)),
    named: evaluateNamed(call, scope, rendering),
    expression: call,
    file: scope.frame.file,
    environment: rendering.environment,
  });
}

export function evaluateNamed(
  call: Pick<CallExpression, 'named'>,
  scope: Scope,
  rendering: Rendering,
): Readonly<Record<string, unknown>> {
  const named: Record<string, unknown> = {};
  for (const argument of call.named)
    named[argument.name] = evaluate(argument.value, scope, rendering);
  return named;
}

export function spanOf(
  place: { readonly start: number; readonly end: number },
  scope: Scope,
): Span {
  return { file: scope.frame.file, start: place.start, end: place.end };
}

/** The value that a path stands for, or `undefined` when nothing defines its first name. */
function lookUp(
  path: PathExpression,
  scope: Scope,
  rendering: Rendering,
  isAsking: boolean,
): { readonly value: unknown } | undefined {
  if (path.isData) return lookUpData(path, scope, isAsking);
  const context = contextAt(path, scope);
  const [name] = path.parts;
  if (name === undefined)
    return { value: isRoot(context, scope) ? ownRelation(path, scope, rendering) : context };
  const isPlain = path.depth === 0 && !path.isScoped;
  const found =
    (isPlain ? findParameter(scope, name) : undefined) ??
    ownProperty(context, name) ??
    (isPlain ? globalValue(name, rendering) : undefined) ??
    (path.isScoped && isRoot(context, scope) ? relationPart(name, rendering) : undefined);
  if (found === undefined) return undefined;
  return path.parts.length === 1 ? found : dig(found.value, path, scope, isAsking);
}

function globalValue(name: string, rendering: Rendering): { readonly value: unknown } | undefined {
  const global = GLOBALS.get(name);
  return global && { value: global(rendering.environment) };
}

function contextAt(path: PathExpression, scope: Scope): unknown {
  if (path.depth === 0) return scope.context;
  let link = scope.depths;
  for (let climbed = 0; climbed < path.depth; climbed += 1) {
    if (link.outer === undefined)
      throw new TemplateFault(nothingEncloses(path.original, spanOf(path, scope)));
    link = link.outer;
  }
  return link.value;
}

function lookUpData(
  path: PathExpression,
  scope: Scope,
  isAsking: boolean,
): { readonly value: unknown } | undefined {
  let frame: typeof scope.data | undefined = scope.data;
  for (let climbed = 0; climbed < path.depth; climbed += 1) frame = frame?.outer;
  const [name] = path.parts;
  const found = name === undefined ? undefined : ownProperty(frame?.values, name);
  return found === undefined || path.parts.length === 1
    ? found
    : dig(found.value, path, scope, isAsking);
}

/** Follows the names after the first. */
function dig(
  first: unknown,
  path: PathExpression,
  scope: Scope,
  isAsking: boolean,
): { readonly value: unknown } {
  let value = first;
  for (const [index, part] of path.parts.entries()) {
    if (index === 0) continue;
    const found = ownProperty(value, part);
    if (found === undefined && !isAsking) {
      const holder = path.parts.slice(0, index).join('.');
      throw new TemplateFault(
        unknownProperty(holder, part, spanOf(path, scope), Object.keys(value ?? {})),
      );
    }
    value = found?.value;
  }
  return { value };
}

function isRoot(context: unknown, scope: Scope): boolean {
  return context === scope.frame.root && context !== null && typeof context === 'object';
}

function ownRelation(path: PathExpression, scope: Scope, rendering: Rendering): string {
  const { thisRelation } = rendering.environment;
  if (thisRelation === undefined) throw new TemplateFault(noRelationHere(spanOf(path, scope)));
  return thisRelation;
}

function relationPart(name: string, rendering: Rendering): { readonly value: unknown } | undefined {
  const parts = rendering.environment.thisParts;
  if (parts === undefined) return undefined;
  if (name === 'database' || name === 'schema') return { value: parts.database };
  return name === 'name' || name === 'identifier' ? { value: parts.name } : undefined;
}

function undefinedName(path: PathExpression, scope: Scope, rendering: Rendering) {
  const { environment } = rendering;
  const known = [...visibleNames(scope), ...GLOBALS.keys(), 'this', ...callableNames(rendering)];
  return unknownVariable(path.original, spanOf(path, scope), {
    known,
    instead: insteadOf(path, scope),
  });

  function insteadOf(wanted: PathExpression, at: Scope): string | undefined {
    const [name] = wanted.parts;
    if (name === undefined || wanted.isScoped || wanted.isData) return undefined;
    if (environment.variableNames.includes(name)) return `{{var "${name}"}}`;
    let climb = '../';
    for (let link = at.depths.outer; link !== undefined; link = link.outer) {
      if (ownProperty(link.value, name) !== undefined) return `${climb}${wanted.original}`;
      climb += '../';
    }
    return undefined;
  }
}

function callableNames(rendering: Rendering): string[] {
  return [...HELPERS.keys(), ...BLOCKS, ...rendering.environment.macros.names];
}
