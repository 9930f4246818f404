import { expect, test } from 'vitest';
import { sha256 } from '../../../../../cli/kernel/hash.ts';
import type { FlatRecord } from '../../../../../connectors/runner/flatten/flatten-record.ts';
import { flattenRecord } from '../../../../../connectors/runner/flatten/flatten-record.ts';
import { JsonWriter } from '../../../../../connectors/runner/flatten/json-writer.ts';
import { landedStream } from '../../../../../connectors/runner/flatten/landed-stream.ts';
import type { PiiMode } from '../../../../../connectors/runner/pii/treatment.ts';
import { date } from '../../../../../connectors/sdk/columns/dates.ts';
import { instant } from '../../../../../connectors/sdk/columns/instants.ts';
import { bigint, decimal } from '../../../../../connectors/sdk/columns/numbers.ts';
import { text } from '../../../../../connectors/sdk/columns/text.ts';
import type { Stream } from '../../../../../connectors/sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../../../../connectors/sdk/json.ts';
import { ancestor, computed, parent } from '../../../../../connectors/sdk/value-source.ts';

const products: Stream = {
  name: 'products',
  description: 'Products',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id'),
    price: decimal('price', 'Price'),
    updated_at: instant('updated_at', 'Changed'),
    owner_email: text('owner.email', 'E-mail', { length: 40 }),
    owner_birth: date('owner.birth', 'Birth date'),
    label: text(
      computed(({ id, price }) => `${Number(id)}/${String(price as string)}`),
      'Made up',
    ),
  },
  children: [
    {
      name: 'product_variants',
      description: 'Variants',
      path: 'variants',
      parentKey: ['product_id'],
      key: ['id'],
      columns: { id: bigint('id', 'Variant') },
    },
    {
      name: 'product_levels',
      description: 'Stock',
      path: 'variants[].levels',
      parentKey: ['product_id'],
      key: 'position',
      columns: {
        variant_id: bigint(ancestor('id'), 'Variant'),
        stock: bigint('stock', 'Stock'),
        keeper: text('keeper', 'Who counted'),
      },
    },
    {
      name: 'product_tags',
      description: 'Tags',
      path: 'tags',
      parentKey: ['product_id'],
      key: 'position',
      columns: { tag: text('value', 'Tag'), price: decimal(parent('price'), 'Price') },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  isDeleted: ({ status }) => status === 'gone',
  pii: [
    { path: 'owner.email', kind: 'email' },
    { path: 'owner.birth', kind: 'birth_date' },
    { path: 'variants[].levels[].keeper', kind: 'name' },
  ],
  pageSize: 10,
  async *read() {},
};

const record: JsonRecord = {
  price: '12.50',
  id: 7,
  status: 'gone',
  updated_at: '2026-10-01T02:40:00+0000',
  owner: { email: ' Ana@Example.com ', birth: '1990-01-02' },
  variants: [
    { id: '9007199254740993', levels: [{ stock: 1, keeper: 'Ana' }, { stock: 'many' }] },
    { id: 2, levels: [{ stock: 3 }] },
  ],
  tags: ['a', 'b'],
};

function flatten(from: JsonRecord, mode: PiiMode = 'keep', stream = products): FlatRecord {
  const landed = landedStream(stream, mode);
  const json = new JsonWriter();
  return flattenRecord(from, { stream, landed, place: { timeZone: 'UTC' }, json });
}

function rowsOf(from: JsonRecord, mode: PiiMode = 'keep') {
  const flat = flatten(from, mode);
  if (flat.kind === 'rejected') throw new Error(flat.rejected.problem);
  return flat.record;
}

function textOf(json: Uint8Array | undefined): string {
  return Buffer.from(json ?? []).toString('utf8');
}

/** All that lands of a record, as one text. */
function textsOf(from: JsonRecord, mode: PiiMode): string {
  const { values, json, children } = rowsOf(from, mode);
  const rows = children.flat().map((row) => [row.values, textOf(row.json)]);
  return JSON.stringify([values, textOf(json), rows]);
}

test('a record becomes a row, with its version and its deletion', () => {
  const { values, version, isDeleted } = rowsOf(record);

  expect(values).toEqual([
    '7',
    '12.50',
    '2026-10-01 02:40:00.000000',
    ' Ana@Example.com ',
    '1990-01-02',
    '7/12.50',
  ]);
  expect(version).toBe('2026-10-01 02:40:00.000000');
  expect(isDeleted).toBe(true);
});

test('children have rows of their own, through lists in lists and for plain values', () => {
  const [variants, levels, tags] = rowsOf(record).children;

  expect(variants?.map(({ values }) => values)).toEqual([
    ['7', '9007199254740993'],
    ['7', '2'],
  ]);
  expect(levels?.map(({ position, values }) => [position, ...values])).toEqual([
    [0, '7', '9007199254740993', '1', 'Ana'],
    [1, '7', '9007199254740993', null, null],
    [2, '7', '2', '3', null],
  ]);
  expect(tags?.map(({ values }) => values)).toEqual([
    ['7', 'a', '12.50'],
    ['7', 'b', '12.50'],
  ]);
});

test('the key of a child begins with the parent’s', () => {
  const { children } = landedStream(products, 'keep');

  expect(children.map(({ key }) => key)).toEqual([
    ['product_id', 'id'],
    ['product_id', '_position'],
    ['product_id', '_position'],
  ]);
});

test('a value that does not fit is NULL and an issue without the value', () => {
  const { misfits } = rowsOf(record);

  expect(misfits).toEqual([
    {
      column: 'stock',
      path: 'stock',
      problem: 'text where a number is expected',
      valueHash: sha256('"many"'),
    },
  ]);
});

test('the hash does not depend on the order of keys', () => {
  const other = Object.fromEntries(Object.entries(record).toReversed());

  expect(rowsOf(other).hash).toBe(rowsOf(record).hash);
  expect(rowsOf({ ...record, price: '12.51' }).hash).not.toBe(rowsOf(record).hash);
});

test('a record without its key is rejected', () => {
  expect(flatten({ ...record, id: null })).toMatchObject({
    rejected: { problem: 'its key `id` is missing' },
  });
  expect(flatten({ ...record, id: 'x' })).toMatchObject({
    rejected: { problem: 'its key `id` is text where a number is expected' },
  });
});

test('of two items with one key the last is kept, which is an issue', () => {
  const variants = [{ id: 1, name: 'old' }, { id: 1, name: 'new' }, { name: 'no id' }];

  const { children, misfits } = rowsOf({ ...record, variants });

  expect(children[0]?.map(({ json }) => textOf(json))).toEqual(['{"id":1,"name":"new"}']);
  expect(misfits.map(({ problem }) => problem)).toEqual([
    'two items with one key in `product_variants`',
    'an item without its key in `product_variants`',
  ]);
});

test('a map where a list is expected is its only item, and PHP’s empty ones are none', () => {
  expect(rowsOf({ ...record, variants: { id: 5 } }).children[0]).toHaveLength(1);
  expect(rowsOf({ ...record, variants: {} }).children[0]).toHaveLength(0);
  expect(rowsOf({ ...record, variants: '0' }).children[0]).toHaveLength(0);
});

test('a map that numbers its items is a list', () => {
  const variants = { 0: { id: 5 }, 2: { id: 6 } };

  expect(rowsOf({ ...record, variants }).children[0]?.map(({ values }) => values[1])).toEqual([
    '5',
    '6',
  ]);
});

test('values of a map by names are items that have their name', () => {
  const child = {
    name: 'product_names',
    description: 'Names',
    path: 'names{}',
    parentKey: ['product_id'],
    key: ['language'],
    columns: { language: text('key', 'Language'), name: text('name', 'Name') },
  };
  const itemsOf = (names: JsonValue) => {
    const stream = { ...products, children: [child] };
    const flat = flatten({ ...record, names }, 'keep', stream);
    if (flat.kind === 'rejected') throw new Error(flat.rejected.problem);
    const { children, misfits } = flat.record;
    return {
      items: children[0]?.map(({ values }) => values.slice(1)),
      problems: misfits.map(({ problem }) => problem),
    };
  };

  expect(itemsOf({ pt: { name: 'Vestido' }, es: { name: 'Falda' } }).items).toEqual([
    ['pt', 'Vestido'],
    ['es', 'Falda'],
  ]);
  expect(itemsOf([]).items).toEqual([]);
  expect(itemsOf([{ name: 'Vestido' }])).toEqual({
    items: [],
    problems: ['`names` is a list where a map is expected'],
  });
});

test('what stands where a list or a map is expected is an issue of what it was', () => {
  const { values, children, misfits } = rowsOf({
    ...record,
    owner: 'Ana',
    variants: 'two',
    tags: 7,
  });

  expect(values.slice(3, 5)).toEqual([null, null]);
  expect(children.flat()).toEqual([]);
  expect(misfits.map(({ column, problem }) => [column, problem])).toEqual([
    ['owner_email', '`owner` is text where a map is expected'],
    ['owner_birth', '`owner` is text where a map is expected'],
    ['product_variants', '`variants` is text where a list is expected'],
    ['product_levels', '`variants` is text where a list is expected'],
    ['product_tags', '`tags` is a number where a list is expected'],
  ]);
});

test('text in place of a map with personal data is treated like it', () => {
  const moved = { ...record, owner: 'Ana, ana@example.com', variants: [{ id: 1, levels: 'Ana' }] };

  expect(textsOf(moved, 'hash')).not.toContain('Ana');
  expect(textsOf(moved, 'drop')).not.toContain('Ana');
  expect(textOf(rowsOf({ ...record, owner: '0' }, 'hash').json)).toContain('"owner":"0"');
});

test('hashed data is hashed in the columns, the children and the JSON', () => {
  const { values, json, children, misfits } = rowsOf(record, 'hash');
  const email = sha256('ana@example.com');

  expect(values[3]).toBe(email);
  expect(values[4]).toBeNull();
  expect(JSON.parse(textOf(json))).toMatchObject({ owner: { email, birth: sha256('1990-01-02') } });
  expect(children[1]?.[0]?.values.at(-1)).toBe(sha256('ana'));
  expect(textsOf(record, 'hash')).not.toMatch(/Ana|1990/);
  expect(misfits.map(({ column }) => column)).toEqual(['stock']);
});

test('a column too short for a hash is made longer', () => {
  const { columns } = landedStream(products, 'hash').table;

  expect(columns.find(({ name }) => name === 'owner_email')?.type).toBe('varchar(64)');
});

test('dropped data is nowhere', () => {
  const { values } = rowsOf(record, 'drop');

  expect(values.slice(3, 5)).toEqual([null, null]);
  expect(textsOf(record, 'drop')).not.toMatch(/Ana|1990/);
});

test('a key is hashed where it would be dropped, since records could not be told apart', () => {
  const stream: Stream = {
    ...products,
    key: ['email'],
    columns: { email: text('owner.email', 'E-mail') },
    children: [],
  };
  const { versionBy: _version, ...unversioned } = stream;
  const landed = landedStream(unversioned, 'drop');

  expect(
    flattenRecord(record, {
      stream: unversioned,
      landed,
      place: { timeZone: 'UTC' },
      json: new JsonWriter(),
    }),
  ).toMatchObject({ record: { values: [sha256('ana@example.com')] } });
});

test('a key named like the prototype is data', () => {
  const { json } = rowsOf(JSON.parse('{"id":1,"__proto__":{"id":2}}') as JsonRecord);

  expect(textOf(json)).toBe('{"__proto__":{"id":2},"id":1}');
});
