import type { RunEvent } from '../events/run-event.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SourceTexts } from '../kernel/span.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { foldLine } from './fold.ts';
import type { Layout } from './lines.ts';
import { layoutFor, lineFor } from './lines.ts';
import { Problems } from './problems.ts';
import type { Style } from './style.ts';
import type { RunFacts } from './summary.ts';
import { summaryLines } from './summary.ts';

/** `09:12:33 ` */
const TIME_WIDTH = 9;

export interface PrinterOptions {
  readonly style: Style;
  readonly verbosity: Layout['verbosity'];
  readonly texts: SourceTexts;
  readonly clock: Clock;
  /** Put the time of day (UTC) before every line. */
  readonly timestamps: boolean;
  readonly resultsPath?: string;
  /** Of the terminal that the lines appear on; absent where they may have any length. */
  readonly columns?: () => number;
}

/** The lines of a run in the order they are to appear; plain and window reporters both write these. */
export class Printer {
  readonly #options: PrinterOptions;
  readonly #problems = new Problems();
  #layout: Layout;
  #facts: RunFacts | undefined;
  #isFirstNode = true;
  #hasWritten = false;
  /** Ended tests of the nodes that are being built. */
  readonly #waiting = new Map<NodeId, RunEvent[]>();

  constructor(options: PrinterOptions) {
    this.#options = options;
    this.#layout = this.#newLayout({ nodes: 0 });
  }

  get layout(): Layout {
    return this.#layout;
  }

  /** The lines that an event adds. */
  linesFor(event: RunEvent): string[] {
    if (event.type === 'diagnostic') this.#problems.add(event.diagnostic);
    if (event.type === 'runStarted') this.#start(event);
    if (event.type === 'runFinished') return this.#stamped(this.#finish(event));
    return this.#stamped(this.#inOrder(event).flatMap((next) => this.#lineFor(next)));
  }

  /** What is left to say when the work ends without a `runFinished`. */
  lastLines(): string[] {
    return this.#stamped(this.#problemLines());
  }

  /** A test of a node that is still being built waits, to stand under the line of its node. */
  #inOrder(event: RunEvent): readonly RunEvent[] {
    if (event.type === 'nodeStarted') this.#waiting.set(event.node.id, []);
    if (event.type === 'testFinished' && event.node.of !== undefined) {
      const block = this.#waiting.get(event.node.of);
      block?.push(event);
      if (block !== undefined) return [];
    }
    if (event.type !== 'nodeFinished') return [event];
    const tests = this.#waiting.get(event.node.id) ?? [];
    this.#waiting.delete(event.node.id);
    return [event, ...tests];
  }

  #lineFor(event: RunEvent): string[] {
    const line = lineFor(event, this.#layout);
    return line === undefined ? [] : this.#spaced(event, this.#folded(line));
  }

  /** Rows that the terminal does not have to break. */
  #folded(line: string): string[] {
    const { columns, timestamps } = this.#options;
    if (columns === undefined) return [line];
    return foldLine(line, columns() - 1 - (timestamps ? TIME_WIDTH : 0));
  }

  #start(event: Extract<RunEvent, { type: 'runStarted' }>): void {
    this.#layout = this.#newLayout(event);
    const { command, target, nodes, tests } = event;
    this.#facts = { command, target, nodes, tests, resultsPath: this.#options.resultsPath };
  }

  #newLayout(run: { nodes: number; widestName?: number }): Layout {
    const { style, verbosity, columns } = this.#options;
    const problems = this.#problems.byNode;
    return layoutFor(run, { style, verbosity, problems, columns: columns?.() });
  }

  /** An empty line between the header and the first node. */
  #spaced(event: RunEvent, rows: string[]): string[] {
    const opensNodes = event.type === 'nodeFinished' || event.type === 'testFinished';
    if (!opensNodes || !this.#isFirstNode) return rows;
    this.#isFirstNode = false;
    return this.#options.verbosity === 'quiet' ? rows : ['', ...rows];
  }

  #problemLines(): string[] {
    const { texts, style } = this.#options;
    const blocks = this.#problems.take(texts, style);
    return blocks.flatMap((block, index) => (index === 0 ? [block] : ['', block]));
  }

  #finish(event: Extract<RunEvent, { type: 'runFinished' }>): string[] {
    const problems = this.#problemLines();
    const facts = this.#facts ?? { command: 'run', target: '', nodes: 0, tests: 0 };
    const summary = summaryLines(event, facts, this.#options.style);
    const separated = problems.length > 0 ? ['', ...problems] : [];
    return [...separated, '', ...summary.flatMap((line) => this.#folded(line))];
  }

  #stamped(lines: readonly string[]): string[] {
    if (lines.length === 0) return [];
    const isFirst = !this.#hasWritten;
    this.#hasWritten = true;
    return this.#timed(isFirst && lines[0] === '' ? lines.slice(1) : lines);
  }

  #timed(lines: readonly string[]): string[] {
    if (!this.#options.timestamps) return [...lines];
    const time = new Date(this.#options.clock.now()).toISOString().slice(11, 19);
    return lines
      .flatMap((line) => line.split('\n'))
      .map((line) => (line === '' ? line : `${this.#options.style.dim(time)} ${line}`));
  }
}
