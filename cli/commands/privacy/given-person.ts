import type { Mark } from '../../../connectors/runner/pii/marks.ts';
import { markOf } from '../../../connectors/runner/pii/marks.ts';
import type { Spelling } from '../../../connectors/runner/pii/spellings.ts';
import { spellingOf } from '../../../connectors/runner/pii/spellings.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { Flags } from '../flags.ts';
import { nobodyNamed } from './messages.ts';

/** What a person is looked for by, as it was given. */
export interface GivenPerson {
  readonly marks: readonly Mark[];
  readonly spellings: readonly Spelling[];
}

const KINDS = ['email', 'phone', 'document'] as const;

/** Reads `--email`, `--phone` and `--document`. Throws CX7901 for nothing, and for what names nobody. */
export function givenPerson(flags: Pick<Flags, (typeof KINDS)[number]>): GivenPerson {
  const marks: Mark[] = [];
  const spellings: Spelling[] = [];
  for (const kind of KINDS) {
    const value = flags[kind];
    if (value === undefined) continue;
    const mark = markOf(kind, value);
    if (mark === undefined) throw new CortexError([nobodyNamed(`--${kind}`)]);
    marks.push(mark);
    const spelling = spellingOf(kind, value);
    if (spelling !== undefined) spellings.push(spelling);
  }
  if (marks.length === 0) throw new CortexError([nobodyNamed()]);
  return { marks, spellings };
}
