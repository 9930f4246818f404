import type { RunEvent } from '../events/run-event.ts';
import { runningLine } from './lines.ts';
import type { PrinterOptions } from './printer.ts';
import { Printer } from './printer.ts';
import type { Output, Reporter, Ticker } from './reporter.ts';
import { RunningSteps } from './running.ts';

const HEARTBEAT_MS = 60_000;

/**
 * Lines only, for logs and pipes. Every minute it names the steps that are still going, so that a
 * CI that kills silent jobs does not.
 */
export function plainReporter(output: Output, options: PrinterOptions, ticker: Ticker): Reporter {
  const printer = new Printer(options);
  const running = new RunningSteps();
  const { clock, verbosity } = options;
  const write = (lines: readonly string[]) => {
    if (lines.length > 0) output.write(`${lines.join('\n')}\n`);
  };
  const heartbeat = () => {
    const now = clock.monotonic();
    const old = [...running].filter((step) => now - step.startedAt >= HEARTBEAT_MS);
    write(old.map((step) => runningLine({ ...step, ms: now - step.startedAt }, printer.layout)));
  };
  const stop = verbosity === 'quiet' ? () => {} : ticker.every(HEARTBEAT_MS, heartbeat);
  return {
    report(event: RunEvent) {
      running.apply(event, clock.monotonic());
      write(printer.linesFor(event));
    },
    close() {
      stop();
      write(printer.lastLines());
    },
  };
}
