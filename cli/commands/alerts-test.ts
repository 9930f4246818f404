import { CortexError } from '../kernel/errors.ts';
import { messageOf } from './alerts/message-of.ts';
import { readAlerts } from './alerts/read-alerts.ts';
import { NotSent } from './alerts/not-sent.ts';
import { sendMessage } from './alerts/send.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { noAlertChannels } from './messages.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/** `cortex alerts test`: a test message to every channel, and what became of each. */
export const alertsTest: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const channels = Object.entries(readAlerts(session)?.channels ?? {});
    if (channels.length === 0) throw new CortexError([noAlertChannels()]);
    const message = messageOf(session, 'test', 'this is a test of Cortex', ['nothing is wrong']);
    let failures = 0;
    for (const [name, channel] of channels) {
      const problem = await problemOf(async () =>
        sendMessage(channel, message, session.world.signal),
      );
      if (problem !== undefined) failures += 1;
      tell(session, name, problem);
    }
    return failures === 0 ? EXIT.good : EXIT.failed;
  });

/** What went wrong, of the message or beside it. */
async function problemOf(send: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof NotSent) return error.message;
    throw error;
  }
}

function tell(session: ProjectSession, channel: string, problem: string | undefined): void {
  if (session.flags.json) {
    const status = problem === undefined ? 'sent' : 'failed';
    session.print(
      JSON.stringify({ channel, status, ...(problem === undefined ? {} : { problem }) }),
    );
  } else {
    session.print(`${channel}: ${problem ?? 'sent'}`);
  }
}
