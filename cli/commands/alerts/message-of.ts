import type { ProjectSession } from '../session.ts';
import type { AlertMessage } from './message.ts';

/** A message about the session's run. */
export function messageOf(
  { project, command, runId, world }: ProjectSession,
  kind: AlertMessage['kind'],
  title: string,
  lines: readonly string[],
): AlertMessage {
  const who = project.client.name === '' ? project.name : project.client.name;
  return {
    kind,
    title: `[${who}] ${title}`,
    lines,
    project: project.name,
    client: project.client.code,
    target: project.target.name,
    command,
    run: runId,
    locale: project.client.locale,
    at: new Date(world.clock.now()).toISOString(),
  };
}
