import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { Plan } from '../../plan/plan.ts';
import { clientClaims } from '../../project/clients/shared-databases.ts';
import type { Project } from '../../project/project.ts';
import { relationOutsideClient } from '../messages.ts';

/** Kinds that are written to the database. */
const WRITTEN: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'test']);

/**
 * What of a plan would be written outside the databases of the project's client: elsewhere than in the target's
 * database and those beginning with its name, or where another client writes.
 */
export async function outsideClient(project: Project, plan: Plan): Promise<readonly Diagnostic[]> {
  const own = project.target.database.toLowerCase();
  const nodes = plan.steps
    .flatMap(({ node, tests }) => [node, ...tests.map(({ test }) => test)])
    .filter(({ resourceType }) => WRITTEN.has(resourceType));
  const written = nodes.flatMap((node) =>
    'relation' in node ? [{ node, database: node.relation.database.toLowerCase() }] : [],
  );
  const suffixes = written
    .filter(({ database }) => database.startsWith(`${own}_`))
    .map(({ database }) => database.slice(own.length));
  const claims = await clientClaims({
    directory: project.directory,
    targetName: project.target.name,
    environment: project.environment,
  });
  const others = new Map(
    claims
      .filter(({ code }) => code !== project.clientCode)
      .flatMap(({ code, databases }) =>
        databases.flatMap((name) =>
          ['', ...suffixes].map((suffix) => [`${name}${suffix}`, code] as const),
        ),
      ),
  );
  return written.flatMap(({ node, database }) => {
    const isOwn = database === own || database.startsWith(`${own}_`);
    const other = database === own ? undefined : others.get(database);
    return isOwn && other === undefined ? [] : [relationOutsideClient(node, database, other)];
  });
}
