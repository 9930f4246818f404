import { describe, expect, test } from 'vitest';
import { globMatcher, pathMatcher } from '../../../cli/graph/glob.ts';

describe('a pattern over a text', () => {
  test.each([
    ['*', 'anything.at/all', true],
    ['stg_*', 'stg_orders', true],
    ['stg_*', 'my_stg_orders', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[ab]x', 'bx', true],
    ['[!ab]x', 'bx', false],
    ['[!ab]x', 'cx', true],
    ['[a-c]x', 'bx', true],
    ['[c-a]x', 'bx', false],
    ['[a-]x', '-x', true],
    ['[]]x', ']x', true],
    ['[^a]x', '^x', true],
    ['[a', '[a', true],
    ['a.c*', 'abc', false],
    ['a+(b)*', 'a+(b)', true],
    ['Orders*', 'orders', false],
    ['é?', 'é😀', true],
    ['*\n', 'a\n', true],
  ])('`%s` on `%s`: %s', (pattern, text, expected) => {
    expect(globMatcher(pattern)(text)).toBe(expected);
  });
});

describe('a pattern over a path', () => {
  test.each([
    ['models/*', 'models/a.sql', true],
    ['models/*', 'models/a/b.sql', false],
    ['models/**', 'models/a/b', true],
    ['models/**/b.sql', 'models/b.sql', true],
    ['models/**/b.sql', 'models/x/y/b.sql', true],
    ['**/b.sql', 'models/b.sql', true],
    ['./models/', 'models', true],
    ['models/**/**/c', 'models/a/c', true],
    ['.', '', true],
    ['', '', false],
    ['/models', 'models', false],
    ['mod*/a?.sql', 'models/ab.sql', true],
  ])('`%s` on `%s`: %s', (pattern, path, expected) => {
    expect(pathMatcher(pattern)(path)).toBe(expected);
  });
});
