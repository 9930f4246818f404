import { join, posix } from 'node:path';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { SourceTexts, Span } from '../../kernel/span.ts';
import { offsetAt } from '../../kernel/span.ts';
import type { ScriptDeclaration } from '../../manifest/script-declaration.ts';
import { isFile, readText, writeTextAtomically } from '../../platform/fs.ts';
import { modelNotLoaded, unreadableFile } from '../messages.ts';
import type { ProjectFile } from '../project.ts';
import type { ModelRows } from './declaration.ts';
import { checkedDefinition } from './declaration.ts';
import { model, ref, source } from './define.ts';
import { ModuleFormError, moduleCode } from './module-code.ts';
import type { ModuleExports, Sandbox } from './sandbox.ts';
import { createSandbox } from './sandbox.ts';
import { placeInStack, thrownWords } from './stack-place.ts';

/** A model written in TypeScript or JavaScript, ready to run. */
export interface ScriptModel {
  readonly declaration: ScriptDeclaration;
  /** Under the keys of SQL models. */
  readonly config: Readonly<Record<string, unknown>>;
  /** SHA-256 of the file and of everything that it imports. */
  readonly checksum: string;
  readonly rows: ModelRows;
  /** The place in the project's own files where something was thrown. */
  placeOf(thrown: unknown): Span | undefined;
}

export interface LoadContext {
  /** Absolute: runnable code is kept below it, by content. */
  readonly targetFolder: string;
  readonly texts: SourceTexts;
  readonly diagnostics: Diagnostic[];
}

/** Changes when the same source becomes other code. */
const CODE_FORMAT = '1';
const AUTHORING = 'cortex-analytics/model';

/**
 * Loads the models that are TypeScript or JavaScript, by the path of their file, and the shared modules that
 * they import. Nothing of a model runs but its declaration.
 */
export async function loadScriptModels(
  files: readonly ProjectFile[],
  context: LoadContext,
): Promise<ReadonlyMap<string, ScriptModel>> {
  const models = files.filter(({ kind }) => kind === 'script-model');
  if (models.length === 0) return new Map();
  const codes = await moduleCodes(
    files.filter(({ kind }) => kind === 'script-model' || kind === 'script-module'),
    context,
  );
  const modules = new Modules(codes, await createSandbox());
  const loaded = new Map<string, ScriptModel>();
  const paths = new Set(codes.keys());
  const placeOf = (thrown: unknown): Span | undefined =>
    placeInStack(thrownWords(thrown).stack, paths, context.texts);
  for (const { path } of models) {
    if (!codes.has(path)) continue;
    try {
      const { default: exported } = modules.load(path);
      const checked = checkedDefinition(exported, path, context.texts);
      loaded.set(path, { ...checked, checksum: modules.checksumOf(path), placeOf });
    } catch (error) {
      const { message } = thrownWords(error);
      context.diagnostics.push(
        modelNotLoaded(placeOf(error) ?? { file: path, start: 0, end: 0 }, message),
      );
    }
  }
  return loaded;
}

interface ModuleCode {
  readonly file: ProjectFile;
  readonly code: string;
  readonly checksum: string;
}

async function moduleCodes(
  files: readonly ProjectFile[],
  { targetFolder, texts, diagnostics }: LoadContext,
): Promise<ReadonlyMap<string, ModuleCode>> {
  const codes = new Map<string, ModuleCode>();
  for (const file of files) {
    const text = texts.text(file.path);
    if (text === undefined) {
      diagnostics.push(unreadableFile(file.path));
      continue;
    }
    try {
      const code = await keptCode(text, file.path, targetFolder);
      codes.set(file.path, { file, code, checksum: sha256(text) });
    } catch (error) {
      const start = offsetOf(error, text);
      const message = (error as Error).message ?? String(error);
      diagnostics.push(modelNotLoaded({ file: file.path, start, end: start }, message));
    }
  }
  return codes;
}

/** Stripping and finding imports costs more than reading a file: what they made is kept by content. */
async function keptCode(text: string, path: string, targetFolder: string): Promise<string> {
  const name = `${posix.basename(path)}.${sha256(`${CODE_FORMAT}${text}`).slice(0, 32)}.js`;
  const kept = join(targetFolder, 'scripts', name);
  const known = isFile(kept) ? readText(kept) : undefined;
  if (known !== undefined) return known;
  const code = await moduleCode(text, path);
  writeTextAtomically(kept, code);
  return code;
}

/** The parser of TypeScript throws an object that knows the place: lines from 1, columns from 0. */
function offsetOf(error: unknown, text: string): number {
  if (error instanceof ModuleFormError) return error.offset;
  const { startLine, startColumn } = error as { startLine?: number; startColumn?: number };
  if (startLine === undefined || startColumn === undefined) return 0;
  return offsetAt(text, startLine, startColumn + 1);
}

/** Runs each module once, when it is first imported. */
class Modules {
  readonly #codes: ReadonlyMap<string, ModuleCode>;
  readonly #sandbox: Sandbox;
  readonly #exports = new Map<string, ModuleExports | 'running'>();
  readonly #imported = new Map<string, Set<string>>();

  constructor(codes: ReadonlyMap<string, ModuleCode>, sandbox: Sandbox) {
    this.#codes = codes;
    this.#sandbox = sandbox;
  }

  load(path: string): ModuleExports {
    const known = this.#exports.get(path);
    if (known === 'running') throw new Error(`\`${path}\` imports itself through what it imports`);
    if (known !== undefined) return known;
    const module = this.#codes.get(path);
    if (module === undefined) throw new Error(`\`${path}\` could not be loaded`);
    this.#exports.set(path, 'running');
    const imported = new Set<string>();
    this.#imported.set(path, imported);
    try {
      const exported = this.#sandbox.run(module.code, path, (specifier) =>
        this.#import(specifier, module, imported),
      );
      this.#exports.set(path, exported);
      return exported;
    } catch (error) {
      this.#exports.delete(path);
      throw error;
    }
  }

  /** Of a module and of everything that it imports. */
  checksumOf(path: string): string {
    const paths = new Set([path]);
    for (const each of paths) for (const next of this.#imported.get(each) ?? []) paths.add(next);
    const checksums = [...paths].sort().map((each) => `${each} ${this.#codes.get(each)?.checksum}`);
    return sha256(checksums.join('\n'));
  }

  #import(specifier: string, { file }: ModuleCode, imported: Set<string>): ModuleExports {
    if (specifier === AUTHORING) return { model, ref, source };
    if (!specifier.startsWith('./') && !specifier.startsWith('../'))
      throw new Error(notImportable(specifier));
    const path = posix.join(posix.dirname(file.path), specifier);
    const found = this.#codes.get(path);
    if (found?.file.kind !== 'script-module') throw new Error(notShared(specifier));
    imported.add(path);
    return this.load(path);
  }
}

function notImportable(specifier: string): string {
  return `\`${specifier}\` cannot be imported: a model imports \`${AUTHORING}\` and shared files by their relative path`;
}

function notShared(specifier: string): string {
  return `\`${specifier}\` is no shared file: write its path with the extension, and begin the name of the file or of a folder above it with \`_\``;
}
