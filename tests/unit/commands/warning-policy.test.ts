import { expect, test } from 'vitest';
import { applyWarningPolicy } from '../../../cli/commands/warning-policy.ts';
import { diagnostic } from '../../../cli/kernel/diagnostic.ts';

const warning = diagnostic('CX3011', '`x` does not match any enabled node', {
  severity: 'warning',
});
const severityUnder = (warnError: boolean, warnErrorOptions: Record<string, unknown> = {}) =>
  applyWarningPolicy(warning, { warnError, warnErrorOptions })?.severity;

test('warnings stay warnings unless they are raised', () => {
  expect(severityUnder(false)).toBe('warning');
  expect(severityUnder(true)).toBe('error');
});

test('options raise, keep and silence warnings by code or name', () => {
  expect(severityUnder(false, { error: ['CX3011'] })).toBe('error');
  expect(severityUnder(false, { error: 'all' })).toBe('error');
  expect(severityUnder(false, { error: '*', warn: ['nothing-selected'] })).toBe('warning');
  expect(severityUnder(true, { warn: ['CX3011'] })).toBe('warning');
  expect(severityUnder(true, { silence: ['CX3011'] })).toBeUndefined();
});

test('an error cannot be silenced', () => {
  const error = diagnostic('CX2101', 'no model is named `x`');

  expect(
    applyWarningPolicy(error, { warnError: false, warnErrorOptions: { silence: ['CX2101'] } }),
  ).toBe(error);
});
