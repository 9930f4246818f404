import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

interface ChildCall {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborting asks the child to stop (SIGTERM). */
  readonly signal: AbortSignal;
  readonly onOutput: (line: string) => void;
  readonly onError: (line: string) => void;
}

/** What a process that a signal ended, or that could not be started, answers with. */
const CRASHED = 1;

/** Runs a process to its end and hands over its lines as they come; answers with its exit code. */
export async function runChild(call: ChildCall): Promise<number> {
  const [program = '', ...args] = call.command;
  const child = spawn(program, args, {
    cwd: call.directory,
    env: { ...call.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group of its own, a child hears of an interruption once: from this process.
    detached: true,
  });
  const stop = (): void => void child.kill('SIGTERM');
  call.signal.addEventListener('abort', stop);
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? CRASHED));
    child.once('error', (error) => {
      call.onError(error.message);
      resolve(CRASHED);
    });
  });
  const lines = [eachLine(child.stdout, call.onOutput), eachLine(child.stderr, call.onError)];
  try {
    await Promise.all(lines);
    return await ended;
  } finally {
    call.signal.removeEventListener('abort', stop);
  }
}

async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) take(line);
}
