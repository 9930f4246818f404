import { shipped } from './define.ts';

export const splitPart = shipped({
  name: 'split_part',
  description:
    'One part of a text between delimiters, counted from 1; negative numbers count from the end. A part that is not there is empty; NULL stays NULL.',
  arguments: [
    { name: 'text', type: 'expression', description: 'The text to split.' },
    {
      name: 'delimiter',
      type: 'string',
      description: 'The text between the parts, as it is (it is quoted for you).',
    },
    { name: 'part', type: 'integer', description: '1 is the first part, -1 the last.' },
  ],
  sql(given, { literal }) {
    const part = given.number('part');
    if (part === 0 || given.text('delimiter') === '')
      throw new Error('parts count from 1 or -1, and the delimiter cannot be empty');
    const text = given.sql('text');
    const delimiter = literal(given.text('delimiter'));
    const count = `(char_length(${text}) - char_length(replace(${text}, ${delimiter}, ''))) div char_length(${delimiter}) + 1`;
    const found = `substring_index(substring_index(${text}, ${delimiter}, ${part}), ${delimiter}, ${part > 0 ? -1 : 1})`;
    return `case when ${Math.abs(part)} > ${count} then '' else ${found} end`;
  },
});
