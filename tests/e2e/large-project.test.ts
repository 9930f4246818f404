import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../support/built-cortex.ts';
import { copyProgram } from '../support/copied-program.ts';
import { generateProject } from '../support/generate-project.ts';

let folder: string;
let project: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-large-'));
  project = join(folder, 'project');
  await generateProject(project, 2000, { database: 'large' });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The nodes that a program of its own reads the project as, and the names of the threads whose code it kept. */
async function parsed(name: string, change: (thread: string) => void = () => undefined) {
  const main = copyProgram(join(folder, name));
  change(join(dirname(main), 'properties-thread.js'));
  rmSync(join(project, 'target'), { recursive: true, force: true });
  const run = await runProgram(process.execPath, [main, 'parse'], { cwd: project });
  const nodes = readFileSync(join(project, 'target', 'cortex_parse_cache.nodes.jsonl'), 'utf8');
  const kept = readdirSync(join(folder, name, 'dist', '.compiled'));
  return { exitCode: run.exitCode, nodes, threads: kept.filter((file) => /thread/.test(file)) };
}

test('two threads read a large project as one does', async () => {
  const both = await parsed('both');
  const alone = await parsed('alone', (thread) => rmSync(thread));

  expect(both.exitCode).toBe(0);
  expect(both.threads).toHaveLength(1);
  expect(alone.threads).toHaveLength(0);
  expect(both.nodes.split('\n').length).toBeGreaterThan(6000);
  expect(both.nodes).toBe(alone.nodes);
});

test.each([
  ['fails', 'throw new Error("no memory");'],
  [
    'takes a file and hangs',
    `import { workerData } from 'node:worker_threads';
     Atomics.add(workerData.counters, 0, 1);
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
  ],
])('a second thread that %s takes nothing away', async (name, code) => {
  const left = await parsed(name, (thread) => writeFileSync(thread, code));
  const alone = await parsed(`without one that ${name}`, (thread) => rmSync(thread));

  expect(left.exitCode).toBe(0);
  expect(left.nodes).toBe(alone.nodes);
});
