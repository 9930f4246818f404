import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../support/built-cortex.ts';
import { installPackage, packPackage } from '../support/packed-package.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let client: string;
let tarball: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-pack-'));
  client = join(folder, 'client');
  mkdirSync(client);
  tarball = await packPackage(folder);
});

afterAll(async () => {
  await runProgram('npx', ['cortex', 'server', 'stop'], { cwd: client });
  rmSync(folder, { recursive: true, force: true });
});

test('the package holds the command line and nothing of the workshop', async () => {
  const listed = await runProgram('tar', ['-tzf', tarball], { cwd: folder });

  const paths = listed.stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
  const outside = paths.filter(
    (path) =>
      !/^(dist\/(cli|connectors|tracking)\/|tracking\/\w+\.yml$|(models|seeds|macros|sources|tests\/data)\/|docs\/[\w/-]+\.md$|(package\.json|cortex_project\.yml|README\.md|LICENSE)$)/.test(
        path,
      ),
  );
  expect(outside).toEqual([]);
  expect(paths).toContain('dist/cli/main.js');
  expect(paths).toContain('tracking/events.yml');
  const types = paths.filter((path) => path.endsWith('.d.ts'));
  // What connectors, script macros and TypeScript models of a project import.
  expect(types.filter((path) => !path.startsWith('dist/connectors/sdk/')).toSorted()).toEqual([
    'dist/cli/manifest/capabilities.d.ts',
    'dist/cli/manifest/read-as.d.ts',
    'dist/cli/project/script-models/define.d.ts',
    'dist/cli/template/macro-context.d.ts',
  ]);
  expect(types).toContain('dist/connectors/sdk/definition.d.ts');
});

test('installed into an empty directory it starts a project that builds', async () => {
  writeFileSync(join(client, 'package.json'), '{ "name": "client", "private": true }\n');
  await installPackage(tarball, client);

  const started = await runProgram('npx', ['cortex', 'init'], { cwd: client });
  expect(started).toMatchObject({ exitCode: 0 });
  const built = await runProgram('npx', ['cortex', 'build'], { cwd: client });

  expect(built.stderr).toContain('Finished');
  expect(built.exitCode).toBe(0);
});

test('installed it runs the demo on copies of the models that ship', async () => {
  const small = ['demo', '--orders', '400', '--days', '30'];

  const shown = await runProgram('npx', ['cortex', ...small], { cwd: client });

  const project = join(client, '.cortex', 'demo');
  await runProgram('npx', ['cortex', 'server', 'stop'], { cwd: project });
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stdout).toMatch(/^Nuvemshop +21 +1,644 +200 +R\$ 55,734\.02/m);
  expect(lstatSync(join(project, 'models')).isSymbolicLink()).toBe(false);
  expect(readdirSync(join(project, 'models', 'dimensions'))).toContain('dim_dates.sql');
});

test('a script macro of the project is checked against the types of the package', async () => {
  writeFileSync(
    join(client, 'macro.mts'),
    `import type { MacroContext } from 'cortex-analytics';
export const family = (_: object, { capabilities, literal }: MacroContext): string => literal(capabilities.family);
export const wrong = (_: object, { capabilities }: MacroContext): number => capabilities.family;
`,
  );
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');

  const checked = await runProgram(
    process.execPath,
    [compiler, '--noEmit', '--strict', '--module', 'nodenext', 'macro.mts'],
    { cwd: client },
  );

  expect(checked.stdout.match(/^.*: error TS\d+/gm)).toEqual(['macro.mts(3,77): error TS2322']);
});
