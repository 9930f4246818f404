import { isWithheld } from '../events/is-withheld.ts';
import type { Action, NodeDescription, RunEvent } from '../events/run-event.ts';
import type { Code } from '../kernel/codes.ts';
import { CODES } from '../kernel/codes.ts';
import { formatCount, formatDuration, plural } from '../kernel/format.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { Style } from './style.ts';

const VERB_WIDTH = 10;
const KIND_WIDTH = 11;
const DETAIL_WIDTH = 25;
const NARROW_DETAIL_WIDTH = 14;
const WIDEST_NAME = 40;
const NARROWEST_NAME = 12;
const NO_DURATION = '-------';
/** `1,204 added; 6h30m behind now`, or a number of rows and `12/12 tests`. */
const LONG_DETAIL = DETAIL_WIDTH + 13;
const NARROW_LONG_DETAIL = 30;
/** Names are cut down to this width before kinds are left out. */
const USUAL_NAME = 28;
/** Verb and duration, with the blanks after them. */
const BEFORE_INDEX = VERB_WIDTH + ' [  0.00s] '.length;

/** What the columns of a run's lines depend on. */
export interface Layout {
  readonly style: Style;
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  readonly nameWidth: number;
  /** Kinds are left out, so that a line fits the terminal. */
  readonly isNarrow: boolean;
  /** Width of `3/14`. */
  readonly indexWidth: number;
  /** The code of the problem that was reported about a node. */
  readonly problems: ReadonlyMap<NodeId, Code>;
}

export function layoutFor(
  run: { readonly nodes: number; readonly widestName?: number },
  options: Pick<Layout, 'style' | 'verbosity' | 'problems'> & {
    /** Of the terminal; absent where lines may have any length. */
    readonly columns?: number | undefined;
  },
): Layout {
  const { columns = Number.POSITIVE_INFINITY, ...rest } = options;
  const indexWidth = String(run.nodes).length * 2 + 1;
  const nameWidth = Math.max(NARROWEST_NAME, Math.min(run.widestName ?? 28, WIDEST_NAME));
  const room = columns - 1 - BEFORE_INDEX - indexWidth - 2 - 2 - LONG_DETAIL;
  const isNarrow = room < KIND_WIDTH + 2 + Math.min(nameWidth, USUAL_NAME);
  const roomForName = isNarrow ? room + LONG_DETAIL - NARROW_LONG_DETAIL : room - KIND_WIDTH - 2;
  return {
    ...rest,
    isNarrow,
    indexWidth,
    nameWidth: Math.max(NARROWEST_NAME, Math.min(roomForName, nameWidth)),
  };
}

/** The line of an event, or `undefined` when people are not told about it at this verbosity. */
export function lineFor(event: RunEvent, layout: Layout): string | undefined {
  switch (event.type) {
    case 'runStarted':
      return layout.verbosity === 'quiet' ? undefined : headerLine(event, layout.style);
    case 'phaseFinished':
      return layout.verbosity === 'quiet' ? undefined : phaseLine(event, layout.style);
    case 'nodeFinished':
      return nodeLine(event, layout);
    case 'testFinished':
      return testLine(event, layout);
    case 'waiting':
      return layout.verbosity === 'quiet' || isShort(event)
        ? undefined
        : waitingLine(event, layout.style);
    case 'nodeStarted':
    case 'nodeProgress':
    case 'diagnostic':
    case 'runFinished':
      return undefined;
  }
}

interface Running {
  readonly node: NodeDescription;
  /** Since its start. */
  readonly ms: number;
  /** What it does, from the longest to the shortest. */
  readonly details: readonly string[];
}

/** The line of a step that is still going. */
export function runningLine({ node, ms, details: [detail = ''] }: Running, layout: Layout): string {
  return row(layout, {
    verb: runningVerb(ms, layout.style),
    duration: formatDuration(ms),
    index: '',
    kind: node.kind,
    name: nameOf(node),
    detail,
    tail: '',
  });
}

/** Room that is worth having for what a step does. */
const ENOUGH_DETAIL = 40;
const SHORT_NAME = 20;

/**
 * The lines of all steps that are going, on a screen of so many columns. Where the columns of the lines above leave
 * too little room for what the steps do, the kinds are left out, and then the names are cut.
 */
export function runningLines(
  steps: readonly Running[],
  layout: Layout,
  columns: number,
): readonly string[] {
  const before = BEFORE_INDEX;
  const full = before + layout.indexWidth + 2 + KIND_WIDTH + 2 + layout.nameWidth + 2;
  const needed = Math.max(0, ...steps.map(({ details }) => neededFor(details)));
  if (!layout.isNarrow && columns - full >= needed) {
    return steps.map((step) =>
      runningLine({ ...step, details: [fitting(step.details, columns - full)] }, layout),
    );
  }
  const widest = Math.max(0, ...steps.map(({ node }) => nameOf(node).length));
  const whole = Math.min(widest, WIDEST_NAME);
  const width = Math.min(whole, Math.max(SHORT_NAME, columns - before - 2 - needed));
  return steps.map(({ node, ms, details }) => {
    const lead = `${runningVerb(ms, layout.style)} ${layout.style.dim(`[${formatDuration(ms)}]`)} `;
    const name = elide(nameOf(node), width).padEnd(width);
    return `${lead}${name}  ${fitting(details, columns - before - width - 2)}`.trimEnd();
  });
}

/** The shortest words that still say most: those in the middle of the list. */
function neededFor(details: readonly string[]): number {
  const middle = details[Math.floor(details.length / 2)] ?? '';
  return Math.min(middle.length, ENOUGH_DETAIL);
}

function fitting(details: readonly string[], room: number): string {
  return details.find((detail) => detail.length <= room) ?? details.at(-1) ?? '';
}

function runningVerb(ms: number, style: Style): string {
  const paint = ms > 300_000 ? style.bad : ms > 30_000 ? style.warn : style.accent;
  return paint('Running'.padStart(VERB_WIDTH));
}

/** A name cut in its middle to fit: `stg_nuvemshop__…_lines`. */
function elide(name: string, width: number): string {
  if (name.length <= width) return name;
  const kept = width - 1;
  const head = Math.ceil(kept / 2);
  return `${name.slice(0, head)}…${name.slice(name.length - (kept - head))}`;
}

function headerLine(event: Extract<RunEvent, { type: 'runStarted' }>, style: Style): string {
  const parts = [
    event.cortex,
    `target ${event.target}`,
    event.server,
    plural(event.threads, 'thread'),
  ];
  return `${style.bold('Cortex'.padStart(VERB_WIDTH))} ${parts.filter((part) => part !== '').join('  ')}`;
}

const PHASE_VERBS: Readonly<Record<string, string>> = {
  parse: 'Parsed',
  compile: 'Compiled',
  select: 'Selected',
  sync: 'Landed',
  estimate: 'Estimated',
};

/** What these say is no work that took time. */
const TIMELESS: ReadonlySet<string> = new Set(['select', 'estimate']);

function phaseLine(event: Extract<RunEvent, { type: 'phaseFinished' }>, style: Style): string {
  const verb = style.bold((PHASE_VERBS[event.phase] ?? event.phase).padStart(VERB_WIDTH));
  const duration = TIMELESS.has(event.phase)
    ? ''
    : `${style.dim(`[${formatDuration(event.ms)}]`)} `;
  return `${verb} ${duration}${event.detail}`;
}

/** Waits that keep a platform's limit come and go many times a second. */
function isShort({ ms }: Extract<RunEvent, { type: 'waiting' }>): boolean {
  return ms !== undefined && ms > 0 && ms < 1000;
}

function waitingLine(event: Extract<RunEvent, { type: 'waiting' }>, style: Style): string {
  const subject = event.node === undefined ? '' : `${shortName(event.node)}: `;
  return `${style.warn('Waiting'.padStart(VERB_WIDTH))} ${subject}${event.reason}`;
}

function nodeLine(
  event: Extract<RunEvent, { type: 'nodeFinished' }>,
  layout: Layout,
): string | undefined {
  const { node, result, tests } = event;
  if (layout.verbosity === 'quiet' && !isProblem(result)) return undefined;
  if (result.status === 'no-op' && layout.verbosity !== 'verbose') return undefined;
  return row(layout, {
    verb: isWithheld(event)
      ? layout.style.warn('Withheld'.padStart(VERB_WIDTH))
      : nodeVerb(result.status, event.action, layout.style),
    duration: result.ms > 0 ? formatDuration(result.ms) : NO_DURATION,
    index: node.resourceType === 'exposure' ? '' : `${event.index}/${event.total}`,
    kind: node.kind,
    name: nameOf(node),
    detail: nodeDetail(event, layout),
    tail: tests.run > 0 ? `${tests.passed}/${plural(tests.run, 'test')}` : '',
  });
}

function nodeVerb(status: NodeResult['status'], action: Action, style: Style): string {
  const verb = (paint: (text: string) => string, text: string) => paint(text.padStart(VERB_WIDTH));
  switch (status) {
    case 'success':
    case 'pass':
      return verb(style.good, action === 'none' ? 'Done' : capitalised(action));
    case 'no-op':
      return verb(style.dim, 'Noted');
    case 'partial':
      return verb(style.warn, 'Partial');
    case 'skipped':
      return verb(style.warn, 'Skipped');
    case 'cancelled':
      return verb(style.warn, 'Cancelled');
    case 'warn':
      return verb(style.warn, 'Warned');
    case 'fail':
      return verb(style.bad, 'Failed');
    case 'error':
      return verb(style.bad, 'Error');
  }
}

function nodeDetail(event: Extract<RunEvent, { type: 'nodeFinished' }>, layout: Layout): string {
  const { result } = event;
  if (result.status === 'skipped' && event.because !== undefined)
    return `needs ${shortName(event.because)}`;
  if (result.synced !== undefined) return firstLine(result.message);
  if (result.status === 'success')
    return result.rows === undefined ? '' : plural(result.rows, 'row');
  return problemOf(result, layout) ?? firstLine(result.message);
}

function testLine(
  event: Extract<RunEvent, { type: 'testFinished' }>,
  layout: Layout,
): string | undefined {
  const { node, result } = event;
  if (!isProblem(result) && layout.verbosity !== 'verbose') return undefined;
  return row(layout, {
    verb:
      result.status === 'pass'
        ? layout.style.good('Passed'.padStart(VERB_WIDTH))
        : nodeVerb(result.status, 'none', layout.style),
    duration: result.ms > 0 ? formatDuration(result.ms) : NO_DURATION,
    index: '',
    kind: node.kind,
    name: nameOf(node),
    detail: testDetail(node, result, layout),
    tail: '',
  });
}

function isProblem({ status }: NodeResult): boolean {
  return status === 'fail' || status === 'error' || status === 'warn';
}

function testDetail(node: NodeDescription, result: NodeResult, layout: Layout): string {
  const counted = result.status === 'fail' || result.status === 'warn';
  const outcome = counted && result.failures !== undefined ? plural(result.failures, 'row') : '';
  const words =
    result.status === 'error' ? (problemOf(result, layout) ?? firstLine(result.message)) : outcome;
  return [node.rule, words].filter((part) => part !== undefined && part !== '').join(': ');
}

function problemOf(result: NodeResult, layout: Layout): string | undefined {
  const code = layout.problems.get(result.id);
  return code === undefined || result.status === 'skipped'
    ? undefined
    : `${code} ${CODES[code].slug}`;
}

interface Cells {
  readonly verb: string;
  readonly duration: string;
  readonly index: string;
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
  readonly tail: string;
}

function row(layout: Layout, cells: Cells): string {
  const { style } = layout;
  const columns = [
    ...(layout.isNarrow ? [] : [cells.kind.padEnd(KIND_WIDTH)]),
    elide(cells.name, layout.nameWidth).padEnd(layout.nameWidth),
    cells.detail.padEnd(layout.isNarrow ? NARROW_DETAIL_WIDTH : DETAIL_WIDTH),
    cells.tail,
  ];
  const lead = `${cells.verb} ${style.dim(`[${cells.duration}]`)} ${style.dim(cells.index.padStart(layout.indexWidth))}`;
  return `${lead}  ${columns.join('  ')}`.trimEnd();
}

function nameOf(node: NodeDescription): string {
  return node.subject ?? node.name;
}

/** `model.shop.fct_orders` → `fct_orders`. */
export function shortName(id: NodeId): string {
  return id.split('.').slice(2).join('.');
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** `12 models, 1 test`; kinds of which there are none are left out. */
export function countedKinds(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => (count === 1 ? `1 ${kind}` : `${formatCount(count)} ${kind}s`))
    .join(', ');
}
