import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackBenchProject } from './pack/bench-project.ts';
import type { PackBuild, StepResult } from './pack/bench-project.ts';
import type { BenchReport, BenchResult } from './result.ts';

/** The sizes compared, in orders, smaller first: `CORTEX_BENCH_PACK=20000,100000` for a look while working. */
const SIZES = (process.env['CORTEX_BENCH_PACK'] ?? '100000,1000000').split(',').map(Number);
const LAST_DAY = '2026-06-30';
const NEXT_DAY = '2026-07-01';
/** Steps that take less at the larger size say nothing about growth. */
const JUDGED_SECONDS = 2;

/** The model pack on its private server: whole builds at two sizes, how each step grows, and a day's build. */
export async function pack(): Promise<BenchReport> {
  const measured: Measured[] = [];
  for (const orders of SIZES) measured.push(await measureSize(orders, measured[0]));
  const [small, large] = [measured[0], measured.at(-1)];
  if (small === undefined || large === undefined) throw new Error('no size to measure');
  return {
    ratios: [dayResult(large), ...growthResults(small, large), joinResult(large)],
    memory: [{ name: nameOf(large), megabytes: large.full.megabytes, limit: 1000 }],
  };
}

/** A whole build at one size. */
interface Sized {
  readonly orders: number;
  readonly full: PackBuild;
}

interface Measured extends Sized {
  readonly day: PackBuild;
  readonly joins: readonly string[];
}

/** Prints what it finds as it goes: growth against a smaller size before the build of the next day begins. */
async function measureSize(orders: number, smaller: Sized | undefined): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  const project = await PackBenchProject.create(folder, { orders });
  try {
    await project.fill();
    console.log(`${new Date().toISOString()} filled the raw tables of ${orders} orders`);
    const full = await project.build(LAST_DAY);
    const touches = await project.count('fct_touchpoints');
    const lines = await project.count('fct_order_items');
    console.log(
      `${orders} orders, ${lines} lines, ${touches} touches: ${full.seconds.toFixed(1)} s`,
    );
    printSteps(full);
    if (smaller !== undefined) printGrowth(smaller, { orders, full });
    const joins = await joinsOf(project, full.steps);
    await project.addDay();
    const day = await project.build(NEXT_DAY);
    console.log(`the day after: ${day.seconds.toFixed(1)} s`);
    printSteps(day);
    return { orders, full, day, joins };
  } finally {
    await project.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function joinsOf(project: PackBenchProject, steps: readonly StepResult[]): Promise<string[]> {
  const found: string[] = [];
  for (const { id, sql } of steps) {
    if (!id.startsWith('model.') || sql === undefined) continue;
    const tables = await project.unindexedJoins(sql);
    if (tables.length > 0) found.push(`${shortName(id)} reads ${tables.join(', ')}`);
  }
  for (const line of found) console.log(`join without an index: ${line}`);
  return found;
}

function nameOf({ orders }: Measured): string {
  return `\`cortex build\` of the model pack at ${orders.toLocaleString('en')} orders`;
}

function dayResult(large: Measured): BenchResult {
  const { full, day } = large;
  return {
    name: `${nameOf(large)}, one day later : the whole build`,
    ratio: day.seconds / full.seconds,
    limit: 0.1,
    detail: `${day.seconds.toFixed(1)} s against ${full.seconds.toFixed(1)} s`,
  };
}

function joinResult({ joins }: Measured): BenchResult {
  return {
    name: 'joins of its models that read a large table whole',
    ratio: joins.length,
    limit: 0,
    detail: joins.join('; ') || 'by EXPLAIN of every model',
  };
}

interface Growth {
  readonly id: string;
  readonly before: number;
  readonly seconds: number;
  /** How many times as long, by how many times n log n has grown. */
  readonly ofLimit: number;
}

/** Models of the larger build, slowest first. */
function growthOf(small: Sized, large: Sized): Growth[] {
  const before = new Map(small.full.steps.map((step) => [step.id, step.seconds]));
  const limit = (large.orders * Math.log(large.orders)) / (small.orders * Math.log(small.orders));
  return large.full.steps
    .filter((step) => isJudged(step))
    .map(({ id, seconds }) => {
      const less = before.get(id) ?? 0;
      return { id, seconds, before: less, ofLimit: seconds / less / limit };
    })
    .toSorted((one, other) => other.seconds - one.seconds);
}

function printGrowth(small: Sized, large: Sized): void {
  console.log(`| step | ${small.orders} | ${large.orders} | growth | of n log n |`);
  console.log('|---|---:|---:|---:|---:|');
  for (const { id, before, seconds, ofLimit } of growthOf(small, large)) {
    const growth = (seconds / before).toFixed(1);
    console.log(
      `| ${shortName(id)} | ${before.toFixed(2)} s | ${seconds.toFixed(2)} s | ${growth} × | ${ofLimit.toFixed(2)} |`,
    );
  }
}

/** The fastest growing model against n log n. */
function growthResults(small: Measured, large: Measured): BenchResult[] {
  if (small === large) return [];
  const [worst] = growthOf(small, large).toSorted((one, other) => other.ofLimit - one.ofLimit);
  if (worst === undefined) return [];
  return [
    {
      name: `the fastest growing step from ${small.orders.toLocaleString('en')} orders on : n log n`,
      ratio: worst.ofLimit,
      limit: 1,
      detail: `\`${shortName(worst.id)}\`: ${worst.before.toFixed(2)} s, then ${worst.seconds.toFixed(2)} s`,
    },
  ];
}

function isJudged({ id, seconds }: StepResult): boolean {
  return id.startsWith('model.') && seconds >= JUDGED_SECONDS;
}

function printSteps({ steps }: PackBuild): void {
  for (const { id, seconds } of steps.toSorted((one, other) => other.seconds - one.seconds)) {
    if (seconds >= 0.5) console.log(`${seconds.toFixed(2).padStart(9)} s  ${shortName(id)}`);
  }
}

function shortName(id: string): string {
  return id.replace(/^model\.[^.]+\./, '');
}
