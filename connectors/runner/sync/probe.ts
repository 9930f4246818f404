import type { AccountFacts } from '../../sdk/definition.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import type { OpenAccount } from './open-account.ts';

/** One cheap call that proves the credentials. Throws ReadFailure where it fails. */
export async function probe({ platform, account, http }: OpenAccount): Promise<AccountFacts> {
  const { definition } = platform;
  try {
    return await definition.probe({ http, account: account.settings, accountId: account.id });
  } catch (error) {
    throw readProblem(error, (text) => http.scrub(text));
  }
}

/** A generator or a probe that stumbles over an answer's shape is the platform's change, not a crash. */
export function readProblem(error: unknown, scrub: (text: string) => string): unknown {
  const isMistake = error instanceof TypeError || error instanceof RangeError;
  if (!isMistake && error instanceof Error && error.constructor !== Error) return error;
  const reason = scrub(error instanceof Error ? error.message : String(error));
  return new ReadFailure({ action: 'fatal', kind: 'response', reason }, { cause: error });
}
