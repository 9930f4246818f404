import { plural } from '../../kernel/format.ts';
import { conversionDestinations } from '../../project/conversion-destinations.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import type { DestinationPause } from '../../warehouse/state/conversion-outbox.ts';
import { ConversionOutbox } from '../../warehouse/state/conversion-outbox.ts';
import { overdueConversions } from '../../warehouse/state/outbox-ages.ts';
import { outboxCounts } from '../../warehouse/state/outbox-figures.ts';
import { readConversions } from '../convert/read-conversions.ts';
import type { Patient } from './finding.ts';
import { DAY_MS, momentText } from './finding.ts';

/** What is due for so long was left out by a day's `cortex convert`. */
const STUCK_MS = DAY_MS;

/** Destinations that stopped, and events that wait for nobody or were refused. */
export async function* conversionFindings({ session, database }: Patient): AsyncGenerator<Check> {
  const names = conversionDestinations(session.project).map(({ name }) => name);
  if (names.length === 0) return;
  readConversions(session, []);
  const now = session.world.clock.now();
  const outbox = await ConversionOutbox.open(database.control);
  const pauses = await outbox.pauses();
  const overdue = await overdueConversions(database.control, { before: now - STUCK_MS, now });
  const counts = await outboxCounts(database.control);
  for (const name of names) {
    const pause = pauses.get(name);
    const stuck = overdue.find(({ destination }) => destination === name);
    const refused = counts.filter(
      ({ destination, status, code }) =>
        destination === name && status === 'dead' && code !== 'discarded',
    );
    if (pause !== undefined) yield pausedCheck(name, pause);
    if (stuck !== undefined) {
      yield fail(
        name,
        `${plural(stuck.events, 'event')} wait, the oldest since ${momentText(Date.parse(stuck.oldest))}`,
        `\`cortex convert ${name}\` sends them: look whether a pipeline with \`convert\` runs`,
      );
    }
    if (refused.length > 0) yield refusedCheck(name, refused);
    if (pause === undefined && stuck === undefined && refused.length === 0) {
      yield ok(name, 'nothing is stuck');
    }
  }
}

function pausedCheck(name: string, { state, code, since }: DestinationPause): Check {
  const why = code === undefined ? '' : ` (${code})`;
  const what = state === 'pause_auth' ? 'renew its token' : 'correct its settings';
  return fail(
    name,
    `stopped at ${momentText(since)}${why}: nothing of it was sent since`,
    `${what}, then \`cortex convert ${name}\``,
  );
}

function refusedCheck(
  name: string,
  refused: readonly { readonly code: string | undefined; readonly events: number }[],
): Check {
  const events = refused.reduce((sum, one) => sum + one.events, 0);
  const reasons = refused.map(({ code }) => code ?? 'unknown').join(', ');
  return warn(
    name,
    `${plural(events, 'event')} were given up: ${reasons}`,
    `mend the cause, then \`cortex convert retry ${name}\`; \`cortex convert report ${name}\` shows the days`,
  );
}
