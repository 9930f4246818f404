import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import type { MacroArgument } from '../manifest/manifest.ts';
import type { MacroDefinition, MacroLibrary } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { LIBRARY_PACKAGE } from './macro-library.ts';
import { macroSignature } from './macro-signature.ts';
import { typeMismatch } from './macro-types.ts';
import { argumentGivenTwice, argumentType, missingArgument, unknownArgument } from './messages.ts';
import type { CallArguments } from './partial-call.ts';
import type { Expression } from './syntax.ts';

/** Arguments as a call gives them, each with its place. */
export interface GivenArgument {
  readonly name: string | undefined;
  readonly value: unknown;
  readonly span: Span;
}

/** The arguments of a call in a template; `evaluate` gives the value of each. */
export function givenArguments(
  call: CallArguments,
  file: string,
  evaluate: (value: Expression) => unknown,
): readonly GivenArgument[] {
  const positional = call.values.map((value) => ({
    name: undefined,
    value: evaluate(value),
    span: { file, start: value.start, end: value.end },
  }));
  const named = call.named.map(({ name, value, start, end }) => ({
    name,
    value: evaluate(value),
    span: { file, start, end },
  }));
  return [...positional, ...named];
}

/** A call of a macro as far as its arguments are concerned. */
export interface ArgumentsToBind {
  readonly definition: MacroDefinition;
  readonly given: readonly GivenArgument[];
  readonly site: { readonly span: Span };
}

/**
 * Gives every argument of a macro its value: positional ones in the order of the declaration, then
 * named ones, then defaults. Throws one fault with everything that does not fit.
 */
export function bindArguments(
  call: ArgumentsToBind,
  library: MacroLibrary,
): Readonly<Record<string, unknown>> {
  const { definition, given, site } = call;
  const { name: macro } = definition.node;
  const signature = macroSignature(definition, library);
  const bound = new Map<string, unknown>();
  const wrong: Diagnostic[] = [];
  for (const [index, argument] of given.entries()) {
    const declared =
      argument.name === undefined
        ? signature[index]
        : signature.find(({ name }) => name === argument.name);
    if (declared === undefined) {
      const written = argument.name ?? `number ${index + 1}`;
      wrong.push(
        unknownArgument(
          macro,
          written,
          argument.span,
          signature.map(({ name }) => name),
        ),
      );
      continue;
    }
    if (bound.has(declared.name))
      wrong.push(argumentGivenTwice(macro, declared.name, argument.span));
    const value = isShipped(definition) ? listOfOne(declared, argument.value) : argument.value;
    const type = typeMismatch(declared.type, value);
    if (type !== undefined)
      wrong.push(argumentType({ macro, argument: declared.name, type }, value, argument.span));
    bound.set(declared.name, value);
  }
  for (const { name, isRequired, default: fallback } of signature) {
    if (bound.has(name)) continue;
    if (isRequired) wrong.push(missingArgument(macro, name, site.span));
    else bound.set(name, fallback ?? null);
  }
  if (wrong.length > 0) throw new TemplateFault(...wrong);
  return Object.fromEntries(bound);
}

function isShipped({ node }: MacroDefinition): boolean {
  return node.packageName === LIBRARY_PACKAGE;
}

/** Shipped macros take a single text where they want a list. */
function listOfOne({ type }: MacroArgument, value: unknown): unknown {
  return type === 'list' && typeof value === 'string' ? [value] : value;
}
