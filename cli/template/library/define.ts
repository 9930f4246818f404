import { sha256 } from '../../kernel/hash.ts';
import type { MacroArgument } from '../../manifest/manifest.ts';
import type { MacroDefinition } from '../environment.ts';
import type { MacroContext } from '../macro-context.ts';
import { LIBRARY_PACKAGE } from '../macro-library.ts';

/** Arguments of a shipped macro, checked against their declaration before the macro is called. */
interface Arguments {
  /** SQL text as it is: a column, an expression, a relation. Numbers are written out. */
  sql(name: string): string;
  text(name: string): string;
  number(name: string): number;
  flag(name: string): boolean;
  /** A list of SQL texts. A call may give a single text, which is a list of one. */
  list(name: string): readonly string[];
  has(name: string): boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ShippedMacro {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly ShippedArgument[];
  sql(given: Arguments, context: MacroContext): string;
}

export interface ShippedArgument {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** Left out: the argument is required. */
  readonly default?: unknown;
}

/** A macro of package `cortex`. */
export function shipped(macro: ShippedMacro): MacroDefinition {
  return {
    kind: 'script',
    node: {
      id: `macro.${LIBRARY_PACKAGE}.${macro.name}`,
      name: macro.name,
      packageName: LIBRARY_PACKAGE,
      path: `library/${macro.name}`,
      language: 'script',
      description: macro.description,
      arguments: macro.arguments.map(declared),
      meta: {},
      checksum: sha256(macro.sql.toString()),
    },
    call: (values, context) => macro.sql(argumentsOf(values), context),
  };
}

function declared(argument: ShippedArgument): MacroArgument {
  return { ...argument, isRequired: !('default' in argument) };
}

function argumentsOf(values: Readonly<Record<string, unknown>>): Arguments {
  const list = (name: string): readonly string[] => {
    const value = values[name];
    if (value === null || value === undefined) return [];
    return (value as readonly unknown[]).map(String);
  };
  return {
    values,
    list,
    sql: (name) => String(values[name]),
    text: (name) => String(values[name]),
    number: (name) => Number(values[name]),
    flag: (name) => values[name] === true,
    has: (name) => values[name] !== null && values[name] !== undefined,
  };
}
