import type { ServerTarget } from '../manifest/target.ts';
import { clientCodes } from '../project/clients/client-files.ts';
import type { Database } from '../warehouse/database.ts';
import type { ProjectSession } from './session.ts';

/** Connects to the project's target; a private server is started when it does not run. */
export async function openDatabase(session: ProjectSession): Promise<Database> {
  const { connectTarget } = await import('../warehouse/connect.ts');
  const database = await connectTarget(await serverTarget(session), { runId: session.runId });
  try {
    await keepToClient(session, database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Commands that only read leave no mark in a database. */
const READERS: ReadonlySet<string> = new Set(['compile', 'show', 'ls', 'doctor', 'onboarding']);

/** Refuses the database of another client; a command that writes claims a database that nobody has. */
async function keepToClient(session: ProjectSession, database: Database): Promise<void> {
  const { clientCode, directory } = session.project;
  if (clientCode === undefined && clientCodes(directory).length === 0) return;
  const { checkClientMark, claimForClient } = await import('../warehouse/client-mark.ts');
  await (clientCode === undefined || READERS.has(session.command)
    ? checkClientMark(database, clientCode ?? '')
    : claimForClient(database, clientCode));
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
