import type { RunEvent } from '../events/run-event.ts';

/** Turns the events of a run into something outside: lines, JSON, a file. */
export interface Reporter {
  report(event: RunEvent): void;
  /** Writes what is still held back. Called once, also when no run took place. */
  close(): Promise<void> | void;
}

/** Where a reporter writes text. */
export interface Output {
  write(text: string): void;
}

/** Runs a task again and again until the returned function is called. */
export interface Ticker {
  every(ms: number, task: () => void): () => void;
}

/** A ticker of real time that never keeps the process alive. */
export const TIMER_TICKER: Ticker = {
  every(ms, task) {
    const timer = setInterval(task, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Hands every event to several reporters, in order. */
export function allReporters(reporters: readonly Reporter[]): Reporter {
  return {
    report(event) {
      for (const reporter of reporters) reporter.report(event);
    },
    async close() {
      for (const reporter of reporters) await reporter.close();
    },
  };
}
