import { shipped } from './define.ts';

export const safeDivide = shipped({
  name: 'safe_divide',
  description: 'A quotient that is NULL when the denominator is zero or NULL.',
  arguments: [
    { name: 'numerator', type: 'expression', description: 'What is divided.' },
    { name: 'denominator', type: 'expression', description: 'What it is divided by.' },
  ],
  sql: (given) => `((${given.sql('numerator')}) / nullif(${given.sql('denominator')}, 0))`,
});
