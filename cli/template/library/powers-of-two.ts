import { shipped } from './define.ts';

export const powersOfTwo = shipped({
  name: 'powers_of_two',
  description: 'How many doublings of 1 are needed to reach a number; known while rendering.',
  arguments: [{ name: 'upper', type: 'integer', description: 'The number to reach, at least 1.' }],
  sql: (given) => String(Math.ceil(Math.log2(given.number('upper')))),
});
