import type { Helper } from '../helper.ts';
import { listArgument, refuse, textArgument, wholeNumberArgument } from '../helper.ts';
import { isRecord, ownProperty, textOf } from '../values.ts';

const ANY_NUMBER = Number.POSITIVE_INFINITY;
const LONGEST_RANGE = 100_000;

export const listHelpers: readonly Helper[] = [
  {
    name: 'list',
    usage: '(list "a" "b")',
    fewest: 0,
    most: ANY_NUMBER,
    evaluate: ({ values }) => values,
  },
  {
    name: 'dict',
    usage: '(dict key="value")',
    fewest: 0,
    most: 0,
    named: 'any',
    evaluate: ({ named }) => named,
  },
  {
    name: 'range',
    usage: '(range 0 10)',
    fewest: 1,
    most: 3,
    evaluate(call) {
      const start = call.values.length === 1 ? 0 : wholeNumberArgument(call, 0);
      const end = wholeNumberArgument(call, call.values.length === 1 ? 0 : 1);
      const step = call.values.length === 3 ? wholeNumberArgument(call, 2) : 1;
      const length = step === 0 ? Number.NaN : Math.max(0, Math.ceil((end - start) / step));
      if (!(length <= LONGEST_RANGE))
        throw refuse(
          call,
          `\`range\` gives at most ${LONGEST_RANGE} numbers, by a step other than 0`,
        );
      return Array.from({ length }, (_, index) => start + index * step);
    },
  },
  {
    name: 'length',
    usage: '(length list)',
    fewest: 1,
    most: 1,
    evaluate(call) {
      const [value] = call.values;
      if (typeof value === 'string') return Array.from(value).length;
      return isRecord(value) ? Object.keys(value).length : listArgument(call, 0).length;
    },
  },
  {
    name: 'join',
    usage: '{{join list ", "}}',
    fewest: 1,
    most: 2,
    evaluate(call) {
      const separator = call.values.length === 2 ? textArgument(call, 1) : ', ';
      return listArgument(call, 0)
        .map((item) => textOf(item) ?? notText(call))
        .join(separator);
    },
  },
  {
    name: 'append',
    usage: '(append list value)',
    fewest: 2,
    most: ANY_NUMBER,
    evaluate: (call) => [...listArgument(call, 0), ...call.values.slice(1)],
  },
  {
    name: 'lookup',
    usage: '(lookup object "key")',
    fewest: 2,
    most: 2,
    evaluate({ values: [holder, key] }) {
      return holder ? ownProperty(holder, String(key))?.value : holder;
    },
  },
  {
    name: 'keys',
    usage: '(keys object)',
    fewest: 1,
    most: 1,
    evaluate: (call) => Object.keys(call.values[0] ?? {}),
  },
];

function notText(call: Parameters<Helper['evaluate']>[0]): never {
  throw refuse(call, '`join` takes a list of texts and numbers', 0);
}
