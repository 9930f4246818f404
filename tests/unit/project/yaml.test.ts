import { describe, expect, test } from 'vitest';
import type { YamlPath, YamlValue } from '../../../cli/project/yaml.ts';
import { keySpanAt, parseYaml, plainValue, spanAt } from '../../../cli/project/yaml.ts';

function read(text: string): YamlValue {
  const { value, diagnostics } = parseYaml(text, 'a.yml');
  if (value === undefined) throw new Error(diagnostics[0]?.message ?? 'empty');
  return value;
}

const plain = (text: string): unknown => plainValue(read(text));

/** The text at a path. */
function at(text: string, path: YamlPath): string {
  const { start, end } = spanAt(read(text), path, 'a.yml');
  return text.slice(start, end);
}

describe('values', () => {
  test('anchors and merge keys are followed; a key that is written wins over a merged one', () => {
    expect(
      plain('base: &b { x: 1, y: 1 }\nother: { <<: *b, y: 2 }\nagain: { y: 3, <<: *b }'),
    ).toEqual({
      base: { x: 1, y: 1 },
      other: { x: 1, y: 2 },
      again: { y: 3, x: 1 },
    });
  });

  test('whole numbers that a number cannot hold keep their digits', () => {
    expect(plain('[12345678901234567890, 12, 1.5]')).toEqual(['12345678901234567890', 12, 1.5]);
  });

  test('an empty text is no value, and dates stay texts', () => {
    expect(parseYaml('# nothing\n', 'a.yml')).toEqual({ value: undefined, diagnostics: [] });
    expect(plain('[2026-11-23, yes, ~]')).toEqual(['2026-11-23', 'yes', null]);
  });
});

describe('places', () => {
  const text = 'models:\n  - name: "a"\n    tags: [x, y]\n    empty:\n';

  test('a path leads to the text of its value, or of the longest part that exists', () => {
    expect(at(text, ['models', 0, 'name'])).toBe('"a"');
    expect(at(text, ['models', 0, 'tags', 1])).toBe('y');
    expect(at(text, ['models', 0, 'tags', 7])).toBe('[x, y]');
  });

  test('a value that is not written answers with its key', () => {
    expect(at(text, ['models', 0, 'empty'])).toBe('empty');
  });

  test('keys have places of their own', () => {
    const { start, end } = keySpanAt(read(text), ['models', 0], 'tags', 'a.yml');

    expect(text.slice(start, end)).toBe('tags');
  });
});

test.each([
  ['a: 1\na: 2', 'Map keys must be unique'],
  ['a: *gone', 'no anchor is named `gone`'],
  ['a: "open', 'Missing closing "quote'],
  ['a: 1\n---\nb: 2', 'multiple documents'],
  ['a: &x [*x]', 'an anchor contains itself'],
])('%j is refused with one message', (text, reason) => {
  const { diagnostics } = parseYaml(text, 'a.yml');

  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.message).toContain(reason);
  expect(diagnostics[0]?.labels[0]?.span.file).toBe('a.yml');
});
