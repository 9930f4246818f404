import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const MEMORY_HOOK = fileURLToPath(new URL('report-memory.cjs', import.meta.url));
let measured = 0;

export interface Measured {
  readonly ms: number;
  /** Peak resident memory of the process, in megabytes. */
  readonly megabytes: number;
  /** What it printed. */
  readonly output: string;
}

/** Runs a Node program to its end and measures it as a whole process; a failing program fails the bench. */
export async function measureNode(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Measured> {
  measured += 1;
  const memoryFile = join(tmpdir(), `cortex-bench-${process.pid}-${measured}`);
  const started = performance.now();
  const output = await run(process.execPath, ['--require', MEMORY_HOOK, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env, CORTEX_BENCH_MEMORY_FILE: memoryFile },
  });
  const ms = performance.now() - started;
  const megabytes = Number(readFileSync(memoryFile, 'utf8')) / 1024;
  rmSync(memoryFile, { force: true });
  return { ms, megabytes, output };
}

/** Runs any program to its end, quietly; its output is in the error when it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}
