import type { Helper, HelperCall } from '../helper.ts';
import { refuse } from '../helper.ts';
import { describeValue, isTruthy } from '../values.ts';

const ANY_NUMBER = Number.POSITIVE_INFINITY;

type Comparison = (left: number | string, right: number | string) => boolean;

export const logicHelpers: readonly Helper[] = [
  {
    name: 'eq',
    usage: '(eq left right)',
    fewest: 2,
    most: 2,
    evaluate: ({ values }) => (values[0] ?? null) === (values[1] ?? null),
  },
  {
    name: 'ne',
    usage: '(ne left right)',
    fewest: 2,
    most: 2,
    evaluate: ({ values }) => (values[0] ?? null) !== (values[1] ?? null),
  },
  ordering('lt', (left, right) => left < right),
  ordering('lte', (left, right) => left <= right),
  ordering('gt', (left, right) => left > right),
  ordering('gte', (left, right) => left >= right),
  {
    name: 'and',
    usage: '(and first second)',
    fewest: 1,
    most: ANY_NUMBER,
    evaluate: ({ values }) => values.every(isTruthy),
  },
  {
    name: 'or',
    usage: '(or first second)',
    fewest: 1,
    most: ANY_NUMBER,
    evaluate: ({ values }) => values.some(isTruthy),
  },
  {
    name: 'not',
    usage: '(not value)',
    fewest: 1,
    most: 1,
    evaluate: ({ values }) => !isTruthy(values[0]),
  },
  {
    name: 'in',
    usage: '(in value list)',
    fewest: 2,
    most: ANY_NUMBER,
    evaluate({ values: [wanted, ...rest] }) {
      const candidates: readonly unknown[] =
        rest.length === 1 && Array.isArray(rest[0]) ? rest[0] : rest;
      return candidates.includes(wanted);
    },
  },
  {
    name: 'default',
    usage: '(default value fallback)',
    fewest: 2,
    most: 2,
    evaluate: ({ values }) => values[0] ?? values[1],
  },
];

function ordering(name: string, compare: Comparison): Helper {
  return {
    name,
    usage: `(${name} left right)`,
    fewest: 2,
    most: 2,
    evaluate(call) {
      const [left, right] = call.values;
      if (typeof left === 'number' && typeof right === 'number') return compare(left, right);
      if (typeof left === 'string' && typeof right === 'string') return compare(left, right);
      throw notComparable(call);
    },
  };
}

function notComparable(call: HelperCall) {
  const [left, right] = call.values;
  return refuse(
    call,
    `\`${call.helper.name}\` compares two numbers or two texts, not ${describeValue(left)} and ${describeValue(right)}`,
  );
}
