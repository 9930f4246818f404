import type { RunEvent } from '../events/run-event.ts';
import { CODES } from '../kernel/codes.ts';
import type { Log, LogLevel } from '../platform/log.ts';
import type { Reporter } from './reporter.ts';

/** Keeps every event in the log file, under the id of the run. */
export function logReporter(log: Log, run: string): Reporter {
  return {
    report(event) {
      const { type, ...fields } = event;
      log.write(levelOf(event), messageOf(event), { run, type, ...fields });
    },
    close() {
      log.close();
    },
  };
}

function levelOf(event: RunEvent): LogLevel {
  if (event.type === 'diagnostic') return event.diagnostic.severity === 'error' ? 'error' : 'warn';
  if (event.type === 'runStarted' || event.type === 'runFinished') return 'info';
  if (event.type === 'waiting') return 'warn';
  return 'debug';
}

function messageOf(event: RunEvent): string {
  if (event.type !== 'diagnostic') return event.type;
  const { code, message } = event.diagnostic;
  return `${code} ${CODES[code].slug}: ${message}`;
}
