import { CortexError } from '../kernel/errors.ts';
import { formatDuration } from '../kernel/format.ts';
import { readText } from '../platform/fs.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { targetIsNotLocal } from './messages.ts';
import { serverTarget } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject, withSession } from './session.ts';

/** `cortex server start|stop|status|logs|install`: the private server of the project. */
export const server: CommandBody = async (invocation) => {
  const [action = 'status'] = invocation.arguments;
  if (action === 'install') return install(invocation);
  return withProject(invocation, async (session) => {
    const { target } = session.project;
    if (target.type !== 'local') throw new CortexError([targetIsNotLocal(target.name)]);
    await ACTIONS[action]?.(session);
    return EXIT.good;
  });
};

const ACTIONS: Readonly<Record<string, (session: ProjectSession) => Promise<void>>> = {
  start,
  stop,
  status,
  logs,
};

async function start(session: ProjectSession): Promise<void> {
  const { clock } = session.world;
  const begin = clock.monotonic();
  const { port } = await serverTarget(session);
  const seconds = formatDuration(clock.monotonic() - begin).trim();
  session.note(`the private server answers on 127.0.0.1:${port} (${seconds})`);
}

async function stop(session: ProjectSession): Promise<void> {
  const { stopServer } = await import('../server/server.ts');
  const hasStopped = await stopServer(session.project.directory, session.world.clock);
  session.note(
    hasStopped ? 'the private server has stopped; its data stays' : 'no private server was running',
  );
}

async function status(session: ProjectSession): Promise<void> {
  const { serverStatus } = await import('../server/server.ts');
  const found = serverStatus(session.project.directory);
  if (session.flags.json) session.print(JSON.stringify(found));
  else
    session.print(
      Object.entries(found)
        .map(([key, value]) => `${key.padEnd(7)} ${value}`)
        .join('\n'),
    );
}

async function logs(session: ProjectSession): Promise<void> {
  const { serverLogPath } = await import('../server/server.ts');
  const text = readText(serverLogPath(session.project.directory)) ?? '';
  if (text === '') {
    session.note('the private server has written no log');
    return;
  }
  const lines = text.trimEnd().split('\n');
  session.print(lines.slice(-Math.max(1, session.flags.lines)).join('\n'));
}

/** Needs no project: it makes a server program available to all of them. */
async function install(invocation: Parameters<CommandBody>[0]): Promise<number> {
  return withSession(invocation, async (session) => {
    const { installServer } = await import('../server/install-server.ts');
    const { environment } = session.world;
    const program = await installServer({
      environment,
      onCommand: (command) => session.note(`$ ${command}`),
    });
    session.note(`the database server is ${program}`);
    return EXIT.good;
  });
}
