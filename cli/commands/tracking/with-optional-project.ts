import { resolve } from 'node:path';
import { findProjectDirectory } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import type { Invocation } from '../invocation.ts';
import { resolveFlags } from '../resolve-flags.ts';
import type { Session } from '../session.ts';
import { withProject, withSession } from '../session.ts';

/** Runs a body inside the project where there is one, and without where there is none. */
export async function withOptionalProject(
  invocation: Invocation,
  body: (session: Session, project: Project | undefined) => Promise<number>,
): Promise<number> {
  const { command, given, world } = invocation;
  const flags = resolveFlags({ keys: command.flags, given, environment: world.environment });
  const start = resolve(world.directory, flags.value.projectDir ?? '.');
  return findProjectDirectory(start) === undefined
    ? withSession(invocation, async (session) => body(session, undefined))
    : withProject(invocation, async (session) => body(session, session.project));
}
