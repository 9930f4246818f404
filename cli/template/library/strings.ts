import { shipped } from './define.ts';

export const position = shipped({
  name: 'position',
  description: 'Where a text begins inside another, counted from 1; 0 when it is not there.',
  arguments: [
    { name: 'needle', type: 'expression', description: 'What is looked for.' },
    { name: 'text', type: 'expression', description: 'Where it is looked for.' },
  ],
  sql: (given) => `locate(${given.sql('needle')}, ${given.sql('text')})`,
});

export const hash = shipped({
  name: 'hash',
  description: 'SHA-256 of a text as 64 lower-case hex digits: the one hash that every server has.',
  arguments: [{ name: 'value', type: 'expression', description: 'A text or any other value.' }],
  sql: (given) => `sha2(cast(${given.sql('value')} as char), 256)`,
});
