/**
 * The whole check, cheapest first: format, lint, types, dead code, generated files, then every kind of
 * test. Goes on after a failure, so that one run tells everything, and ends with `N passed, N failed`
 * (a failed check that is not a test counts as one).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKS = [
  ['format', ['npx', 'oxfmt', '--check', '.']],
  ['lint', ['npx', 'oxlint', '--type-aware', '--deny-warnings']],
  ['types', ['npx', 'tsc', '-p', '.']],
  ['dead code', ['npx', 'knip']],
  ['generated files', ['npx', 'tsx', 'docs/generate.ts', '--check']],
];

const SUITES = ['architecture', 'unit', 'property', 'integration', 'e2e'];

const reports = mkdtempSync(join(tmpdir(), 'cortex-tests-'));
let passed = 0;
let failed = 0;

function run(name, [command, ...args]) {
  console.log(`\n== ${name}: ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

function runSuite(suite) {
  const report = join(reports, `${suite}.json`);
  const isGreen = run(`${suite} tests`, [
    'npx',
    'vitest',
    'run',
    '--project',
    suite,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counts = readCounts(report);
  passed += counts.passed;
  failed += isGreen ? counts.failed : Math.max(counts.failed, 1);
}

function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

for (const [name, command] of CHECKS) {
  if (run(name, command)) passed += 1;
  else failed += 1;
}
for (const suite of SUITES) runSuite(suite);

rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
