import type { MacroDefinition, MacroLibrary } from './environment.ts';

/** The package of the macros that ship with Cortex. */
export const LIBRARY_PACKAGE = 'cortex';

/**
 * Finds macros by name. A plain name is looked for in the calling package, then in the other packages
 * in their order and last in the shipped library (`cortex`); `package.name` only in that package.
 */
export function createMacroLibrary(definitions: Iterable<MacroDefinition>): MacroLibrary {
  const qualified = new Map<string, MacroDefinition>();
  const plain = new Map<string, MacroDefinition>();
  for (const definition of definitions) {
    const { name, packageName } = definition.node;
    qualified.set(`${packageName}.${name}`, definition);
    const known = plain.get(name);
    if (known === undefined || known.node.packageName === LIBRARY_PACKAGE)
      plain.set(name, definition);
  }
  return {
    names: [...plain.keys()],
    find: (name, fromPackage) =>
      qualified.get(`${fromPackage}.${name}`) ?? plain.get(name) ?? qualified.get(name),
  };
}
