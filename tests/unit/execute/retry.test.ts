import { expect, it } from 'vitest';
import { withRetries } from '../../../cli/execute/retry.ts';
import type { DatabaseErrorKind } from '../../../cli/warehouse/database-error.ts';
import { DatabaseError } from '../../../cli/warehouse/database-error.ts';

async function attempt(kinds: readonly DatabaseErrorKind[], isRepeatable = true) {
  const left = [...kinds];
  const reasons: string[] = [];
  let undone = 0;
  const work = async () => {
    const kind = left.shift();
    if (kind === undefined) return 'done';
    throw new DatabaseError(kind, { kind, errno: 0, sqlState: '', symbol: '', sql: '' });
  };
  const answer = await withRetries(work, {
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => undefined },
    signal: new AbortController().signal,
    isRepeatable,
    undo: async () => void (undone += 1),
    onWait: (reason) => reasons.push(reason),
  }).catch((error: unknown) => (error instanceof Error ? error.message : error));
  return { answer, undone, reasons };
}

it('begins anew after errors that pass, undoing each attempt', async () => {
  expect(await attempt(['deadlock', 'connection_lost'])).toEqual({
    answer: 'done',
    undone: 2,
    reasons: [
      'the server ended it to resolve a deadlock; trying again (2 of 3)',
      'the connection was lost; trying again (3 of 3)',
    ],
  });
});

it('gives up after three attempts', async () => {
  const kinds = ['lock_timeout', 'lock_timeout', 'lock_timeout'] as const;
  expect(await attempt(kinds)).toMatchObject({ answer: 'lock_timeout', undone: 3 });
});

it('never repeats a refused statement, or work that must not be done twice', async () => {
  expect(await attempt(['statement'])).toMatchObject({ answer: 'statement', undone: 1 });
  expect(await attempt(['deadlock'], false)).toMatchObject({ answer: 'deadlock', undone: 1 });
});
