import { identifier } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import type { Helper, HelperCall } from '../helper.ts';
import { refuse, textArgument } from '../helper.ts';
import { describeValue, textOf } from '../values.ts';

const ANY_NUMBER = Number.POSITIVE_INFINITY;

export const textHelpers: readonly Helper[] = [
  {
    name: 'identifier',
    usage: '{{identifier "name"}}',
    fewest: 1,
    most: 1,
    evaluate: (call) => eachOf(call, (value) => identifier(nameOf(call, value))),
  },
  {
    name: 'literal',
    usage: '{{literal value}}',
    fewest: 1,
    most: 1,
    evaluate: (call) => eachOf(call, (value) => literal(plainValue(call, value))),
  },
  {
    name: 'concat',
    usage: '(concat "a" "b")',
    fewest: 1,
    most: ANY_NUMBER,
    evaluate: (call) =>
      call.values.map((value, index) => textOf(value) ?? notText(call, index)).join(''),
  },
  {
    name: 'upper',
    usage: '(upper text)',
    fewest: 1,
    most: 1,
    evaluate: (call) => textArgument(call, 0).toUpperCase(),
  },
  {
    name: 'lower',
    usage: '(lower text)',
    fewest: 1,
    most: 1,
    evaluate: (call) => textArgument(call, 0).toLowerCase(),
  },
  {
    name: 'trim',
    usage: '(trim text)',
    fewest: 1,
    most: 1,
    evaluate: (call) => textArgument(call, 0).trim(),
  },
  {
    name: 'replace',
    usage: '(replace text "old" "new")',
    fewest: 3,
    most: 3,
    evaluate: (call) =>
      textArgument(call, 0).replaceAll(textArgument(call, 1), () => textArgument(call, 2)),
  },
  arithmetic('add', (left, right) => left + right),
  arithmetic('subtract', (left, right) => left - right),
  arithmetic('multiply', (left, right) => left * right),
];

/** Quotes one value, or a list of them with commas between. */
function eachOf(call: HelperCall, quote: (value: unknown) => string): string {
  const [value] = call.values;
  return Array.isArray(value) ? value.map(quote).join(', ') : quote(value);
}

function nameOf(call: HelperCall, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  const found = value === '' ? 'empty text' : describeValue(value);
  throw refuse(call, `a name is text, not ${found}`, 0);
}

function plainValue(call: HelperCall, value: unknown): string | number | bigint | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && !Number.isFinite(value))
    throw refuse(call, `\`${value}\` has no SQL literal`, 0);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw refuse(call, `${describeValue(value)} has no SQL literal`, 0);
}

function notText(call: HelperCall, index: number): never {
  throw refuse(
    call,
    `\`${call.helper.name}\` takes texts and numbers, not ${describeValue(call.values[index])}`,
    index,
  );
}

function arithmetic(name: string, compute: (left: number, right: number) => number): Helper {
  return {
    name,
    usage: `(${name} 1 2)`,
    fewest: 2,
    most: 2,
    evaluate(call) {
      const [left, right] = call.values;
      if (typeof left === 'number' && typeof right === 'number') return compute(left, right);
      throw refuse(call, `\`${name}\` takes two numbers`);
    },
  };
}
