/**
 * Measures what the product promises about speed and memory, as ratios within one run, prints them and
 * keeps them in `docs/benchmarks.md`. `npm run bench -- startup parse` measures some areas only (and
 * prints without writing).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { convert } from './convert.ts';
import { ROOT } from './cortex.ts';
import { landing } from './landing.ts';
import { overhead } from './overhead.ts';
import { pack } from './pack.ts';
import { parse } from './parse.ts';
import type { BenchReport } from './result.ts';
import { startup } from './startup.ts';
import { sync } from './sync.ts';

const AREAS: Readonly<Record<string, () => Promise<BenchReport>>> = {
  startup,
  parse,
  overhead,
  landing,
  sync,
  convert,
  pack,
};

/** Takes so long that it has to be asked for by name. */
const ON_REQUEST = new Set(['pack']);

const PAGE = join(ROOT, 'docs', 'benchmarks.md');
const NOTES = '## How to read these figures';

const wanted = process.argv.slice(2);
const reports: BenchReport[] = [];
for (const [name, measure] of Object.entries(AREAS)) {
  const isWanted = wanted.length === 0 ? !ON_REQUEST.has(name) : wanted.includes(name);
  if (!isWanted) continue;
  console.log(`measuring ${name}`);
  reports.push(await measure());
}
const table = tableOf(reports);
console.log(`\n${table}`);
if (wanted.length === 0) writeFileSync(PAGE, page(table, notesOf(readFileSync(PAGE, 'utf8'))));

const isWithin =
  reports.every(({ ratios }) => ratios.every(({ ratio, limit }) => ratio <= limit)) &&
  reports.every(({ memory }) => memory.every(({ megabytes, limit }) => megabytes <= limit));
process.exitCode = isWithin ? 0 : 1;

function tableOf(all: readonly BenchReport[]): string {
  const rows = all.flatMap(({ ratios, memory }) => [
    ...ratios.map(({ name, ratio, limit, detail }) =>
      row(name, `${ratio.toFixed(2)} ×`, `${limit.toFixed(2)} ×`, ratio <= limit, detail),
    ),
    ...memory.map(({ name, megabytes, limit }) =>
      row(
        name,
        `${megabytes.toFixed(0)} MB`,
        `${limit} MB`,
        megabytes <= limit,
        'peak resident memory',
      ),
    ),
  ]);
  return [
    '| what | measured | at most | kept | figures |',
    '|---|---:|---:|---|---|',
    ...rows,
  ].join('\n');
}

function row(
  ...[name, measured, limit, isKept, detail]: [string, string, string, boolean, string]
): string {
  return `| ${name} | ${measured} | ${limit} | ${isKept ? 'yes' : '**no**'} | ${detail} |`;
}

/** What people wrote under the table: kept, and to be read again after every run. */
function notesOf(before: string): string {
  return before.slice(before.indexOf(NOTES));
}

function page(measured: string, notes: string): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  return `# Benchmarks

Written by \`npm run bench\` (after \`bash .ci/prepare\`) at commit ${commit} on ${machine}. Every ratio is
measured against its base in the same run, interleaved, medians of several rounds; absolute figures depend on
the machine. The command ends with 1 when a promise is not kept.

${measured}

${notes}`;
}
