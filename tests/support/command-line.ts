import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../cli/kernel/clock.ts';
import { runCommandLine } from '../../cli/start.ts';
import { FakeClock } from './run-events.ts';

/** A directory of its own for one test, with the given files in it; removed when the test ends. */
export function createDirectory(files: Readonly<Record<string, string>> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'cortex-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { path, write, read: (name: string) => readFileSync(join(path, name), 'utf8') };
}

/** Another `cortex`, from the sources. */
const CORTEX = [
  process.execPath,
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('../../cli/main.ts', import.meta.url)),
];

export interface CommandLineOptions {
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** One that stands still otherwise. */
  readonly clock?: Clock;
}

/** Runs a command line in this process: exit code and everything that was printed. */
export async function cortex(args: readonly string[], options: CommandLineOptions = {}) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCommandLine(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    environment: options.environment ?? {},
    commandLine: CORTEX,
    directory: options.directory ?? tmpdir(),
    clock: options.clock ?? new FakeClock(),
    signal: options.signal ?? new AbortController().signal,
  });
  return { exitCode, stdout, stderr };
}
