import type { RunEvent, StatusCounts } from '../events/run-event.ts';
import { formatCount, formatDuration, plural } from '../kernel/format.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 10;

const WORDS: Readonly<Record<string, string>> = {
  success: 'done',
  partial: 'partly done',
  'no-op': 'noted',
  pass: 'passed',
  fail: 'failed',
  warn: 'warned',
};
const ORDER = [
  'success',
  'pass',
  'partial',
  'withheld',
  'fail',
  'error',
  'warn',
  'skipped',
  'cancelled',
  'no-op',
];

/** In the order in which they are built. */
const KINDS = ['operation', 'stream', 'seed', 'model', 'snapshot'];

/** What the verdict needs to know beside the last event. */
export interface RunFacts {
  readonly command: string;
  readonly target: string;
  readonly nodes: number;
  readonly tests: number;
  /** `target/run_results.json`, when it is written. */
  readonly resultsPath?: string | undefined;
}

type RunFinished = Extract<RunEvent, { type: 'runFinished' }>;

/** The last block of a run: counts, where the results are, and the verdict. */
export function summaryLines(event: RunFinished, facts: RunFacts, style: Style): string[] {
  const rows: string[] = [];
  const kinds = Object.entries(event.kinds ?? { [nounOf(facts)]: event.nodes }).toSorted(
    ([a], [b]) => KINDS.indexOf(a) - KINDS.indexOf(b),
  );
  for (const [kind, counts] of kinds)
    if (totalOf(counts) > 0) rows.push(countRow(`${kind}s`, countsText(counts)));
  if (totalOf(event.tests) > 0) rows.push(countRow('tests', countsText(event.tests)));
  if (event.status !== 'success' && facts.resultsPath !== undefined) {
    rows.push(countRow('results', style.accent(facts.resultsPath)));
  }
  rows.push(verdict(event, facts, style));
  return rows;
}

const NOUNS: Readonly<Record<string, string>> = {
  sync: 'stream',
  backfill: 'stream',
  seed: 'seed',
  'source freshness': 'source',
};

function nounOf({ command }: RunFacts): string {
  return NOUNS[command] ?? 'model';
}

function verdict(event: RunFinished, facts: RunFacts, style: Style): string {
  const verb = (paint: (text: string) => string, word: string) => paint(word.padStart(LABEL_WIDTH));
  if (facts.nodes + facts.tests === 0 && event.status === 'success') {
    return `${verb(style.good, 'Finished')}  ${facts.command}: nothing was selected, so there was nothing to do`;
  }
  const words = {
    success: 'Finished',
    partial: 'Stopped',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } as const;
  const paint = {
    success: style.good,
    partial: style.warn,
    failed: style.bad,
    cancelled: style.warn,
  }[event.status];
  const subject =
    facts.nodes > 0
      ? plural(facts.nodes, NOUNS[facts.command] ?? 'node')
      : plural(facts.tests, 'test');
  const left = event.left > 0 ? `; ${plural(event.left, 'node is', 'nodes are')} left to run` : '';
  return `${verb(paint, words[event.status])}  ${facts.command} of ${subject} on ${facts.target} in ${elapsed(event.ms)}${left}`;
}

/** `9 done, 1 error, 4 skipped (14)`. */
function countsText(counts: StatusCounts): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(([status, count]) => `${formatCount(count)} ${WORDS[status] ?? status}`);
  return `${parts.join(', ')} (${formatCount(totalOf(counts))})`;
}

function countRow(label: string, text: string): string {
  return `${label.padStart(LABEL_WIDTH)}  ${text}`;
}

function totalOf(counts: StatusCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** `41.8s`, `5m42s`. */
export function elapsed(ms: number): string {
  return ms < 99_950 ? `${(ms / 1000).toFixed(1)}s` : formatDuration(ms).trim();
}
