import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { plural } from '../../kernel/format.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import type { StreamRunRecord, StreamState } from '../../warehouse/state/sync-state.ts';
import { SyncState } from '../../warehouse/state/sync-state.ts';
import { spanText } from '../freshness/measure-source.ts';
import { knownPlatforms } from './configured-connector.ts';
import type { Patient } from './finding.ts';
import { DAY_MS, HOUR_MS } from './finding.ts';

/** A stream that was not read completely for so long: a daily sync was left out. */
const LATE_MS = 36 * HOUR_MS;
/** And for so long: nobody looks. */
const LOST_MS = 3 * DAY_MS;

/** Streams of platforms that are not read, or whose last sync failed. */
export async function* syncFindings({ session, database }: Patient): AsyncGenerator<Check> {
  const platforms = await knownPlatforms(session);
  if (platforms.length === 0) return;
  const state = await SyncState.open(database.control);
  const [states, runs] = [await state.streams(), await state.runs()];
  const now = session.world.clock.now();
  for (const platform of platforms) {
    const { name } = platform.definition;
    const known = {
      states: new Map(
        states.flatMap((one) =>
          one.key.platform === name ? [[keyOf(one.key), one.state] as const] : [],
        ),
      ),
      runs: new Map(
        runs.flatMap((run) =>
          run.platform === name && run.purpose === 'sync' ? [[keyOf(run), run] as const] : [],
        ),
      ),
      now,
    };
    yield* ofPlatform(platform, known);
  }
}

interface Known {
  readonly states: ReadonlyMap<string, StreamState>;
  readonly runs: ReadonlyMap<string, StreamRunRecord>;
  readonly now: number;
}

function* ofPlatform(platform: ConfiguredPlatform, known: Known): Generator<Check> {
  const { definition, accounts, streams } = platform;
  let good = 0;
  for (const { id: accountId } of accounts) {
    for (const { stream } of streams) {
      const place = { platform: definition.name, accountId, stream: stream.name };
      const check = streamCheck(place, known);
      if (check === undefined) good += 1;
      else yield check;
    }
  }
  if (good > 0) yield ok(definition.name, `${plural(good, 'stream')} up to date`);
}

interface StreamPlace {
  readonly platform: string;
  readonly accountId: string;
  readonly stream: string;
}

/** What is wrong with a stream, if anything. */
function streamCheck(place: StreamPlace, { states, runs, now }: Known): Check | undefined {
  const { platform, accountId, stream } = place;
  const title = `${platform}.${stream} of ${accountId}`;
  const command = `\`cortex sync ${platform}.${stream}\``;
  const run = runs.get(keyOf(place));
  const syncedAt = states.get(keyOf(place))?.syncedAt;
  const since =
    syncedAt === undefined
      ? 'never read completely'
      : `last read completely ${spanText(now - Date.parse(syncedAt))} ago`;
  if (run?.status === 'error') {
    return fail(title, `the last sync failed; ${since}`, `${command} says why`);
  }
  const ageMs = syncedAt === undefined ? Infinity : now - Date.parse(syncedAt);
  if (ageMs <= LATE_MS) return undefined;
  const isLost = syncedAt !== undefined && ageMs > LOST_MS;
  const hint = `${command}, and look whether the daily pipeline runs`;
  return isLost ? fail(title, since, hint) : warn(title, since, hint);
}

function keyOf({ accountId, stream }: Pick<StreamPlace, 'accountId' | 'stream'>): string {
  return `${accountId} ${stream}`;
}
