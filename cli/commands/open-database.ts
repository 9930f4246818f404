import type { ServerTarget } from '../manifest/target.ts';
import type { Database } from '../warehouse/database.ts';
import type { ProjectSession } from './session.ts';

/** Connects to the project's target; a private server is started when it does not run. */
export async function openDatabase(session: ProjectSession): Promise<Database> {
  const { connectTarget } = await import('../warehouse/connect.ts');
  return connectTarget(await serverTarget(session), { runId: session.runId });
}

/** The target with an address: that of the private server for a target of type `local`. */
export async function serverTarget(session: ProjectSession): Promise<ServerTarget> {
  const { project, flags, world } = session;
  const target = { ...project.target, threads: flags.threads ?? project.target.threads };
  if (target.type === 'mysql') return target;
  const { ensureServer, localServerTarget } = await import('../server/server.ts');
  const server = await ensureServer(project.directory, {
    clock: world.clock,
    environment: project.environment,
    onStart: ({ isFirst, label }) => {
      session.note(`${isFirst ? 'Making' : 'Starting'} the private server: ${label}`);
    },
  });
  return localServerTarget(target, server);
}
