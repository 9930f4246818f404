import { isUtf8 } from 'node:buffer';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A file found below a folder. */
export interface FoundFile {
  /** Relative to the folder, POSIX separators. */
  readonly relativePath: string;
  readonly absolutePath: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the Unix epoch, with fractions. */
  readonly modifiedAt: number;
  /** When content or metadata last changed: moves even where a copy keeps the old `modifiedAt`. */
  readonly changedAt: number;
}

/** The bytes of a file, or `undefined` when there is none or it cannot be read. */
export function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** The UTF-8 text of a file without its byte-order mark, or `undefined` when it cannot be read as such. */
export function readText(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) return undefined;
    const text = bytes.toString('utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch {
    return undefined;
  }
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Replaces a file in one step: readers see the old or the new text, never a part. Makes its folder. */
export function writeTextAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/**
 * All files below a folder in the order of their names. Hidden entries, `node_modules` and what `skip`
 * names (absolute paths) are left out; links are followed, circles of links are not.
 */
export function filesBelow(folder: string, skip: ReadonlySet<string> = new Set()): FoundFile[] {
  const found: FoundFile[] = [];
  const visited = new Set<string>();
  const visit = (directory: string, prefix: string): void => {
    for (const name of entryNames(directory, visited)) {
      const absolutePath = join(directory, name);
      if (name.startsWith('.') || name === 'node_modules' || skip.has(absolutePath)) continue;
      const stat = statSync(absolutePath, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      const relativePath = `${prefix}${name}`;
      if (stat.isDirectory()) visit(absolutePath, `${relativePath}/`);
      else if (stat.isFile()) {
        const { size, mtimeMs: modifiedAt, ctimeMs: changedAt } = stat;
        found.push({ relativePath, absolutePath, size, modifiedAt, changedAt });
      }
    }
  };
  visit(folder, '');
  return found;
}

function entryNames(directory: string, visited: Set<string>): string[] {
  try {
    const real = realpathSync(directory);
    if (visited.has(real)) return [];
    visited.add(real);
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
