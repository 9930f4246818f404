import type { Span } from '../kernel/span.ts';
import type { Program, Template } from './syntax.ts';

/** Which file is being rendered, and from where it was called. */
export interface Frame {
  readonly file: string;
  /** Macro names resolve from here. */
  readonly packageName: string;
  /** The call in the outermost file, when this one is a macro or partial. */
  readonly via: Span | undefined;
  /** The context that the file began with: `this` of it is the relation being built. */
  readonly root: unknown;
  readonly level: number;
}

/** `@index`, `@key`, `@first`, `@last`, `@root`; a loop puts one on top. */
interface DataFrame {
  readonly values: Readonly<Record<string, unknown>>;
  readonly outer: DataFrame | undefined;
  readonly partialBlock: ClosedPartial | undefined;
}

/** A partial that was written inside a template and sees what was visible there. */
export interface ClosedPartial {
  readonly program: Program;
  readonly scope: Scope;
}

/** A list of scopes, nearest first. */
interface Chain<T> {
  readonly value: T;
  readonly outer: Chain<T> | undefined;
}

/** Everything a name can mean at one place of a template. */
export interface Scope {
  readonly frame: Frame;
  readonly context: unknown;
  /** This context and the enclosing ones that differ: what `../` climbs. */
  readonly depths: Chain<unknown>;
  readonly parameters: Chain<ReadonlyMap<string, unknown>> | undefined;
  readonly data: DataFrame;
  readonly partials: Chain<ReadonlyMap<string, ClosedPartial | Template>> | undefined;
}

export function rootScope(frame: Frame, partials?: ReadonlyMap<string, Template>): Scope {
  return {
    frame,
    context: frame.root,
    depths: { value: frame.root, outer: undefined },
    parameters: undefined,
    data: { values: { root: frame.root }, outer: undefined, partialBlock: undefined },
    partials: partials && { value: partials, outer: undefined },
  };
}

/** What a block sees: a context that differs from the enclosing one is a step for `../`. */
export function enterContext(scope: Scope, context: unknown): Scope {
  const { depths } = scope;
  return {
    ...scope,
    context,
    depths: isSame(depths.value, context) ? depths : { value: context, outer: depths },
  };
}

/** Handlebars compares loosely, so that `1` inside `"1"` is no step. */
function isSame(outer: unknown, inner: unknown): boolean {
  const isObject = typeof outer === 'object' || typeof inner === 'object';
  return isObject ? (outer ?? null) === (inner ?? null) : outer == inner; // oxlint-disable-line eqeqeq
}

export function withData(scope: Scope, values: Readonly<Record<string, unknown>>): Scope {
  const data = {
    values: { ...scope.data.values, ...values },
    outer: scope.data,
    partialBlock: scope.data.partialBlock,
  };
  return { ...scope, data };
}

export function withPartialBlock(scope: Scope, partialBlock: ClosedPartial | undefined): Scope {
  return { ...scope, data: { values: scope.data.values, outer: scope.data, partialBlock } };
}

/** Names the values that a block gives (`as |value key|`), as far as the template asks for them. */
export function withParameters(scope: Scope, program: Program, values: readonly unknown[]): Scope {
  if (program.blockParameters.length === 0) return scope;
  const named = new Map(program.blockParameters.map((name, index) => [name, values[index]]));
  return { ...scope, parameters: { value: named, outer: scope.parameters } };
}

export function withPartials(scope: Scope, named: ReadonlyMap<string, ClosedPartial>): Scope {
  return { ...scope, partials: { value: named, outer: scope.partials } };
}

export function findParameter(scope: Scope, name: string): { readonly value: unknown } | undefined {
  for (let link = scope.parameters; link !== undefined; link = link.outer) {
    if (link.value.has(name)) return { value: link.value.get(name) };
  }
  return undefined;
}

export function findPartial(scope: Scope, name: string): ClosedPartial | Template | undefined {
  for (let link = scope.partials; link !== undefined; link = link.outer) {
    const found = link.value.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every name that is visible without a path, for suggestions. */
export function visibleNames(scope: Scope): string[] {
  const names: string[] = [];
  for (let link = scope.parameters; link !== undefined; link = link.outer)
    names.push(...link.value.keys());
  if (scope.context !== null && typeof scope.context === 'object')
    names.push(...Object.keys(scope.context));
  return names;
}
