import type { CommandBody } from './invocation.ts';
import { openDatabase } from './open-database.ts';
import { withProject } from './session.ts';

/** `cortex privacy retain`: applies the retention rules of raw streams and of the outbox. */
export const privacyRetain: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    await using database = await openDatabase(session);
    const { retain } = await import('./privacy/retain.ts');
    return await retain(session, database);
  });
