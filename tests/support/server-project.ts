import { cortex, createDirectory } from './command-line.ts';
import type { TestDatabase } from './server.ts';

/** A project whose target is a database of a test server, and the command line inside it. */
export function serverProject(database: TestDatabase, files: Readonly<Record<string, string>>) {
  const { host, port, user, password } = database.target;
  const target = {
    type: 'mysql',
    host,
    port,
    user,
    password: '${TEST_PASSWORD:-}',
    database: database.name,
  };
  const project = `name: shop\ntargets: { test: ${JSON.stringify(target)} }\n`;
  const directory = createDirectory({
    ...files,
    'cortex_project.yml': `${project}${files['cortex_project.yml'] ?? ''}`,
  });
  const environment = { TEST_PASSWORD: password };
  return {
    directory,
    run: (...args: string[]) => cortex(args, { directory: directory.path, environment }),
  };
}
