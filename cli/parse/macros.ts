import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { MacroArgument, MacroNode } from '../manifest/manifest.ts';
import type { Project, ProjectFile } from '../project/project.ts';
import type { MacroInput } from '../project/properties/schema.ts';
import { builtInMacros } from '../template/library/registry.ts';
import { duplicateNode, duplicateProperties, unusedProperties } from './messages.ts';
import type { PropertiesFile } from './workspace.ts';
import { fileSpan, spanOf, stemOf } from './workspace.ts';

/** Every macro of the project, its packages and the shipped library, by id. */
export function readMacros(
  project: Project,
  properties: readonly PropertiesFile[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, MacroNode> {
  const macros = new Map<string, MacroNode>(builtInMacros().map(({ node }) => [node.id, node]));
  const described = macroProperties(properties, diagnostics);
  for (const { files } of project.packages) {
    for (const file of files) {
      const name = macroName(file);
      if (name === undefined) continue;
      const node = macroNode(file, name, described.get(`${file.packageName}.${name}`), project);
      const first = macros.get(node.id);
      if (first !== undefined)
        diagnostics.push(duplicateNode(`macros \`${name}\``, first.span, node.span));
      else macros.set(node.id, node);
    }
  }
  const names = [...macros.values()].map(({ name }) => name);
  for (const [key, { entry, file, range }] of described) {
    if (!macros.has(`macro.${key}`)) {
      diagnostics.push(unusedProperties('macro', entry.name, spanOf(file, range), names));
    }
  }
  return macros;
}

interface Described {
  readonly entry: MacroInput;
  readonly file: ProjectFile;
  readonly range: readonly [number, number];
}

function macroProperties(
  properties: readonly PropertiesFile[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, Described> {
  const described = new Map<string, Described>();
  for (const { file, declarations } of properties) {
    for (const { entry, range } of declarations.macros) {
      const key = `${file.packageName}.${entry.name}`;
      const first = described.get(key);
      if (first === undefined) described.set(key, { entry, file, range });
      else {
        const span = spanOf(file, range);
        diagnostics.push(
          duplicateProperties('macro', entry.name, spanOf(first.file, first.range), span),
        );
      }
    }
  }
  return described;
}

/** `test_positive` for tests/generic/positive.sql; the file's name for a macro. */
function macroName(file: ProjectFile): string | undefined {
  if (file.kind === 'sql-macro' || file.kind === 'script-macro') return stemOf(file);
  if (file.kind !== 'generic-test') return undefined;
  const stem = stemOf(file);
  return stem.startsWith('test_') ? stem : `test_${stem}`;
}

function macroNode(
  file: ProjectFile,
  name: string,
  described: Described | undefined,
  project: Project,
): MacroNode {
  // YAML speaks for a macro before the script does.
  const declared =
    described?.entry ?? project.scripts.get(`${file.packageName}.${name}`)?.declaration;
  return {
    id: `macro.${file.packageName}.${name}`,
    name,
    packageName: file.packageName,
    path: file.path,
    language: file.kind === 'script-macro' ? 'script' : 'sql',
    description: declared?.description ?? '',
    arguments: (declared?.arguments ?? []).map(argumentOf),
    meta: declared?.meta ?? {},
    checksum: project.checksums.of(file),
    span: fileSpan(file),
  };
}

function argumentOf(argument: NonNullable<MacroInput['arguments']>[number]): MacroArgument {
  const hasDefault = argument.default !== undefined;
  return {
    name: argument.name,
    ...(argument.type === undefined ? {} : { type: argument.type }),
    description: argument.description ?? '',
    isRequired: argument.required ?? !hasDefault,
    ...(hasDefault ? { default: argument.default } : {}),
  };
}
