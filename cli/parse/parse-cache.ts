import { sha256 } from '../kernel/hash.ts';
import type { ParseCacheStore } from '../project/cache-store.ts';

/** Results by file: each holds for one key, which stands for everything it was made from. */
export interface ParseCache {
  get<T>(path: string, key: string): T | undefined;
  set(path: string, key: string, value: unknown): void;
  /** A text that tells values apart without showing them. */
  fingerprint(value: string | undefined): string;
  /** Keeps what was asked for in this parse, when that differs from what is kept. */
  save(): void;
}

type Kept = readonly [key: string, value: unknown];

interface CacheFile {
  readonly format: string;
  readonly files: Readonly<Record<string, Kept>>;
}

const NAME = 'cortex_parse_cache.files.json';

/** `format` changes with the version of Cortex: another format is not read. */
export function createParseCache(store: ParseCacheStore, format: string): ParseCache {
  const before = readCache(store, format);
  const now = new Map<string, Kept>();
  let hasNews = false;
  return {
    get: <T>(path: string, key: string): T | undefined => {
      const kept = now.get(path) ?? before[path];
      if (kept === undefined || kept[0] !== key) return undefined;
      now.set(path, kept);
      // What is kept under a key was put there under the same key, by the same version.
      return kept[1] as T;
    },
    set: (path, key, value) => {
      hasNews = true;
      now.set(path, [key, value]);
    },
    fingerprint: (value) => (value === undefined ? '' : sha256(`${format}${value}`).slice(0, 16)),
    save: () => {
      if (!hasNews && Object.keys(before).length === now.size) return;
      store.write(NAME, JSON.stringify({ format, files: Object.fromEntries(now) }));
    },
  };
}

function readCache(store: ParseCacheStore, format: string): CacheFile['files'] {
  try {
    const file = JSON.parse(store.read(NAME) ?? 'null') as CacheFile | null;
    return file?.format === format ? file.files : {};
  } catch {
    return {};
  }
}
