import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with nothing on its standard input. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', CI: '', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Runs the built command line, as a user does, in a project directory. */
export function builtCortex(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return runProgram(process.execPath, [MAIN, ...args], { cwd: directory, env });
}

/** Kills the built command line after some milliseconds, if it is not done by then. */
export async function killedCortex(
  directory: string,
  args: readonly string[],
  options: { readonly afterMs: number; readonly env?: Readonly<Record<string, string>> },
): Promise<Finished> {
  const { afterMs, env } = options;
  return cortexKilledAt(directory, args, { moment: async () => sleep(afterMs), env });
}

interface KilledAt {
  /** Begins with the program, and is over when it is to be killed; it may be asked to stop waiting. */
  readonly moment: (signal: AbortSignal) => Promise<unknown>;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Kills the built command line at a moment, if it is not done by then. */
export async function cortexKilledAt(
  directory: string,
  args: readonly string[],
  { moment, env }: KilledAt,
): Promise<Finished> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', CI: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const done = new AbortController();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await Promise.race([ended, moment(done.signal)]);
  child.kill('SIGKILL');
  const exitCode = await ended;
  done.abort();
  return { exitCode, stdout, stderr };
}
