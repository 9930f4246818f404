import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finished } from '../support/built-cortex.ts';
import { runProgram } from '../support/built-cortex.ts';
import { copyProgram } from '../support/copied-program.ts';
import { servers } from '../support/server.ts';
import { simulatedProject } from '../support/simulated-project.ts';

let folder: string;
let main: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-compiled-'));
  main = copyProgram(join(folder, 'program'));
  const project = join(folder, 'project');
  mkdirSync(join(project, 'models'), { recursive: true });
  writeFileSync(join(project, 'models', 'orders.sql'), 'select 1 as id\n');
  writeFileSync(
    join(project, 'cortex_project.yml'),
    'name: shop\nversion: 1.0.0\ntargets: { dev: { type: local } }\n',
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function cortex(...args: string[]): Promise<Finished> {
  return runProgram(process.execPath, [main, ...args], { cwd: join(folder, 'project') });
}

function keptIn(): string {
  return join(folder, 'program', 'dist', '.compiled');
}

function kept(): string[] {
  return existsSync(keptIn()) ? readdirSync(keptIn()) : [];
}

const LISTED = { exitCode: 0, stdout: 'shop.orders\n', stderr: '' };

test('a command that fails keeps no compiled code, one that ends well keeps it for the next', async () => {
  expect(await cortex('ls', '--unknown')).toMatchObject({ exitCode: 2 });
  expect(kept()).toEqual([]);

  expect(await cortex('ls')).toEqual(LISTED);

  expect(kept()).toEqual([expect.stringMatching(/^ls-[0-9a-f]+\.bin$/)]);
  const [name = ''] = kept();
  const written = statSync(join(keptIn(), name)).mtimeMs;
  expect(await cortex('ls')).toEqual(LISTED);
  expect(statSync(join(keptIn(), name)).mtimeMs).toBe(written);
});

test('a command runs where its compiled code is damaged, and where none can be kept', async () => {
  await cortex('ls');
  const [name = ''] = kept();
  const path = join(keptIn(), name);
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, whole.length / 2));
  expect(await cortex('ls')).toEqual(LISTED);
  expect(statSync(path).size).toBeGreaterThan(whole.length / 2);

  rmSync(keptIn(), { recursive: true });
  writeFileSync(keptIn(), 'a file in the place of the folder');

  expect(await cortex('ls')).toEqual(LISTED);
});

test('a sync takes what the one before compiled, whatever it tells V8 of its heap meanwhile', async () => {
  rmSync(keptIn(), { recursive: true, force: true });
  const own = await (servers[0] ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  const place = { cwd: project.directory.path, env: project.environment };
  const sync = () => runProgram(process.execPath, [main, 'sync', 'nuvemshop.store'], place);
  const first = await sync();
  expect(first.exitCode, first.stderr).toBe(0);
  const [name = ''] = kept();
  const written = statSync(join(keptIn(), name)).mtimeMs;

  expect((await sync()).exitCode).toBe(0);

  expect(statSync(join(keptIn(), name)).mtimeMs).toBe(written);
});
