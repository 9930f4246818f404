import type { RunEvent } from '../events/run-event.ts';
import { CODES } from '../kernel/codes.ts';
import type { Log, LogLevel } from '../platform/log.ts';
import type { Reporter } from './reporter.ts';

/** Keeps every event in the log file, under the id of the run. Compiled SQL stands in files of its own. */
export function logReporter(log: Log, run: string): Reporter {
  return {
    report(event) {
      log.write(levelOf(event), messageOf(event), { run, ...withoutSql(event) });
    },
    close() {
      log.close();
    },
  };
}

function withoutSql(event: RunEvent): RunEvent {
  if (event.type !== 'nodeFinished' && event.type !== 'testFinished') return event;
  const { compiledSql: _, ...result } = event.result;
  return { ...event, result };
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
