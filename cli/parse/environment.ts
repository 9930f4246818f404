import type { Capabilities } from '../manifest/capabilities.ts';
import type { DocBlock, MacroNode } from '../manifest/manifest.ts';
import type { TargetConfig } from '../manifest/target.ts';
import type { Project } from '../project/project.ts';
import { lookupVariable, variableNames } from '../project/variables.ts';
import type { BaseEnvironment, MacroDefinition, MacroLibrary } from '../template/environment.ts';
import { builtInMacros } from '../template/library/registry.ts';
import type { TemplateTarget } from '../template/macro-context.ts';
import { createMacroLibrary } from '../template/macro-library.ts';

/** The parts of a manifest that templates see. A `Manifest` fits. */
export interface Declared {
  readonly macros: ReadonlyMap<string, MacroNode>;
  readonly docs: ReadonlyMap<string, DocBlock>;
}

export interface RunFacts {
  readonly capabilities: Capabilities;
  /** ISO 8601, UTC, microseconds. */
  readonly runStartedAt: string;
  /** The package whose variables and docs come first: the root project unless given. */
  readonly packageName?: string;
  /** Where the server answers, for the private server whose address the project does not know. */
  readonly address?: { readonly host: string; readonly user: string };
}

/** What the templates of one package see beside their own node, when parsing as when compiling. */
export function createEnvironment(
  project: Project,
  declared: Declared,
  run: RunFacts,
): BaseEnvironment {
  const packageName = run.packageName ?? project.name;
  const names = variableNames(project.variables, packageName);
  return {
    target: { ...templateTarget(project.target), ...run.address },
    runStartedAt: run.runStartedAt,
    variable: (name) => lookupVariable(project.variables, packageName, name),
    variableNames: names,
    environmentVariable: (name) => project.environment[name],
    doc: (name) => findDoc(declared.docs, name, packageName)?.text,
    client: { ...project.client },
    capabilities: run.capabilities,
    macros: macroLibraryOf(project, declared.macros),
  };
}

/** What `target` shows to a template: never a password. */
function templateTarget(target: TargetConfig): TemplateTarget {
  const isServer = target.type === 'mysql';
  return {
    name: target.name,
    database: target.database,
    threads: target.threads,
    host: isServer ? target.host : 'localhost',
    user: isServer ? target.user : '',
  };
}

/** A doc block by `name` or `package.name`: of the asking package, then of any. */
export function findDoc(
  docs: ReadonlyMap<string, DocBlock>,
  name: string,
  packageName: string,
): DocBlock | undefined {
  const own = docs.get(`doc.${packageName}.${name}`) ?? docs.get(`doc.${name}`);
  return own ?? [...docs.values()].find((block) => block.name === name);
}

function macroLibraryOf(project: Project, macros: ReadonlyMap<string, MacroNode>): MacroLibrary {
  const own = [...macros.values()].flatMap((node) => {
    const definition = definitionOf(project, node);
    return definition === undefined ? [] : [definition];
  });
  return createMacroLibrary([...own, ...builtInMacros()]);
}

/** `undefined` for macros of the shipped library, which brings its own text. */
function definitionOf(project: Project, node: MacroNode): MacroDefinition | undefined {
  const call = project.scripts.get(`${node.packageName}.${node.name}`)?.call;
  if (node.language === 'script') {
    // Script macros are the user's code: what they take is checked by their declared arguments.
    return call === undefined ? undefined : { kind: 'script', node, call: call as never };
  }
  const text = node.packageName === 'cortex' ? undefined : project.texts.text(node.path);
  return text === undefined ? undefined : { kind: 'sql', node, text };
}
