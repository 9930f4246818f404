import { GLOBALS, HELPERS } from './helpers/registry.ts';
import type {
  CallExpression,
  Expression,
  PathExpression,
  Program,
  Statement,
  Template,
} from './syntax.ts';

/** What is known at one place of the walk. */
interface Place {
  /** How many `each` and `with` enclose it: so many `../` lead back to the arguments. */
  readonly depth: number;
  readonly parameters: readonly string[];
  readonly isMacro: (name: string) => boolean;
}

/**
 * Names that a template uses and nothing in it defines, in the order of their first use. A name that stands
 * alone in braces and is a macro is a call of it.
 */
export function freeNames(
  template: Template,
  isMacro: (name: string) => boolean,
): readonly string[] {
  const names = new Set<string>();
  walkProgram(template.program, { depth: 0, parameters: [], isMacro }, names);
  return [...names];
}

function walkProgram(program: Program | undefined, place: Place, names: Set<string>): void {
  if (program === undefined) return;
  const inner = { ...place, parameters: [...place.parameters, ...program.blockParameters] };
  for (const statement of program.statements) walkStatement(statement, inner, names);
}

function walkStatement(statement: Statement, place: Place, names: Set<string>): void {
  switch (statement.kind) {
    case 'text':
      return;
    case 'output':
      walkCall(statement.call, place, names);
      return;
    case 'partial':
      for (const argument of statement.named) walkExpression(argument.value, place, names);
      if (statement.context !== undefined) walkExpression(statement.context, place, names);
      walkProgram(statement.block, place, names);
      return;
    case 'block': {
      walkCall(statement.call, place, names);
      const isEntering = !['if', 'unless', 'raw'].includes(statement.call.path.original);
      const inner = isEntering ? { ...place, depth: place.depth + 1 } : place;
      walkProgram(statement.program, inner, names);
      walkProgram(statement.inverse, place, names);
    }
  }
}

function walkExpression(expression: Expression, place: Place, names: Set<string>): void {
  if (expression.kind === 'path') walkPath(expression, place, names);
  if (expression.kind === 'call') walkCall(expression, place, names);
}

function walkCall(call: CallExpression, place: Place, names: Set<string>): void {
  const isBlockName = ['if', 'unless', 'each', 'with', 'raw'].includes(call.path.original);
  const isHelper = HELPERS.get(call.path.original)?.fewest === 0;
  const isCall = isBlockName || isHelper || place.isMacro(call.path.parts.join('.'));
  if (!call.isDefinite && !isCall) walkPath(call.path, place, names);
  for (const value of call.values) walkExpression(value, place, names);
  for (const argument of call.named) walkExpression(argument.value, place, names);
}

function walkPath(path: PathExpression, place: Place, names: Set<string>): void {
  const [name] = path.parts;
  if (name === undefined) return;
  const isArgument = path.isData ? name === 'root' : path.depth === place.depth;
  const argument = path.isData ? path.parts[1] : name;
  if (
    !isArgument ||
    argument === undefined ||
    place.parameters.includes(argument) ||
    GLOBALS.has(argument)
  )
    return;
  names.add(argument);
}
