import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { Clock } from '../../cli/kernel/clock.ts';
import { cortex } from './command-line.ts';
import type { TestDatabase } from './server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface PackOptions {
  /** Variables in place of those of the project file. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /** Further files: staging models of an invented platform, for instance. */
  readonly files?: Readonly<Record<string, string>>;
  /** Added to the project file. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
  /** Variables of the environment; what is changed here counts for the next command. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A copy of the model pack whose target is a database of a test server, and the command line inside it. `using`
 * removes it.
 */
export function packProject(database: TestDatabase, options: PackOptions = {}) {
  const { vars = {}, files = {}, settings = {}, clock, environment = {} } = options;
  const { host, port, user, password } = database.target;
  const project = parse(readFileSync(join(ROOT, 'cortex_project.yml'), 'utf8')) as PackFile;
  project.target = 'test';
  project.targets = {
    test: {
      type: 'mysql',
      host,
      port,
      user,
      password: '${TEST_PASSWORD:-}',
      database: database.name,
      threads: 4,
    },
  };
  project.vars = { ...project.vars, ...vars };
  const directory = mkdtempSync(join(tmpdir(), 'cortex-pack-'));
  for (const folder of ['models', 'seeds', 'sources', 'macros', 'tests/data']) {
    cpSync(join(ROOT, folder), join(directory, folder), { recursive: true });
  }
  const written = { 'cortex_project.yml': stringify({ ...project, ...settings }), ...files };
  for (const [name, text] of Object.entries(written)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return {
    directory,
    run: (...args: string[]) =>
      cortex(args, {
        directory,
        environment: { TEST_PASSWORD: password, ...environment },
        ...(clock === undefined ? {} : { clock }),
      }),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

interface PackFile {
  target: string;
  targets: Readonly<Record<string, unknown>>;
  vars: Readonly<Record<string, unknown>>;
}
