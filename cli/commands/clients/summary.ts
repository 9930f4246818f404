import { formatDuration } from '../../kernel/format.ts';
import { createStyle, wantsColor } from '../../report/style.ts';
import { EXIT } from '../invocation.ts';
import type { Session } from '../session.ts';

/** How the command of one client ended. */
export interface ClientResult {
  readonly client: string;
  readonly exitCode: number;
  /** Milliseconds; 0 for one that was not started. */
  readonly ms: number;
}

/**
 * The exit code of all: 0 where all are good, 130 when interrupted, 2 when no client could run, 1 when one failed
 * or could not run, 75 when nothing failed and a sync stopped at the limit of a platform.
 */
export function exitCodeOf(results: readonly ClientResult[]): number {
  const codes = results.map(({ exitCode }) => exitCode);
  if (codes.includes(EXIT.interrupted)) return EXIT.interrupted;
  const failed = codes.filter((code) => code !== EXIT.good && code !== EXIT.partial);
  if (failed.length === 0) return codes.includes(EXIT.partial) ? EXIT.partial : EXIT.good;
  return codes.every((code) => code === EXIT.unusable) ? EXIT.unusable : EXIT.failed;
}

/** One line per client for people, or one JSON object per client and one for all of them. */
export function showSummary(session: Session, results: readonly ClientResult[]): void {
  if (session.flags.json) {
    for (const result of results) {
      const status = statusOf(result.exitCode);
      session.print(JSON.stringify({ type: 'clientFinished', ...result, status }));
    }
    const exitCode = exitCodeOf(results);
    session.print(JSON.stringify({ type: 'clientsFinished', clients: results.length, exitCode }));
    return;
  }
  const { flags, world } = session;
  const facts = { isTerminal: world.stderr.isTTY === true, environment: world.environment };
  const style = createStyle(wantsColor(flags.color, facts));
  const widest = Math.max(...results.map(({ client }) => client.length), 'client'.length);
  const row = (client: string, result: string, time: string): string =>
    `${client.padEnd(widest)}  ${result}  ${time}`.trimEnd();
  const shown = results.filter(({ exitCode }) => !flags.quiet || exitCode !== EXIT.good);
  if (shown.length === 0) return;
  const lines = shown.map(({ client, exitCode, ms }) => {
    const paint = exitCode === EXIT.good ? style.good : style.bad;
    const time = ms === 0 ? '' : formatDuration(ms);
    return row(client, paint(statusOf(exitCode).padEnd(STATUS_WIDTH)), time);
  });
  const head = style.dim(row('client', 'result'.padEnd(STATUS_WIDTH), 'time'));
  world.stderr.write(`\n${[head, ...lines].join('\n')}\n`);
}

const STATUS_WIDTH = 'could not run'.length;

function statusOf(exitCode: number): string {
  switch (exitCode) {
    case EXIT.good:
      return 'good';
    case EXIT.unusable:
      return 'could not run';
    case EXIT.partial:
      return 'partial';
    case EXIT.interrupted:
      return 'interrupted';
    default:
      return 'failed';
  }
}
