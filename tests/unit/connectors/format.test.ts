import { expect, test } from 'vitest';
import { streamOf } from '../../../connectors/files/stream.ts';

test.each([
  ['orders.csv', 'csv'],
  ['orders.csv.gz', 'csv'],
  ['orders.json.csv', 'csv'],
  ['orders', 'csv'],
  ['orders.JSONL', 'jsonl'],
  ['orders.ndjson.gz', 'jsonl'],
  ['*.{jsonl,jsonl.gz}', 'jsonl'],
  ['{a,b}.json', 'jsonl'],
  ['{json,other}/*.csv', 'csv'],
])('the name `%s` says that its rows are %s', (path, format) => {
  const made = streamOf('orders', { path }, 'shop');

  expect('stream' in made && made.stream.format).toBe(format);
});
