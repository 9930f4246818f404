import { runChild } from '../../platform/run-child.ts';
import { EXIT } from '../invocation.ts';
import type { Session } from '../session.ts';
import type { ClientResult } from './summary.ts';

interface ClientCall {
  /** Of `cortex`, without `--client`. */
  readonly args: readonly string[];
  /** How many words of `args` name the command. */
  readonly words: number;
  /** Letters of the longest code, for the prefix of lines. */
  readonly widest: number;
}

/** Runs the command of one client in a process of its own; what it prints comes with the client's code. */
export async function runClient(
  session: Session,
  client: string,
  { args, words, widest }: ClientCall,
): Promise<ClientResult> {
  const { world, flags } = session;
  const { clock, signal } = world;
  if (signal.aborted) return { client, exitCode: EXIT.interrupted, ms: 0 };
  const start = clock.monotonic();
  const isJson = flags.json || flags.output === 'json' || flags.nodeFormat === 'json';
  const prefixed = (line: string): string => `${client.padEnd(widest)} | ${line}\n`;
  const exitCode = await runChild({
    command: [
      ...world.commandLine,
      ...args.slice(0, words),
      '--client',
      client,
      ...args.slice(words),
    ],
    directory: world.directory,
    environment: world.environment,
    signal,
    onOutput: (line) =>
      void world.stdout.write(isJson ? `${withClient(line, client)}\n` : prefixed(line)),
    // The commands of a GitHub workflow are read at the start of a line only.
    onError: (line) =>
      void world.stderr.write(line.startsWith('::') ? `${line}\n` : prefixed(line)),
  });
  return { client, exitCode, ms: clock.monotonic() - start };
}

/** A line of JSON with the client's code in it; what is no object stands beside the code. */
function withClient(line: string, client: string): string {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return JSON.stringify(isObject ? { client, ...value } : { client, value });
  } catch {
    return JSON.stringify({ client, line });
  }
}
