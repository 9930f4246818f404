import { join } from 'node:path';
import { readBytes, readText, writeTextAtomically } from '../platform/fs.ts';

/** Keeps texts between commands. Losing one costs time, never a wrong answer. */
export interface ParseCacheStore {
  read(name: string): string | undefined;
  /** The UTF-8 of a text of which only parts are wanted. */
  readBytes(name: string): Buffer | undefined;
  write(name: string, text: string): void;
}

/** Files below the target path. What cannot be written is not kept. */
export function fileCacheStore(folder: string): ParseCacheStore {
  return {
    read: (name) => readText(join(folder, name)),
    readBytes: (name) => readBytes(join(folder, name)),
    write: (name, text) => {
      try {
        writeTextAtomically(join(folder, name), text);
      } catch {
        // A read-only target path only means that the next command parses again.
      }
    },
  };
}

/** Keeps nothing: `--no-partial-parse`. */
export const NO_CACHE: ParseCacheStore = {
  read: () => undefined,
  readBytes: () => undefined,
  write: () => undefined,
};
