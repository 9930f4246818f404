import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, extname } from 'node:path';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Lines for whoever looks into a run afterwards; nothing of it reaches the terminal. */
export interface Log {
  write(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/** Bytes of details that are written at once, and milliseconds after which they are written anyway. */
const WRITTEN_AT_ONCE = 8192;
const LONGEST_HELD_MS = 500;
/** Bytes of a log that is put aside when it is opened again. */
const LARGEST = 10_000_000;

/**
 * Opens a log file, adding to what it holds; one that has become large is put aside first as `cortex.1.log`, in place of
 * the one before. One JSON object a line, in the order of writing. Details
 * (`debug`) may reach the file half a second late, all else is there at once.
 */
export async function openLog(path: string, level: LogLevel): Promise<Log> {
  const { default: pino } = await import('pino');
  mkdirSync(dirname(path), { recursive: true });
  putAsideLarge(path);
  const destination = pino.destination({
    dest: path,
    sync: true,
    minLength: WRITTEN_AT_ONCE,
    periodicFlush: LONGEST_HELD_MS,
  });
  const logger = pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  );
  return {
    write: (at, message, fields = {}) => {
      logger[at](fields, message);
      if (at !== 'debug') destination.flushSync();
    },
    close: () => destination.end(),
  };
}

function putAsideLarge(path: string): void {
  const { size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (size < LARGEST) return;
  const extension = extname(path);
  try {
    renameSync(path, `${path.slice(0, path.length - extension.length)}.1${extension}`);
  } catch (error) {
    // Another run was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
