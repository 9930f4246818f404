import { shipped } from './define.ts';
import { digitsFor, numbers } from './numbers.ts';

const MOST = 10_000_000;

export const generateSeries = shipped({
  name: 'generate_series',
  description: 'A query with the whole numbers from 1 to `upper` in the column `generated_number`.',
  arguments: [
    { name: 'upper', type: 'integer', description: 'The last number, at most ten million.' },
  ],
  sql(given) {
    const upper = given.number('upper');
    if (upper > MOST) throw new Error(`at most ${MOST} numbers can be generated`);
    const { from, number } = numbers(digitsFor(upper));
    return `select 1 + ${number} as generated_number\nfrom ${from}\nwhere 1 + ${number} <= ${upper}`;
  },
});
