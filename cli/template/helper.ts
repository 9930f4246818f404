import type { Span } from '../kernel/span.ts';
import type { TemplateEnvironment } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { helperArguments } from './messages.ts';
import type { CallExpression } from './syntax.ts';
import { describeValue } from './values.ts';

/** A function that templates can call. */
export interface Helper {
  readonly name: string;
  /** How it is written, for hints. */
  readonly usage: string;
  readonly fewest: number;
  readonly most: number;
  /** Names of arguments it takes; `any` for those that take whatever they are given. */
  readonly named?: readonly string[] | 'any';
  evaluate(call: HelperCall): unknown;
}

/** One call with its evaluated arguments. */
export interface HelperCall {
  readonly helper: Helper;
  readonly values: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
  readonly expression: CallExpression;
  readonly file: string;
  readonly environment: TemplateEnvironment;
}

/** The place of a positional argument, or of the whole call. */
export function callSpan(call: HelperCall, index?: number): Span {
  const { start, end } =
    (index === undefined ? undefined : call.expression.values[index]) ?? call.expression;
  return { file: call.file, start, end };
}

export function refuse(call: HelperCall, problem: string, index?: number): TemplateFault {
  return new TemplateFault(helperArguments(call.helper.usage, problem, callSpan(call, index)));
}

/** A positional argument that must be text. */
export function textArgument(call: HelperCall, index: number): string {
  const value = call.values[index];
  if (typeof value === 'string') return value;
  throw refuse(call, `\`${call.helper.name}\` takes text, not ${describeValue(value)}`, index);
}

/** A positional argument that must be a list. */
export function listArgument(call: HelperCall, index: number): readonly unknown[] {
  const value = call.values[index];
  if (Array.isArray(value)) return value;
  throw refuse(call, `\`${call.helper.name}\` takes a list, not ${describeValue(value)}`, index);
}

/** A positional argument that must be a whole number. */
export function wholeNumberArgument(call: HelperCall, index: number): number {
  const value = call.values[index];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw refuse(
    call,
    `\`${call.helper.name}\` takes a whole number, not ${describeValue(value)}`,
    index,
  );
}

/** Refuses a call whose number or names of arguments do not fit. */
export function checkArguments(
  helper: Helper,
  expression: CallExpression,
  file: string,
): TemplateFault | undefined {
  const count = expression.values.length;
  const span = { file, start: expression.start, end: expression.end };
  if (count < helper.fewest || count > helper.most) {
    return new TemplateFault(
      helperArguments(
        helper.usage,
        `\`${helper.name}\` takes ${arity(helper)}, not ${count}`,
        span,
      ),
    );
  }
  if (helper.named === 'any') return undefined;
  const unknown = expression.named.find(
    (argument) => !(helper.named ?? []).includes(argument.name),
  );
  if (unknown === undefined) return undefined;
  const place = { file, start: unknown.start, end: unknown.end };
  return new TemplateFault(
    helperArguments(helper.usage, `\`${helper.name}\` has no argument \`${unknown.name}\``, place),
  );
}

function arity(helper: Helper): string {
  const { fewest, most } = helper;
  const noun = (count: number) => (count === 1 ? 'argument' : 'arguments');
  if (fewest === most) return fewest === 0 ? 'no arguments' : `${fewest} ${noun(fewest)}`;
  if (most === Number.POSITIVE_INFINITY) return `at least ${fewest} ${noun(fewest)}`;
  return `${fewest} to ${most} arguments`;
}
