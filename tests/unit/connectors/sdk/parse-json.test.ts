import { expect, test } from 'vitest';
import { parseJson } from '../../../../connectors/sdk/parse-json.ts';

test('an integer that a double cannot hold becomes the string of its digits', () => {
  expect(parseJson('{"id": 12345678901234567890, "small": 42}')).toEqual({
    id: '12345678901234567890',
    small: 42,
  });
});

test('an integer that a double holds exactly stays a number', () => {
  expect(parseJson('[9007199254740991, 9007199254740993]')).toEqual([
    9007199254740991,
    '9007199254740993',
  ]);
});

test('a long fraction becomes the string of its digits, and a short one a number', () => {
  expect(parseJson('[0.1234567890123456789, 0.30000000000000004, 219.90]')).toEqual([
    '0.1234567890123456789',
    0.30000000000000004,
    219.9,
  ]);
});

test('digits inside strings stay as they are', () => {
  const text =
    '{"a":"1234567890123456789","b":"x\\" 1234567890123456789","c":[1234567890123456789]}';

  expect(parseJson(text)).toEqual({
    a: '1234567890123456789',
    b: 'x" 1234567890123456789',
    c: ['1234567890123456789'],
  });
});

test('a number beyond all doubles keeps its digits', () => {
  expect(parseJson('{"a":1e400,"b":-1E+400}')).toEqual({ a: '1e400', b: '-1E+400' });
});

test('a byte order mark is no part of the text', () => {
  expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
});

test('what is no JSON is told without its text', () => {
  expect(() => parseJson('<html>secret</html>')).toThrow(
    new SyntaxError('19 characters that are no JSON'),
  );
});
