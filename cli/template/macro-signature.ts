import type { MacroArgument } from '../manifest/manifest.ts';
import type { MacroDefinition, MacroLibrary } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { freeNames } from './free-names.ts';
import { parsedMacro } from './macro-body.ts';

const SIGNATURES = new WeakMap<MacroDefinition, readonly MacroArgument[]>();

/**
 * The arguments of a macro: those that YAML or the script declares, or, for a SQL macro that nobody
 * described, the names that its body uses without defining them, all required.
 */
export function macroSignature(
  definition: MacroDefinition,
  library: MacroLibrary,
): readonly MacroArgument[] {
  const known = SIGNATURES.get(definition) ?? signatureOf(definition, library);
  SIGNATURES.set(definition, known);
  return known;
}

function signatureOf(definition: MacroDefinition, library: MacroLibrary): readonly MacroArgument[] {
  const declared = definition.node.arguments;
  if (declared.length > 0 || definition.kind === 'script') return declared;
  const isMacro = (name: string) => library.find(name, definition.node.packageName) !== undefined;
  try {
    return freeNames(parsedMacro(definition), isMacro).map((name) => ({
      name,
      description: '',
      isRequired: true,
    }));
  } catch (error) {
    if (error instanceof TemplateFault) return [];
    throw error;
  }
}
