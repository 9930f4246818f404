import type { Mark } from '../../../connectors/runner/pii/marks.ts';
import type { Spelling } from '../../../connectors/runner/pii/spellings.ts';
import { spelledIn } from '../../../connectors/runner/pii/spellings.ts';

/** What is looked for in tables and files that nobody declared. */
export interface Needles {
  readonly spellings: readonly Spelling[];
  /** SHA-256 of normal forms, as models keep them. */
  readonly hashes: readonly string[];
}

/** An account's id is no name outside of its platform's tables. */
export function needlesOf(marks: readonly Mark[], spellings: readonly Spelling[]): Needles {
  const hashes = marks
    .filter(({ kind }) => kind !== 'account')
    .map(({ digest }) => digest.slice(digest.indexOf(':') + 1));
  return mergedNeedles([{ spellings, hashes }]);
}

/** All of them, each once. */
export function mergedNeedles(needles: readonly Needles[]): Needles {
  const spellings = needles.flatMap((one) => one.spellings);
  const distinct = new Map(spellings.map((spelling) => [JSON.stringify(spelling), spelling]));
  return {
    spellings: [...distinct.values()],
    hashes: [...new Set(needles.flatMap(({ hashes }) => hashes))],
  };
}

/** Whether a text holds one of them. */
export function holdsNeedle(text: string, { spellings, hashes }: Needles): boolean {
  return spelledIn(text, spellings) || hashes.some((hash) => text.includes(hash));
}
