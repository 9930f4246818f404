import type { CommandBody, Invocation } from './invocation.ts';

import { CancelledError, CortexError } from '../kernel/errors.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/**
 * `cortex privacy erase`: takes a person out of raw tables, what is built from them, the outbox, state and files,
 * and remembers by keyed digests whose data must not come back. Called again, it goes on where it stopped.
 */
export const privacyErase: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { givenPerson } = await import('./privacy/given-person.ts');
    const given = givenPerson(session.flags);
    const { readOrMakeSecret, readSecret } = await import('./privacy/secret.ts');
    const { dryRun } = session.flags;
    await using database = await openDatabase(session);
    const { erasePerson, showErasure } = await import('./privacy/erase-person.ts');
    if (dryRun) return await showErasure(session, database, { given, secret: readSecret(session) });
    await confirm(session, invocation);
    const secret = readOrMakeSecret(session);
    return await erasePerson(invocation, session, database, { given, secret });
  });

async function confirm({ flags }: ProjectSession, { world }: Invocation): Promise<void> {
  if (flags.yes) return;
  if (world.ask === undefined) {
    const { notConfirmed } = await import('./privacy/messages.ts');
    throw new CortexError([notConfirmed()]);
  }
  const answer = await world.ask('This cannot be undone. Type `erase` to go on: ', {
    isSecret: false,
  });
  if (answer.trim() !== 'erase') throw new CancelledError('not confirmed');
}
