import { statSync } from 'node:fs';
import { relative } from 'node:path';
import type {
  ConfiguredAccount,
  ConfiguredPlatform,
} from '../../../connectors/runner/configured-platform.ts';
import { readCredentials } from '../../../connectors/runner/credentials/credentials-file.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import type { ProjectSession } from '../session.ts';
import { knownPlatforms } from './configured-connector.ts';
import { DAY_MS, momentText } from './finding.ts';

/** A token that ends within this many days is told. */
const WARNED_DAYS = 7;
const OTHERS_MAY_READ = 0o077;

/** Tokens that are kept and end, and who may read them. Nothing of them is shown. */
export async function* tokenFindings(session: ProjectSession): AsyncGenerator<Check> {
  for (const platform of await knownPlatforms(session)) {
    for (const account of platform.accounts) yield* accountFindings(session, platform, account);
  }
}

function* accountFindings(
  session: ProjectSession,
  platform: ConfiguredPlatform,
  { id, credentialsPath: path }: ConfiguredAccount,
): Generator<Check> {
  const kept = readCredentials(path);
  if (kept === undefined) return;
  const { name, http } = platform.definition;
  const title = `${name} ${id}`;
  if ((statSync(path).mode & OTHERS_MAY_READ) !== 0) {
    const file = relative(session.project.directory, path);
    yield fail(title, `others may read \`${file}\``, `chmod 600 ${file}`);
  }
  const days = http.tokens?.refreshDays;
  if (days === undefined || kept.tokens === undefined) return;
  const ends = kept.tokens.expiresAt + days * DAY_MS;
  yield endCheck(title, ends, { now: session.world.clock.now(), platform: name });
}

function endCheck(
  title: string,
  ends: number,
  { now, platform }: { readonly now: number; readonly platform: string },
): Check {
  if (ends <= now) {
    const hint = `connect the account again: \`cortex connect ${platform}\``;
    return fail(title, `the kept refresh token ended at ${momentText(ends)}`, hint);
  }
  return ends - now <= WARNED_DAYS * DAY_MS
    ? warn(
        title,
        `the kept refresh token ends at ${momentText(ends)}`,
        `\`cortex sync ${platform}\` renews it: look whether the daily pipeline runs`,
      )
    : ok(title, `the kept refresh token works until ${momentText(ends)}`);
}
