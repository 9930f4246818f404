import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';

const tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number(),
});

const credentials = z.object({
  /** The settings that name the account: `{ store_id: '1' }`. */
  account: z.record(z.string(), z.unknown()).default({}),
  /** Settings that are secret, by their names. */
  secrets: z.record(z.string(), z.string()).default({}),
  /** What the platform gave last. */
  tokens: tokens.optional(),
});

export type Credentials = z.infer<typeof credentials>;

/** The folder of a project's or a client's credentials: mode 700, its files 600, none of them for version control. */
export function credentialsFolder(projectDirectory: string, clientCode?: string): string {
  return join(projectDirectory, '.cortex', 'credentials', clientCode ?? '.');
}

/** `.cortex/credentials/nuvemshop-2981734.json`. */
export function credentialsPath(folder: string, platform: string, accountId: string): string {
  return join(folder, `${platform}-${accountId.replaceAll(/[^\w.-]/g, '_')}.json`);
}

/** What a file holds; `undefined` when there is none. Throws RangeError for a file that is damaged. */
export function readCredentials(path: string): Credentials | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return credentials.parse(JSON.parse(text));
  } catch {
    // The reason would quote the file.
    throw new RangeError(`the credentials in \`${path}\` cannot be read`);
  }
}

/** Replaces a file in one step, on the disk when it returns, readable by its owner only. */
export function writeCredentials(path: string, content: Credentials): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** The new name, too, is to survive a power cut. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Runs `work` while no other process of any machine that shares the folder changes the file. */
export async function withCredentialsLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const release = await lock(path, {
    realpath: false,
    stale: 60_000,
    // A machine that slept lost its lock; what it obtained is to be stored all the same.
    onCompromised: () => undefined,
    retries: { retries: 240, minTimeout: 250, maxTimeout: 250 },
  });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
