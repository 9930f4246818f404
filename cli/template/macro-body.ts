import { CortexError } from '../kernel/errors.ts';
import type { MacroDefinition } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { parseTemplate } from './parse.ts';
import type { Program, Template } from './syntax.ts';

type SqlMacro = Extract<MacroDefinition, { kind: 'sql' }>;

const PARSED = new WeakMap<SqlMacro, Template | CortexError>();
const TRIMMED = new WeakMap<Program, Program>();

/** The parsed body of a SQL macro, parsed at its first call. A body that cannot be parsed is a fault. */
export function parsedMacro(macro: SqlMacro): Template {
  const known = PARSED.get(macro) ?? parse(macro);
  PARSED.set(macro, known);
  if (known instanceof CortexError) throw new TemplateFault(...known.diagnostics);
  return known;
}

/** The body as a call writes it: the line break at the end of the macro's file is no part of the SQL. */
export function macroProgram(macro: SqlMacro): Program {
  const { program } = parsedMacro(macro);
  const known = TRIMMED.get(program) ?? trimmed(program);
  TRIMMED.set(program, known);
  return known;
}

function trimmed(program: Program): Program {
  const last = program.statements.at(-1);
  if (last?.kind !== 'text') return program;
  const text = last.text.trimEnd();
  return {
    ...program,
    statements: [
      ...program.statements.slice(0, -1),
      { ...last, text, end: last.start + text.length },
    ],
  };
}

function parse(macro: SqlMacro): Template | CortexError {
  const parsed = parseTemplate({ path: macro.node.path, text: macro.text });
  return parsed.value ?? new CortexError(parsed.diagnostics);
}
