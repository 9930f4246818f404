import { addDays, dayOf } from '../../../connectors/runner/plan/calendar.ts';
import { planStream } from '../../../connectors/runner/plan/plan-stream.ts';
import { readPreviousResults } from '../../graph/state/read-artifacts.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import { readText } from '../../platform/fs.ts';
import { SyncState } from '../../warehouse/state/sync-state.ts';
import { knownPlatforms } from '../doctor/configured-connector.ts';
import type { Seen, Sight } from './item.ts';
import { done, open } from './item.ts';

const DAYS = 90;
/** Today and yesterday are read by the next sync. */
const NEWEST_DAYS = 2;

/** Of every stream with a past, the 90 days up to the day before yesterday are read, or all that the platform keeps. */
export async function seeBackfill({ session, database }: Sight): Promise<Seen> {
  const state = await SyncState.open(database.control);
  const now = session.world.clock.now();
  const lacking: string[] = [];
  let streams = 0;
  for (const { definition, accounts, ...platform } of await knownPlatforms(session)) {
    for (const { id: accountId } of accounts) {
      const account = await state.account(definition.name, accountId);
      const timeZone = account?.timeZone ?? session.project.client.timezone;
      const today = dayOf(now, timeZone);
      const order = {
        purpose: 'backfill',
        since: addDays(today, 1 - DAYS),
        until: addDays(today, -NEWEST_DAYS),
        fullRefresh: false,
        wait: false,
      } as const;
      for (const { stream } of platform.streams) {
        if (stream.cursor.kind === 'none') continue;
        streams += 1;
        const key = { platform: definition.name, accountId, stream: stream.name };
        const before = await state.stream(key, definition.version);
        const { startDate } = platform;
        const { windows } = planStream({ stream, before, startDate }, order, { now, timeZone });
        if (windows.length > 0) lacking.push(`${definition.name}.${stream.name}`);
      }
    }
  }
  const [first] = lacking;
  if (streams === 0)
    return open('`connectors:` names no platform', '`connectors:` não tem plataforma');
  if (first === undefined) return done(`${streams} streams`, `${streams} streams`);
  const command = `\`cortex backfill ${first.split('.')[0]} --days ${DAYS}\``;
  return open(
    `days of ${lacking.length} of ${streams} streams are missing, of ${first} first: ${command}`,
    `faltam dias de ${lacking.length} de ${streams} streams, a começar por ${first}: ${command}`,
  );
}

const PASSED: ReadonlySet<string> = new Set(['pass', 'warn']);
const BUILT: ReadonlySet<string> = new Set(['success', 'no-op', ...PASSED]);

/** The last run below the target path: all tests of the project were in it, and nothing of it failed. */
export async function seeTests({ session, manifest }: Sight): Promise<Seen> {
  const results = resultsOf(readText(session.targetFile('run_results.json')));
  const tests = nodesOfType(manifest.nodes, 'test');
  const passed = tests.filter(({ id }) => PASSED.has(results.get(id) ?? '')).length;
  const failed = [...results].find(([, status]) => !BUILT.has(status));
  if (failed !== undefined) {
    const name = failed[0].split('.')[2] ?? failed[0];
    return open(
      `the last run failed, \`${name}\` among others: \`cortex build\``,
      `a última execução falhou, \`${name}\` entre outros: \`cortex build\``,
    );
  }
  return passed === tests.length && results.size > 0
    ? done(`${passed} tests passed`, `${passed} testes passaram`)
    : open(
        `the last run had ${passed} of ${tests.length} tests in it: \`cortex build\``,
        `a última execução teve ${passed} de ${tests.length} testes: \`cortex build\``,
      );
}

/** Statuses by node; none where there is no file, or one that is broken. */
function resultsOf(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  try {
    return new Map(readPreviousResults(JSON.parse(text)).map(({ id, status }) => [id, status]));
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
