import { expect, test } from 'vitest';
import { wrapped } from '../../../cli/commands/wrap-text.ts';

test('lines are broken at blanks, and a longer word stays whole', () => {
  expect(wrapped('one two three\nlonger-than-that', 8)).toBe('one two\nthree\nlonger-than-that');
});
