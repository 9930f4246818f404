type Values = Readonly<Record<string, unknown>>;

/** Where the values of `var` come from, strongest first. */
export interface Variables {
  /** `--vars`. */
  readonly commandLine: Values;
  /** `vars:` of the root project: per package, and for everything. */
  readonly rootPackages: ReadonlyMap<string, Values>;
  readonly root: Values;
  /** `vars:` of each package's own project file. */
  readonly packages: ReadonlyMap<string, Values>;
}

/** The value that `var` gives to a package; `undefined` when nobody set it, `null` when it was set to null. */
export function lookupVariable(variables: Variables, packageName: string, name: string): unknown {
  return scopes(variables, packageName).find((values) => Object.hasOwn(values, name))?.[name];
}

/** Every variable that a package can ask for, sorted. */
export function variableNames(variables: Variables, packageName: string): readonly string[] {
  return [...new Set(scopes(variables, packageName).flatMap(Object.keys))].sort();
}

function scopes(variables: Variables, packageName: string): readonly Values[] {
  return [
    variables.commandLine,
    variables.rootPackages.get(packageName) ?? {},
    variables.root,
    variables.packages.get(packageName) ?? {},
  ];
}

/** Splits a project's `vars:` into those of one package and those of everything. */
export function splitVariables(
  values: Values,
  packageNames: ReadonlySet<string>,
): { readonly scoped: ReadonlyMap<string, Values>; readonly global: Values } {
  const isScope = ([name, value]: [string, unknown]): boolean =>
    packageNames.has(name) && typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = Object.entries(values);
  return {
    scoped: new Map(entries.filter(isScope) as [string, Values][]),
    global: Object.fromEntries(entries.filter((entry) => !isScope(entry))),
  };
}
