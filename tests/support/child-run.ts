import type { SmallProject } from './run-project.ts';
import { runProject } from './run-project.ts';
import type { TestDatabase } from './server.ts';

/** The program of a process that runs a project, to be killed: `tsx child-run.ts '<request as JSON>'`. */
const { name, target, project } = JSON.parse(process.argv[2] ?? '') as {
  name: string;
  target: TestDatabase['target'];
  project: SmallProject;
};
await runProject({ name, target }, project);
