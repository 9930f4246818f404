import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { cortex, createDirectory } from './command-line.ts';
import type { TestDatabase } from './server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface PackOptions {
  /** Variables in place of those of the project file. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /** Further files: staging models of an invented platform, for instance. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A copy of the model pack whose target is a database of a test server, and the command line inside it. */
export function packProject(database: TestDatabase, { vars = {}, files = {} }: PackOptions = {}) {
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
  const directory = createDirectory();
  for (const folder of ['models', 'seeds', 'sources', 'macros', 'tests/data']) {
    cpSync(join(ROOT, folder), join(directory.path, folder), { recursive: true });
  }
  directory.write('cortex_project.yml', stringify(project));
  for (const [name, text] of Object.entries(files)) directory.write(name, text);
  const environment = { TEST_PASSWORD: password };
  return {
    directory,
    without: (path: string) => rmSync(join(directory.path, path), { recursive: true }),
    run: (...args: string[]) => cortex(args, { directory: directory.path, environment }),
  };
}

interface PackFile {
  target: string;
  targets: Readonly<Record<string, unknown>>;
  vars: Readonly<Record<string, unknown>>;
}
