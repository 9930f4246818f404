import { sparkline } from './chart/sparkline.ts';
import type { RuleFigures } from './rules/rule-figures.ts';

/** What is told, for every kind of channel. None of it is a secret; figures are those of metric rules. */
export interface AlertMessage {
  readonly kind: 'failed' | 'recovered' | 'succeeded' | 'metric' | 'report' | 'test';
  readonly title: string;
  /** One fact each, such as a node with the place of its mistake. */
  readonly lines: readonly string[];
  readonly project: string;
  /** Code of the client; empty without one. */
  readonly client: string;
  readonly target: string;
  readonly command: string;
  readonly run: string;
  /** An instant: `2026-11-26T09:00:00.000Z`. */
  readonly at: string;
  /** Names of the channels that it is for; all of them unless given. */
  readonly channels?: readonly string[];
  /** Of the client, for the picture: BCP 47, or empty. */
  readonly locale: string;
  /** What a `metric` or `report` message is about, in the order of its lines. */
  readonly figures?: readonly RuleFigures[];
}

/** Lines of a message at most: the rest is counted. */
const MOST_LINES = 20;

export interface TextOptions {
  /** Draws the days of metrics with characters, below their lines. */
  readonly sparklines: boolean;
}

/** The message as plain text, its title first. */
export function messageText(message: AlertMessage, { sparklines }: TextOptions): string {
  const { title, project, client, target, run, figures = [] } = message;
  const lines = message.lines.map((line, index) => {
    const series = sparklines ? figures[index]?.series : undefined;
    return series === undefined ? line : `${line}\n  ${sparkline(series.map((one) => one.value))}`;
  });
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length - shown.length;
  const who = client === '' ? project : `${project}, client ${client}`;
  return [
    title,
    ...shown.map((line) => `- ${line}`),
    ...(more > 0 ? [`… and ${more} more`] : []),
    `${who}, target ${target}, run ${run}`,
  ].join('\n');
}
