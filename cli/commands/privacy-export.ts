import type { CommandBody } from './invocation.ts';
import { openDatabase } from './open-database.ts';
import { withProject } from './session.ts';

/** `cortex privacy export`: all that is known of one person, into files that their owner alone can read. */
export const privacyExport: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { givenPerson } = await import('./privacy/given-person.ts');
    const given = givenPerson(session.flags);
    const { readSecret } = await import('./privacy/secret.ts');
    await using database = await openDatabase(session);
    const { exportPerson } = await import('./privacy/export-person.ts');
    return await exportPerson(session, database, { given, secret: readSecret(session) });
  });
