import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** The first line of the file: what follows it, as JSON. */
interface Head {
  readonly checksum: number;
  /** Bytes of each script, in the order in which they follow. */
  readonly sizes: readonly (readonly [name: string, bytes: number])[];
}

/**
 * What V8 compiled of scripts in an earlier process, in one file. Losing it costs time, never a wrong answer:
 * V8 itself refuses what another version of it or other flags have made, and what is damaged is not read.
 */
export class CodeCache {
  readonly #path: string;
  readonly #known: ReadonlyMap<string, Buffer>;
  readonly #scripts = new Map<string, Script>();
  #isComplete = true;

  /** `path` without what tells apart the versions of V8 and their flags. */
  constructor(path: string) {
    this.#path = `${path}-${cachedDataVersionTag().toString(16)}.bin`;
    this.#known = readCache(this.#path);
  }

  /** Compiles a script or takes what is known of it. `name` stands for its text, so it holds a hash of it. */
  script(name: string, text: string, filename: string): Script {
    const cachedData = this.#known.get(name);
    const script = new Script(
      text,
      cachedData === undefined ? { filename } : { filename, cachedData },
    );
    if (cachedData === undefined || script.cachedDataRejected === true) this.#isComplete = false;
    this.#scripts.set(name, script);
    return script;
  }

  /** Keeps what is compiled by now, functions that were called included, where anything of it is new. */
  save(): void {
    if (this.#isComplete) return;
    const parts = [...this.#scripts].map(
      ([name, script]) => [name, script.createCachedData()] as const,
    );
    const body = Buffer.concat(parts.map(([, data]) => data));
    const head: Head = {
      checksum: crc32(body),
      sizes: parts.map(([name, data]) => [name, data.length]),
    };
    const temporary = `${this.#path}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(temporary, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]));
      renameSync(temporary, this.#path);
    } catch {
      // Where the program may not write beside itself, every process compiles anew.
    }
  }
}

const NOTHING: ReadonlyMap<string, Buffer> = new Map();

function readCache(path: string): ReadonlyMap<string, Buffer> {
  try {
    const file = readFileSync(path);
    const end = file.indexOf('\n');
    const head = JSON.parse(file.toString('utf8', 0, end)) as Head;
    const body = file.subarray(end + 1);
    if (crc32(body) !== head.checksum) return NOTHING;
    let start = 0;
    return new Map(
      head.sizes.map(([name, bytes]) => [name, body.subarray(start, (start += bytes))] as const),
    );
  } catch {
    return NOTHING;
  }
}
