import { expect, test } from 'vitest';
import { folderOf, streamsOf } from '../../support/synced-files.ts';

test('a stream lands in a table of its own name in the target’s database', async () => {
  const { value, diagnostics } = await streamsOf(
    `
files:
  streams:
    orders: { path: data/*.csv }
    clicks: { path: clicks.jsonl.gz, table: raw_clicks, database: raw }
`,
    folderOf({}),
  );

  expect(diagnostics).toEqual([]);
  expect(value.map(({ name, relation }) => [name, relation])).toEqual([
    ['orders', { database: 'shop', name: 'orders' }],
    ['clicks', { database: 'raw', name: 'raw_clicks' }],
  ]);
});

test('a project without connectors has no streams', async () => {
  expect(await streamsOf('', folderOf({}))).toEqual({ value: [], diagnostics: [] });
});

test.each([
  {
    about: 'a misspelled key',
    yaml: 'files: { streams: { orders: { pth: a.csv, path: a.csv } } }',
    code: 'CX7013',
    marked: 'pth',
    hint: 'did you mean `path`?',
  },
  {
    about: 'a format that is not read',
    yaml: 'files: { streams: { orders: { path: a.xml, format: xml } } }',
    code: 'CX7013',
    marked: 'xml',
  },
  {
    about: 'an unknown connector',
    yaml: 'fils: { streams: {} }',
    code: 'CX7014',
    marked: 'fils',
    hint: 'did you mean `files`?',
  },
  {
    about: 'a long delimiter',
    yaml: 'files: { streams: { orders: { path: a.csv, delimiter: "||" } } }',
    code: 'CX7010',
    marked: 'delimiter',
  },
  {
    about: 'an unknown encoding',
    yaml: 'files: { streams: { orders: { path: a.csv, encoding: latin-99 } } }',
    code: 'CX7010',
    marked: 'encoding',
  },
  {
    about: 'a date format without a year',
    yaml: 'files: { streams: { orders: { path: a.csv, columns: { day: { type: date, date_format: DD/MM } } } } }',
    code: 'CX7010',
    marked: 'columns',
  },
  {
    about: 'a headless file without columns',
    yaml: 'files: { streams: { orders: { path: a.csv, header: false } } }',
    code: 'CX7010',
    marked: 'header',
  },
])('$about is shown where it stands', async ({ yaml, code, marked, hint }) => {
  const { diagnostics } = await streamsOf(yaml, folderOf({}));

  const [found] = diagnostics;
  const span = found?.labels[0]?.span;
  expect(found?.code).toBe(code);
  expect(yaml.slice(span?.start, span?.end)).toBe(marked);
  expect(found?.hint ?? '').toContain(hint ?? '');
});
