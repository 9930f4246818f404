import type { RunEvent } from '../events/run-event.ts';
import { formatDuration } from '../kernel/format.ts';
import { runningLines } from './lines.ts';
import type { PrinterOptions } from './printer.ts';
import { Printer } from './printer.ts';
import type { Output, Reporter, Ticker } from './reporter.ts';
import { RunningSteps } from './running.ts';
import type { Style } from './style.ts';

const REDRAW_MS = 100;
const SHOWN_AFTER_MS = 500;
const BAR_WIDTH = 24;
const SYNC_START = '\u001b[?2026h';
const SYNC_END = '\u001b[?2026l';

/** A terminal: text goes out, and its width may change while it is watched. */
export interface Screen extends Output {
  readonly columns: number;
}

/**
 * Lines scroll above a window of the steps that are going, redrawn at most ten times a second
 * inside synchronized output, so that a terminal never shows half a frame.
 */
export function windowReporter(screen: Screen, options: PrinterOptions, ticker: Ticker): Reporter {
  const printer = new Printer({ ...options, columns: () => screen.columns });
  const running = new RunningSteps();
  const frame = new Frame(screen);
  const progress: Progress = { finished: 0, total: 0, startedAt: undefined };
  const draw = (lines: readonly string[]) => {
    const now = options.clock.monotonic();
    frame.draw(lines, windowRows({ running, progress, printer, now, columns: screen.columns - 1 }));
  };
  const stop = options.verbosity === 'quiet' ? () => {} : ticker.every(REDRAW_MS, () => draw([]));
  return {
    report(event: RunEvent) {
      running.apply(event, options.clock.monotonic());
      advance(progress, event, options.clock.monotonic());
      const lines = printer.linesFor(event);
      if (event.type === 'runFinished') frame.draw(lines, []);
      else if (lines.length > 0) draw(lines);
    },
    close() {
      stop();
      frame.draw(printer.lastLines(), []);
    },
  };
}

interface Progress {
  finished: number;
  total: number;
  /** Monotonic milliseconds; absent before the first node and after the end. */
  startedAt: number | undefined;
}

function advance(progress: Progress, event: RunEvent, now: number): void {
  if (event.type === 'runStarted') Object.assign(progress, { total: event.nodes, startedAt: now });
  if (event.type === 'nodeFinished') progress.finished = Math.max(progress.finished, event.index);
  if (event.type === 'runFinished') progress.startedAt = undefined;
}

function windowRows(state: {
  readonly running: RunningSteps;
  readonly progress: Progress;
  readonly printer: Printer;
  readonly now: number;
  /** That may be written into. */
  readonly columns: number;
}): string[] {
  const { running, progress, printer, now, columns } = state;
  if (progress.startedAt === undefined) return [];
  const steps = [...running]
    .filter((step) => now - step.startedAt >= SHOWN_AFTER_MS)
    .map((step) => ({ ...step, ms: now - step.startedAt }));
  const rows = [...runningLines(steps, printer.layout, columns)];
  if (progress.total > 0)
    rows.push(progressRow(progress, now - progress.startedAt, printer.layout.style));
  return rows;
}

/** `  ━━━━━━━━──────────────── 4/14  0m18s` */
function progressRow({ finished, total }: Progress, ms: number, style: Style): string {
  const done = Math.round((finished / total) * BAR_WIDTH);
  const bar = style.accent('━'.repeat(done)) + style.dim('─'.repeat(BAR_WIDTH - done));
  const time =
    ms < 60_000
      ? `0m${String(Math.floor(ms / 1000)).padStart(2, '0')}s`
      : formatDuration(ms).trim();
  return `  ${bar} ${finished}/${total}  ${time}`;
}

/** The rows at the bottom of the screen that are drawn over and over. */
class Frame {
  readonly #screen: Screen;
  #height = 0;
  #last = '';

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Writes lines that stay, and below them the rows of the window. */
  draw(lines: readonly string[], rows: readonly string[]): void {
    const fitting = rows.map((row) => cutToWidth(row, this.#screen.columns - 1));
    const text = fitting.map((row) => `${row}\n`).join('');
    if (lines.length === 0 && text === this.#last) return;
    const erase = this.#height > 0 ? `\u001b[${this.#height}A\u001b[0J` : '';
    const scrolled = lines.map((line) => `${line}\n`).join('');
    this.#screen.write(`${SYNC_START}${erase}${scrolled}${text}${SYNC_END}`);
    this.#height = fitting.length;
    this.#last = text;
  }
}

/** Cuts a row to so many visible characters, the last of them `…`; colour codes count nothing and are closed. */
export function cutToWidth(row: string, width: number): string {
  // oxlint-disable-next-line no-control-regex -- escape sequences are what it looks for
  const pieces = row.split(/(\u001b\[\d+m)/);
  const texts = pieces.filter((_, index) => index % 2 === 0);
  if (texts.join('').length <= width) return row;
  let room = Math.max(0, width - 1);
  const kept = pieces.map((piece, index) => {
    if (index % 2 === 1) return piece;
    const part = piece.slice(0, room);
    room -= part.length;
    return part;
  });
  return `${kept.join('')}${pieces.length > 1 ? '\u001b[0m' : ''}…`;
}
