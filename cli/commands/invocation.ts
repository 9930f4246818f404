import type { EmitEvent } from '../events/run-event.ts';
import type { Clock } from '../kernel/clock.ts';
import type { CommandDefinition } from './command-definition.ts';
import type { FlagKey } from './flags.ts';

/** A stream that text goes to; a terminal has a width. */
interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything outside that a command may touch, passed in by whoever starts it. */
export interface World {
  /** Data: rows, lists, JSON. */
  readonly stdout: TextStream;
  /** The report for people. */
  readonly stderr: TextStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks a person at the terminal for a line; secret ones are not shown. Absent where there is no terminal. */
  readonly ask?: (question: string, options: { readonly isSecret: boolean }) => Promise<string>;
  /** Program and arguments that start another `cortex`, up to the arguments of its own. */
  readonly commandLine: readonly string[];
  /** The working directory. */
  readonly directory: string;
  readonly clock: Clock;
  /** Aborts when somebody asks the work to stop. */
  readonly signal: AbortSignal;
}

/** Flags as they were typed: texts are not yet checked. */
export type GivenFlags = { readonly [K in FlagKey]?: string | boolean | readonly string[] };

/** One call of one command. */
export interface Invocation {
  readonly command: CommandDefinition;
  readonly given: GivenFlags;
  /** Positional arguments, in order. */
  readonly arguments: readonly string[];
  readonly world: World;
  /** Hears everything that the command reports, beside its reporters. */
  readonly observe?: EmitEvent;
}

/** A command's body; it answers with the exit code. */
export type CommandBody = (invocation: Invocation) => Promise<number>;

/**
 * 0: all good. 1: it ran, and something failed. 2: it could not run. 75: a sync stopped where a platform's limit
 * is used up, with all that it read kept (EX_TEMPFAIL: try again later). 130: interrupted.
 */
export const EXIT = { good: 0, failed: 1, unusable: 2, partial: 75, interrupted: 130 } as const;
