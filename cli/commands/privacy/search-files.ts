import { createReadStream, openSync, readdirSync, readSync, closeSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { Needles } from './needles.ts';
import { holdsNeedle } from './needles.ts';

export interface FoundFile {
  /** Relative to the project, POSIX separators. */
  readonly path: string;
  /** Numbers of lines, from 1. */
  readonly lines: readonly number[];
}

export interface FileSearch {
  readonly found: readonly FoundFile[];
  /** What was not looked into: compressed and other binary files. */
  readonly skipped: readonly string[];
}

/** Code of others, the history of versions, and the files of a private server, whose tables are searched as tables. */
const LEFT_OUT = new Set(['node_modules', '.git', 'server', 'test-servers']);

/** Looks through the text files below a folder; `isOthers` leaves out what belongs to somebody else. */
export async function searchFiles(
  directory: string,
  needles: Needles,
  isOthers: (path: string) => boolean,
): Promise<FileSearch> {
  const found: FoundFile[] = [];
  const skipped: string[] = [];
  for (const path of filesBelow(directory, directory, isOthers)) {
    const absolute = join(directory, path);
    if (isBinary(absolute)) {
      skipped.push(path);
      continue;
    }
    const lines = await linesWith(absolute, needles);
    if (lines.length > 0) found.push({ path, lines });
  }
  return { found, skipped };
}

function* filesBelow(
  folder: string,
  root: string,
  isOthers: (path: string) => boolean,
): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const absolute = join(folder, entry.name);
    const path = relative(root, absolute).split(sep).join('/');
    if (isOthers(path)) continue;
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) {
      yield* filesBelow(absolute, root, isOthers);
    } else if (entry.isFile()) yield path;
  }
}

/** A zero among the first bytes: no text has one. */
function isBinary(path: string): boolean {
  const start = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  try {
    return start.subarray(0, readSync(file, start, 0, start.length, 0)).includes(0);
  } finally {
    closeSync(file);
  }
}

async function linesWith(path: string, needles: Needles): Promise<readonly number[]> {
  const lines: number[] = [];
  let number = 0;
  const reader = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  for await (const line of reader) {
    number += 1;
    if (holdsNeedle(line, needles)) lines.push(number);
  }
  return lines;
}
