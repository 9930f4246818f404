import { sha256 } from '../kernel/hash.ts';
import { readBytes } from '../platform/fs.ts';
import type { SourceTexts } from '../kernel/span.ts';
import type { ParseCacheStore } from './cache-store.ts';
import type { ProjectFile } from './project.ts';

/** SHA-256 of files' contents, without reading those that stand as they were last time. */
export interface FileChecksums {
  /** Empty for a file that cannot be read. */
  of(file: ProjectFile): string;
  /** Remembers what was asked for, for the next command. */
  save(): void;
}

type Known = readonly [size: number, modifiedAt: number, changedAt: number, checksum: string];

interface Index {
  readonly readAt: number;
  readonly files: Readonly<Record<string, Known>>;
}

const NAME = 'cortex_parse_cache.index.json';

/**
 * File systems tell times apart by up to two seconds. A file that changed this shortly before it was
 * read may have changed again without its times showing it, so it is read once more.
 */
const COARSEST_CLOCK_MS = 2000;

/** `loadedAt`: when the files' sizes and times were looked at, milliseconds since the Unix epoch. */
export function fileChecksums(
  store: ParseCacheStore,
  texts: SourceTexts,
  loadedAt: number,
): FileChecksums {
  let before: Index | undefined;
  const now = new Map<string, Known>();
  let hasNews = false;
  const known = (file: ProjectFile): string | undefined => {
    before ??= readIndex(store);
    const entry = before.files[file.path];
    if (entry === undefined) return undefined;
    const [size, modifiedAt, changedAt, checksum] = entry;
    const isSame =
      size === file.size && modifiedAt === file.modifiedAt && changedAt === file.changedAt;
    const isSettled = Math.max(modifiedAt, changedAt) < before.readAt - COARSEST_CLOCK_MS;
    return isSame && isSettled ? checksum : undefined;
  };
  return {
    of: (file) => {
      const found = now.get(file.path)?.[3] ?? known(file);
      if (found === undefined) hasNews = true;
      const checksum = found ?? checksumOf(file, texts);
      now.set(file.path, [file.size, file.modifiedAt, file.changedAt, checksum]);
      return checksum;
    },
    save: () => {
      const isSame = !hasNews && Object.keys(before?.files ?? {}).length === now.size;
      if (!isSame)
        store.write(NAME, JSON.stringify({ readAt: loadedAt, files: Object.fromEntries(now) }));
    },
  };
}

/** Texts are read once for all who ask; seeds may be large and in any encoding, and are not kept. */
function checksumOf(file: ProjectFile, texts: SourceTexts): string {
  const content = file.kind === 'seed' ? readBytes(file.absolutePath) : texts.text(file.path);
  return content === undefined ? '' : sha256(content);
}

function readIndex(store: ParseCacheStore): Index {
  const empty = { readAt: 0, files: {} };
  try {
    const index = JSON.parse(store.read(NAME) ?? 'null') as Index | null;
    return typeof index?.readAt === 'number' && typeof index.files === 'object' ? index : empty;
  } catch {
    return empty;
  }
}
