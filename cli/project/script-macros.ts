import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { sha256 } from '../kernel/hash.ts';
import { offsetAt } from '../kernel/span.ts';
import { isFile, readText, writeTextAtomically } from '../platform/fs.ts';
import { scriptExports, scriptNotLoaded, unreadableFile } from './messages.ts';
import type { ProjectFile } from './project.ts';
import { stripTypes } from './strip-types.ts';
import { scriptDeclarationSchema } from './properties/schema.ts';
import type { ScriptDeclaration } from './properties/schema.ts';

/** A macro that is a function: gets the arguments of the call and what a script may know of the run. */
type ScriptFunction = (values: Readonly<Record<string, unknown>>, context: never) => unknown;

/** A script macro: its function, and what the file exports as `declaration`, where it does. */
export interface ScriptMacro {
  readonly call: ScriptFunction;
  readonly declaration?: ScriptDeclaration;
}

/**
 * Loads script macros, by `<package>.<file name>`. TypeScript is stripped of its types
 * into `<target path>/scripts`, so that packages resolve from the project; a script may import packages
 * and Node's own modules, not its neighbours.
 */
export async function loadScriptMacros(
  files: readonly ProjectFile[],
  targetFolder: string,
  diagnostics: Diagnostic[],
): Promise<ReadonlyMap<string, ScriptMacro>> {
  const loaded = new Map<string, ScriptMacro>();
  for (const file of files) {
    if (readText(file.absolutePath) === undefined) {
      diagnostics.push(unreadableFile(file.path));
      continue;
    }
    try {
      const exported = exportsOf(await importScript(file, targetFolder));
      const functions = exportedFunctions(exported);
      const [only] = [...functions.values()];
      if (only === undefined || functions.size !== 1) {
        diagnostics.push(scriptExports(file.path, [...functions.keys()]));
      } else {
        const declaration = declarationOf(exported);
        loaded.set(`${file.packageName}.${macroNameOf(file)}`, {
          call: only,
          ...(declaration === undefined ? {} : { declaration }),
        });
      }
    } catch (error) {
      diagnostics.push(notLoaded(file, error));
    }
  }
  return loaded;
}

/** What kept a script from being loaded; the parser of TypeScript throws an object that knows the place. */
function notLoaded(file: ProjectFile, error: unknown): Diagnostic {
  const { message, startLine, startColumn } = error as Partial<SyntaxProblem>;
  const detail = (message ?? String(error)).replaceAll(file.absolutePath, file.path);
  const start =
    startLine === undefined || startColumn === undefined
      ? 0
      : offsetAt(readText(file.absolutePath) ?? '', startLine, startColumn + 1);
  return scriptNotLoaded({ file: file.path, start, end: start }, detail);
}

interface SyntaxProblem {
  readonly message: string;
  readonly startLine: number;
  /** From 0. */
  readonly startColumn: number;
}

/** `cents_to_real` for `macros/money/cents_to_real.ts`. */
function macroNameOf(file: ProjectFile): string {
  return basename(file.path).replace(/\.[^.]+$/, '');
}

async function importScript(
  file: ProjectFile,
  targetFolder: string,
): Promise<Readonly<Record<string, unknown>>> {
  const path = file.path.endsWith('.ts')
    ? await strippedScript(file, targetFolder)
    : file.absolutePath;
  const url = pathToFileURL(path);
  url.searchParams.set('changed', String(file.modifiedAt));
  return (await import(url.href)) as Readonly<Record<string, unknown>>;
}

async function strippedScript(file: ProjectFile, targetFolder: string): Promise<string> {
  const source = readText(file.absolutePath) ?? '';
  const path = join(
    targetFolder,
    'scripts',
    `${macroNameOf(file)}.${sha256(source).slice(0, 16)}.mjs`,
  );
  if (isFile(path)) return path;
  writeTextAtomically(path, await stripTypes(source, file.path));
  return path;
}

type Exports = Readonly<Record<string, unknown>>;

/** CommonJS puts everything below `default`. */
function exportsOf(module: Exports): Exports {
  const inner = module['default'];
  return typeof inner === 'object' && inner !== null ? (inner as Exports) : module;
}

/** Functions by name; one that is exported twice counts once. */
function exportedFunctions(exported: Exports): ReadonlyMap<string, ScriptFunction> {
  const seen = new Set<unknown>();
  const functions = new Map<string, ScriptFunction>();
  for (const [name, value] of Object.entries(exported)) {
    if (typeof value !== 'function' || seen.has(value)) continue;
    seen.add(value);
    functions.set(name, value as ScriptFunction);
  }
  return functions;
}

/** Throws where the declaration is not well formed. */
function declarationOf(exported: Exports): ScriptDeclaration | undefined {
  const declaration = exported['declaration'];
  if (declaration === undefined) return undefined;
  const checked = scriptDeclarationSchema.safeParse(declaration);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Error(
    `its \`declaration\` is not well formed at ${issue?.path.join('.') ?? 'its root'}`,
  );
}
