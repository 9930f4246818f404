import type { MacroDefinition } from '../environment.ts';

/** The macros that ship with Cortex, package `cortex`. */
export function builtInMacros(): readonly MacroDefinition[] {
  return [];
}
