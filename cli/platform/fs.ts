import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statfsSync,
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
export function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const REPLACEMENT = '\uFFFD';

/** The UTF-8 text of a file without its byte-order mark, or `undefined` when it cannot be read as such. */
export function readText(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    // Stands for bytes that are no UTF-8, and rarely for itself.
    if (text.includes(REPLACEMENT) && !isUtf8(readFileSync(path))) return undefined;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch {
    return undefined;
  }
}

export function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

export function isDirectory(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** Replaces a file in one step: readers see the old or the new text, never a part. Makes its folder. */
export function writeTextAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** Bytes. */
const WRITTEN_AT_ONCE = 1 << 20;
const MOST_BYTES_OF_A_CHARACTER = 3;

/** `writeTextAtomically` for a text that is made in parts and never held as a whole. */
export function writePartsAtomically(path: string, parts: Iterable<string>): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  const block = Buffer.allocUnsafe(WRITTEN_AT_ONCE);
  let used = 0;
  try {
    for (const part of parts) {
      const most = part.length * MOST_BYTES_OF_A_CHARACTER;
      if (used + most > block.length) {
        writeFileSync(file, block.subarray(0, used));
        used = 0;
      }
      if (most > block.length) writeFileSync(file, part);
      else used += block.write(part, used);
    }
    writeFileSync(file, block.subarray(0, used));
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/**
 * Writes many files, each in place, and makes each of their folders once. A file that holds its text
 * already stays as it is: looking takes a tenth of the time of replacing it.
 */
export function writeTexts(files: Iterable<readonly [path: string, text: string]>): void {
  const made = new Set<string>();
  for (const [path, text] of files) {
    if (holds(path, text)) continue;
    const folder = dirname(path);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
    writeFileSync(path, text);
  }
}

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

/** Tells a file from what it was before, by its size and times; `undefined` when there is none. */
export function fileStamp(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined
    ? undefined
    : `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`;
}

/** Bytes of the disk that holds a path; `undefined` where that cannot be told. `device` is the same for paths of one disk. */
export function diskSpace(
  path: string,
): { readonly free: number; readonly total: number; readonly device: number } | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { free: bavail * bsize, total: blocks * bsize, device: statSync(path).dev };
  } catch {
    return undefined;
  }
}

/** Names in a folder; empty when it cannot be read. */
export function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
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
      const stat = statOf(absolutePath);
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

/** What stands at a path; `undefined` also where links go in circles or a folder on the way is none. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
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
