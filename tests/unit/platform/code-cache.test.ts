import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodeCache } from '../../../cli/platform/code-cache.ts';

const SUM = '(function sum(a, b) { return a + b; })';
const PRODUCT = '(function product(a, b) { return a * b; })';
let folder: string;
/** V8 knows what it compiled in this process by its file name, and would not ask for what is kept. */
let count = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-code-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(): CodeCache {
  return new CodeCache(join(folder, 'kept', 'build'));
}

function kept(): string {
  const [name = ''] = readdirSync(join(folder, 'kept'));
  return join(folder, 'kept', name);
}

/** Compiles scripts, calls them and says whether V8 took what was kept of each. */
function use(cache: CodeCache, scripts: Readonly<Record<string, string>>): object {
  const taken = Object.entries(scripts).map(([name, text]) => {
    const script = cache.script(name, text, `${name}-${(count += 1)}.cjs`);
    const call = script.runInThisContext() as (a: number, b: number) => number;
    expect(call(3, 4)).toBe(text === SUM ? 7 : 12);
    return [name, script.cachedDataRejected === false];
  });
  return Object.fromEntries(taken);
}

test('what was compiled once is taken from the file by the next process', () => {
  const first = open();
  expect(use(first, { sum: SUM, product: PRODUCT })).toEqual({ sum: false, product: false });
  first.save();

  expect(use(open(), { sum: SUM, product: PRODUCT })).toEqual({ sum: true, product: true });
});

test('a script that is new is added to those that are kept', () => {
  const first = open();
  use(first, { sum: SUM });
  first.save();
  const second = open();
  expect(use(second, { sum: SUM, product: PRODUCT })).toEqual({ sum: true, product: false });
  second.save();

  expect(use(open(), { sum: SUM, product: PRODUCT })).toEqual({ sum: true, product: true });
});

test('nothing is written where all was known', () => {
  const first = open();
  use(first, { sum: SUM });
  first.save();
  const second = open();
  use(second, { sum: SUM });
  rmSync(join(folder, 'kept'), { recursive: true });

  second.save();

  expect(readdirSync(folder)).toEqual([]);
});

test('a damaged file is not used, and is mended', () => {
  const first = open();
  use(first, { sum: SUM });
  first.save();
  const bytes = readFileSync(kept());
  const at = bytes.length - 40;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(kept(), bytes);

  const second = open();
  expect(use(second, { sum: SUM })).toEqual({ sum: false });
  second.save();

  expect(use(open(), { sum: SUM })).toEqual({ sum: true });
});

test.each([
  ['empty', Buffer.alloc(0)],
  ['no cache at all', Buffer.from('{"sizes": 3}\nabc')],
])('a file that is %s counts as none', (_, bytes) => {
  const first = open();
  use(first, { sum: SUM });
  first.save();
  writeFileSync(kept(), bytes);

  expect(use(open(), { sum: SUM })).toEqual({ sum: false });
});

test('what was compiled of a longer text is refused by V8, and replaced', () => {
  const first = open();
  expect(first.script('script', `${SUM} `, 'a.cjs').runInThisContext()).toBeTypeOf('function');
  first.save();

  const second = open();
  expect(use(second, { script: PRODUCT })).toEqual({ script: false });
  second.save();

  expect(use(open(), { script: PRODUCT })).toEqual({ script: true });
});

test('where nothing can be written the program runs all the same', () => {
  writeFileSync(join(folder, 'kept'), 'a file in the place of the folder');
  const cache = open();
  use(cache, { sum: SUM });

  expect(() => cache.save()).not.toThrow();

  expect(use(open(), { sum: SUM })).toEqual({ sum: false });
});
