import { CortexError } from '../kernel/errors.ts';
import { unknownArgumentValue } from './messages.ts';
import { CHECKLIST } from './onboarding/checklist.ts';
import { itemIsSeen } from './onboarding/messages.ts';
import { showChecklist } from './onboarding/show-checklist.ts';
import { tick, untick } from '../project/onboarding-ticks.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

const ACTIONS = ['done', 'undo'] as const;

/**
 * `cortex onboarding`: the checklist of a client, by what can be seen of its real state and what people have ticked;
 * `done` and `undo` before items tick them, or take the ticks back.
 */
export const onboarding: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const [word, ...items] = invocation.arguments;
    if (word !== undefined) {
      const action = ACTIONS.find((known) => known === word);
      if (action === undefined) {
        throw new CortexError([unknownArgumentValue('action', word, ACTIONS)]);
      }
      changeTicks(session, action, items);
    }
    return checklistOf(session, { isConnected: session.flags.connect });
  });

/** Prints the checklist. Without a connection nothing is asked: neither the database nor a platform. */
export async function checklistOf(
  session: ProjectSession,
  options: { readonly isConnected: boolean },
): Promise<number> {
  const { lookAtItems } = await import('./onboarding/look-at-items.ts');
  showChecklist(session, await lookAtItems(session, options));
  return EXIT.good;
}

function changeTicks(
  session: ProjectSession,
  action: (typeof ACTIONS)[number],
  items: readonly string[],
): void {
  const names = CHECKLIST.map(({ id }) => id);
  for (const id of items) {
    const item = CHECKLIST.find((one) => one.id === id);
    if (item === undefined) throw new CortexError([unknownArgumentValue('item', id, names)]);
    if (item.byHand === undefined) throw new CortexError([itemIsSeen(id)]);
  }
  const now = session.world.clock.now();
  for (const id of items) {
    if (action === 'done') tick(session.project, id, now);
    else untick(session.project, id);
  }
}
