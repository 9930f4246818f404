import { InternalError } from '../kernel/errors.ts';
import type { MacroDefinition, MacroLibrary } from './environment.ts';

/**
 * Finds macros by name. A plain name is looked for in the calling package, then in the other packages
 * and last in the shipped library (`cortex`); `package.name` only in that package.
 */
export function createMacroLibrary(_definitions: Iterable<MacroDefinition>): MacroLibrary {
  throw new InternalError('signature only');
}
