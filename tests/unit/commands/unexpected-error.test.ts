import { expect, test } from 'vitest';
import { unexpectedError } from '../../../cli/commands/unexpected-error.ts';

test('a bug is shown with its stack and a request to report it', () => {
  const { code, message, notes, hint } = unexpectedError(new TypeError('x is not a function'));

  expect({ code, message, hint }).toEqual({
    code: 'CX9001',
    message: 'x is not a function',
    hint: 'this is a bug of Cortex; report it with the lines above and what you did',
  });
  expect(notes[0]).toMatch(/^at .*unexpected-error\.test\.ts/);
});

test('a full disk is no bug', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
  });

  expect(unexpectedError(error)).toMatchObject({
    code: 'CX1019',
    message: 'the system has no room left for a file below the project',
    notes: ['system: ENOSPC: no space left on device, write'],
    hint: 'make room on the disk, then run again',
  });
});
