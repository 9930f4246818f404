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
  for (const orders of SIZES) measured.push(await measureSize(orders));
  const [small, large] = [measured[0], measured.at(-1)];
  if (small === undefined || large === undefined) throw new Error('no size to measure');
  return {
    ratios: [dayResult(large), ...growthResults(small, large), joinResult(large)],
    memory: [{ name: nameOf(large), megabytes: large.full.megabytes, limit: 1000 }],
  };
}

interface Measured {
  readonly orders: number;
  readonly full: PackBuild;
  readonly day: PackBuild;
  readonly joins: readonly string[];
}

async function measureSize(orders: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  const project = await PackBenchProject.create(folder, { orders });
  try {
    await project.fill();
    const full = await project.build(LAST_DAY);
    const touches = await project.count('fct_touchpoints');
    const lines = await project.count('fct_order_items');
    console.log(
      `${orders} orders, ${lines} lines, ${touches} touches: ${full.seconds.toFixed(1)} s`,
    );
    printSteps(full);
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

/** The slowest growing model against n log n; all steps are printed, tests summed by what they test. */
function growthResults(small: Measured, large: Measured): BenchResult[] {
  if (small === large) return [];
  const before = new Map(small.full.steps.map((step) => [step.id, step.seconds]));
  const limit = (large.orders * Math.log(large.orders)) / (small.orders * Math.log(small.orders));
  const grown = large.full.steps
    .map(({ id, seconds }) => ({ id, seconds, before: before.get(id) ?? 0 }))
    .toSorted((one, other) => other.seconds - one.seconds);
  console.log(`| step | ${small.orders} | ${large.orders} | growth | of n log n |`);
  console.log('|---|---:|---:|---:|---:|');
  for (const { id, seconds, before: less } of grown.filter((step) => isJudged(step))) {
    const growth = seconds / less;
    console.log(
      `| ${shortName(id)} | ${less.toFixed(2)} s | ${seconds.toFixed(2)} s | ${growth.toFixed(1)} × | ${(growth / limit).toFixed(2)} |`,
    );
  }
  const worst = grown
    .filter((step) => isJudged(step))
    .toSorted((one, other) => other.seconds / other.before - one.seconds / one.before)[0];
  if (worst === undefined) return [];
  return [
    {
      name: `the fastest growing step from ${small.orders.toLocaleString('en')} orders on : n log n`,
      ratio: worst.seconds / worst.before / limit,
      limit: 1,
      detail: `\`${shortName(worst.id)}\`: ${worst.before.toFixed(2)} s, then ${worst.seconds.toFixed(2)} s`,
    },
  ];
}

function isJudged({ id, seconds }: StepResult | { id: string; seconds: number }): boolean {
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
