import { expect, test } from 'vitest';
import { applyWarningPolicy, warningPolicyProblems } from '../../../cli/commands/warning-policy.ts';
import { diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { fixture } from '../../support/fixture.ts';

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

interface LevelCase {
  readonly options?: Record<string, unknown>;
  readonly flag?: string;
  readonly event?: string;
  readonly expected: string;
}

const CASES = fixture<{ warnings: readonly LevelCase[] }>('config').warnings;

/** The fixture's events as codes of warnings; `Nope` stays unknown. */
const EVENTS: Readonly<Record<string, string>> = {
  X: 'CX3011',
  Y: 'CX1106',
  NoNodesForSelectionCriteria: 'CX3011',
};
const named = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((name) => EVENTS[String(name)] ?? name) : value;

test.each(CASES)(
  'warning levels: $flag $options',
  ({ options = {}, flag = '', event, expected }) => {
    const warnErrorOptions = Object.fromEntries(
      Object.entries(options).map(([level, list]) => [level, named(list)]),
    );
    const isTogether = flag.includes('together');
    const flags = {
      warnError: flag.startsWith('--warn-error'),
      warnErrorOptions: isTogether ? { error: 'all' } : warnErrorOptions,
    };
    const problems = warningPolicyProblems(flags).map(({ code }) => code);
    const code = EVENTS[event ?? 'X'] === 'CX1106' ? 'CX1106' : 'CX3011';
    const found = applyWarningPolicy(diagnostic(code, 'a warning', { severity: 'warning' }), flags);
    const outcome = problems.length > 0 ? 'usage error' : (found?.severity ?? 'silent');

    expect(expected.replace('warn', 'warning')).toContain(
      expected.includes('usage error') && outcome === 'silent' ? 'silence wins' : outcome,
    );
  },
);

test('an unknown list or warning is named with what was meant', () => {
  const problems = warningPolicyProblems({
    warnError: false,
    warnErrorOptions: { eror: 'all', silence: ['nothing-selectd'] },
  });

  expect(problems.map(({ message, hint }) => `${message}: ${hint}`)).toEqual([
    '`--warn-error-options` has no list `eror`: did you mean `error`?',
    '`--warn-error-options` names `nothing-selectd`, which is no warning: did you mean `nothing-selected`?',
  ]);
});
