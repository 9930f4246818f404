import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CodeCache } from './code-cache.ts';

type Exports = Record<string, unknown>;
type Require = (name: string) => unknown;
type RunChunk = (
  module: { exports: Exports },
  require: Require,
  importModule: (specifier: string) => Promise<unknown>,
  importMeta: ImportMeta,
) => void;

const loaded = new Map<string, { exports: Exports }>();
const requirePackage = createRequire(import.meta.url);
const cache = new CodeCache(fileURLToPath(new URL(`../.compiled/${command()}`, import.meta.url)));
process.once('exit', (exitCode) => {
  if (exitCode === 0) cache.save();
});

/**
 * Runs a chunk of the built program, once, and answers with its exports. The build makes chunks of CommonJS,
 * since Node 20 takes compiled code for scripts and not for ES modules: compiling them anew takes longer than
 * all else that most commands do.
 */
export function loadChunk(name: string): Exports {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const path = fileURLToPath(new URL(name, import.meta.url));
  const run = cache.script(name, readFileSync(path, 'utf8'), path).runInThisContext() as RunChunk;
  run(module, requireModule, importModule, import.meta);
  return module.exports;
}

function requireModule(name: string): unknown {
  return name.startsWith('./') ? loadChunk(name) : requirePackage(name);
}

async function importModule(specifier: string): Promise<unknown> {
  return specifier.startsWith('./') ? loadChunk(specifier) : import(specifier);
}

/** Each command calls other functions, so each has a cache of its own. */
function command(): string {
  return /^[a-z-]+$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
}
