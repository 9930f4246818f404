import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { TestDatabase } from './server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(ROOT, 'examples', 'online_retail');

/** A copy of the Online Retail example whose target is a test database; gone when the test ends. */
export function exampleProject(database: TestDatabase): string {
  const directory = mkdtempSync(join(tmpdir(), 'cortex-example-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(EXAMPLE, directory, {
    recursive: true,
    filter: (path) => !/[/\\](\.cortex|target)$/.test(path),
  });
  const { host, port, user, password } = database.server;
  const target = `{ type: mysql, host: ${host}, port: ${port}, user: ${user}, password: '${password}', database: ${database.name}, threads: 4 }`;
  const file = join(directory, 'cortex_project.yml');
  const text = readFileSync(file, 'utf8')
    .replace('- local: ../..', `- local: ${ROOT}`)
    .replace(/^target: .*$/m, 'target: test')
    .replace(/^targets:$/m, `targets:\n  test: ${target}`);
  writeFileSync(file, text);
  return directory;
}
