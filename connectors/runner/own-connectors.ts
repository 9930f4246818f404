import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import { sha256 } from '../../cli/kernel/hash.ts';
import type { Outcome } from '../../cli/kernel/outcome.ts';
import { outcome } from '../../cli/kernel/outcome.ts';
import type { FoundFile } from '../../cli/platform/fs.ts';
import { filesBelow, readText, writeTexts } from '../../cli/platform/fs.ts';
import { stripTypes } from '../../cli/project/strip-types.ts';
import type { PlatformDefinition } from '../sdk/definition.ts';

/** Platforms that a project brings along in its `connectors` folder. */
export interface OwnConnectors {
  readonly names: readonly string[];
  has(name: string): boolean;
  load(name: string): Promise<Outcome<PlatformDefinition | undefined>>;
}

/** `connectors/erp.ts`, or `connectors/erp/platform.ts` beside the files that it imports. */
const ENTRY = /^(?:([^/]+)\/platform|([^/]+))\.(?:ts|js|mjs)$/;
const SOURCE = /\.(?:ts|js|mjs)$/;

export function ownConnectors(project: {
  readonly directory: string;
  readonly targetPath?: string;
}): OwnConnectors {
  const folder = join(project.directory, 'connectors');
  const files = filesBelow(folder).filter(({ relativePath }) => SOURCE.test(relativePath));
  const entries = new Map(
    files.flatMap((file) => {
      const [, inFolder, alone] = ENTRY.exec(file.relativePath) ?? [];
      const name = inFolder ?? alone;
      return name === undefined ? [] : [[name.replaceAll('-', '_'), file] as const];
    }),
  );
  const target = join(project.directory, project.targetPath ?? 'target', 'connectors');
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    load: async (name) => {
      const entry = entries.get(name);
      return entry === undefined ? outcome(undefined) : loadOwn(name, entry, files, target);
    },
  };
}

async function loadOwn(
  name: string,
  entry: FoundFile,
  files: readonly FoundFile[],
  target: string,
): Promise<Outcome<PlatformDefinition | undefined>> {
  try {
    const folder = await prepared(files, target);
    const url = pathToFileURL(join(folder, runnable(entry.relativePath)));
    const module = (await import(url.href)) as Readonly<Record<string, unknown>>;
    const platforms = Object.values(module).filter(isPlatform);
    const [only] = platforms;
    if (platforms.length === 1 && only?.name === name) return outcome(only);
    const found = platforms.map((platform) => `\`${platform.name}\``).join(', ');
    return outcome(undefined, [
      notUsable(entry, `it exports ${found === '' ? 'no platform' : found}`, name),
    ]);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return outcome(undefined, [notUsable(entry, detail.split('\n')[0] ?? '', name)]);
  }
}

function isPlatform(value: unknown): value is PlatformDefinition {
  return typeof value === 'object' && value !== null && 'streams' in value && 'probe' in value;
}

function notUsable({ relativePath }: FoundFile, detail: string, name: string): Diagnostic {
  const path = `connectors/${relativePath}`;
  return diagnostic('CX7215', `\`${path}\` cannot be used: ${detail}`, {
    hint: `export one platform named \`${name}\`, made by \`definePlatform\``,
  });
}

/** The files without types, in a folder of their content: Node keeps what it imported once. */
async function prepared(files: readonly FoundFile[], target: string): Promise<string> {
  const sources = files.map((file) => ({ file, text: readText(file.absolutePath) ?? '' }));
  const content = sources.map(({ file, text }) => `${file.relativePath}\n${text}`).join('\n');
  const folder = join(target, sha256(content).slice(0, 16));
  const texts: [string, string][] = [];
  const hasOwnSdk = files.some(({ relativePath }) => relativePath.startsWith(OWN_SDK));
  for (const { file, text } of sources) {
    const { relativePath } = file;
    const script = relativePath.endsWith('.ts') ? await stripTypes(text, relativePath) : text;
    const place = { folder: posix.dirname(relativePath), hasOwnSdk };
    texts.push([join(folder, runnable(relativePath)), withResolvedImports(script, place)]);
  }
  writeTexts(texts);
  return folder;
}

function runnable(path: string): string {
  return path.replace(SOURCE, '.mjs');
}

const SPECIFIER = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\2/g;
const SDK = 'cortex-analytics/sdk/';
/** Where a copy of `connectors/_template` looks for the SDK, below the project's `connectors`. */
const OWN_SDK = 'sdk/';

interface ImportPlace {
  /** Of the file, below `connectors`: `erp/streams`. */
  readonly folder: string;
  /** The project has a folder `connectors/sdk`, which relative imports of it mean. */
  readonly hasOwnSdk: boolean;
}

/**
 * Relative imports lead to the files without types; `cortex-analytics/sdk/…`, the SDK as a copied template names it
 * (`../sdk/…`) and `zod` are those of the running Cortex, wherever it is installed.
 */
function withResolvedImports(script: string, place: ImportPlace): string {
  return script.replace(SPECIFIER, (_whole, before: string, quote: string, name: string) => {
    return `${before}${quote}${resolved(name, place)}${quote}`;
  });
}

function resolved(name: string, { folder, hasOwnSdk }: ImportPlace): string {
  if (name.startsWith('.')) {
    const path = posix.join(folder, name);
    return path.startsWith(OWN_SDK) && !hasOwnSdk
      ? sdkModule(path.slice(OWN_SDK.length))
      : runnable(name);
  }
  if (name === 'zod') return import.meta.resolve('zod');
  return name.startsWith(SDK) ? sdkModule(name.slice(SDK.length)) : name;
}

function sdkModule(path: string): string {
  const module = path.replace(/\.[jt]s$/, '');
  return import.meta.url.endsWith('.ts')
    ? new URL(`../sdk/${module}.ts`, import.meta.url).href
    : import.meta.resolve(`${SDK}${module}`);
}
