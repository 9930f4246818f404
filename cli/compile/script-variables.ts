import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { ReadAs } from '../manifest/read-as.ts';
import type { CompileContext } from './context.ts';
import { variableUnfit, variableUnset } from './messages.ts';
import type { ScriptModelNode } from '../manifest/script-model-node.ts';

/** The values of the variables that a TypeScript model declares, as it declares them; no others reach it. */
export function scriptVariables(
  node: ScriptModelNode,
  context: CompileContext,
): Outcome<Readonly<Record<string, unknown>>> {
  const environment = context.environmentOf?.(node.packageName) ?? context.environment;
  const diagnostics: Diagnostic[] = [];
  const values: Record<string, unknown> = {};
  const place = { file: node.span?.file ?? node.path, start: 0, end: 0 };
  for (const [name, readAs] of Object.entries(node.script.vars)) {
    const given = environment.variable(name);
    const isOptional = readAs.endsWith('?');
    if (given === undefined || given === null) {
      if (!isOptional) diagnostics.push(variableUnset(name, place, environment.variableNames));
      values[name] = null;
      continue;
    }
    const value = variableAs(given, readAs);
    if (value === undefined) diagnostics.push(variableUnfit(name, readAs, place));
    values[name] = value;
  }
  return outcome(values, diagnostics);
}

/** `undefined` for what cannot be read so. */
function variableAs(given: unknown, readAs: ReadAs): unknown {
  if (!['string', 'number', 'boolean'].includes(typeof given)) return undefined;
  const text = String(given);
  switch (readAs) {
    case 'text':
    case 'text?':
      return text;
    case 'number':
    case 'number?':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'bigint':
    case 'bigint?':
      return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
    case 'boolean':
    case 'boolean?':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }
}
