import type { World } from './commands/invocation.ts';
import { EXIT } from './commands/invocation.ts';
import { CancelledError, CortexError } from './kernel/errors.ts';
import { systemClock } from './platform/clock.ts';

/** Runs one command line in this process and answers with its exit code. Never throws. */
export async function main(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const forget = listenForStop(stop);
  const world: World = {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    commandLine: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    directory: process.cwd(),
    clock: systemClock,
    signal: stop.signal,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askAtTerminal } : {}),
  };
  ignoreClosedPipes();
  try {
    return await runCommandLine(args, world);
  } finally {
    forget();
  }
}

async function askAtTerminal(question: string, options: { isSecret: boolean }): Promise<string> {
  const { askLine } = await import('./platform/ask-line.ts');
  return askLine(question, options);
}

/** Runs one command line in a given world; what no command could report is printed here. */
export async function runCommandLine(args: readonly string[], world: World): Promise<number> {
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(args, world);
  } catch (error) {
    if (error instanceof CancelledError) return EXIT.interrupted;
    await printFailure(error, world);
    return EXIT.unusable;
  }
}

/** The first signal asks the work to stop; the second leaves at once. */
function listenForStop(stop: AbortController): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const onSignal = (): void => {
    // oxlint-disable-next-line unicorn/no-process-exit -- the person insists
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    stop.abort(new CancelledError('interrupted'));
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

/** `cortex ls | head` closes the pipe early, and that is fine. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

async function printFailure(error: unknown, world: World): Promise<void> {
  const { createStyle, wantsColor } = await import('./report/style.ts');
  const { renderDiagnostic } = await import('./report/render-diagnostic.ts');
  const { unexpectedError } = await import('./commands/unexpected-error.ts');
  const facts = { isTerminal: world.stderr.isTTY === true, environment: world.environment };
  const style = createStyle(wantsColor('auto', facts));
  const diagnostics = error instanceof CortexError ? error.diagnostics : [unexpectedError(error)];
  for (const found of diagnostics) {
    world.stderr.write(`${renderDiagnostic(found, { text: () => undefined }, style)}\n`);
  }
}
