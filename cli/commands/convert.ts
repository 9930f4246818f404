import { CortexError } from '../kernel/errors.ts';
import { openWatchedDatabase, watchedWithoutNodes } from './alerts/watched.ts';
import type { CommandBody } from './invocation.ts';
import { openDatabase } from './open-database.ts';
import { withProject } from './session.ts';
import { missingArgument } from './messages.ts';

const ACTIONS = ['status', 'report', 'retry', 'discard'] as const;
type Action = (typeof ACTIONS)[number];

/**
 * `cortex convert [destination…]` sends what is due; `status`, `report`, `retry` and `discard` before the
 * destinations look at the outbox, or change what waits in it.
 */
export const convert: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const [word = '', ...rest] = invocation.arguments;
    const action = ACTIONS.find((known) => known === word);
    const destinations = action === undefined ? invocation.arguments : rest;
    const { destinationNames, readConversions } = await import('./convert/read-conversions.ts');
    if (action === undefined) {
      const conversions = readConversions(session, destinations);
      const alerts = await watchedWithoutNodes(session);
      await using database = await openWatchedDatabase(session, alerts);
      const { sendConversions } = await import('./convert/send-conversions.ts');
      return await sendConversions(session, database, conversions, alerts);
    }
    if (action === 'discard' && destinations.length === 0) {
      throw new CortexError([missingArgument('destination', 'convert discard')]);
    }
    const names = destinationNames(session, destinations);
    await using database = await openDatabase(session);
    const act = await outboxAction(action);
    return await act(session, database, names);
  });

async function outboxAction(action: Action) {
  const outbox = await import('./convert/outbox-actions.ts');
  switch (action) {
    case 'status':
      return outbox.showStatus;
    case 'report':
      return outbox.showReport;
    case 'retry':
      return outbox.retryDead;
    case 'discard':
      return outbox.discard;
  }
}
