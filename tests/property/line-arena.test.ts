import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tsvRow } from '../../cli/sql/tsv-row.ts';
import { LineArena } from '../../cli/load/raw/line-arena.ts';

const cell = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('\\', '\t', '\n', '\r', '\0', '\u001a', '"', 'é', '€', '😀'),
    }),
    fc.string({ minLength: 190, maxLength: 1000 }),
  ),
);

function line(write: (lines: LineArena) => void): string {
  const lines = new LineArena();
  write(lines);
  lines.endLine();
  return lines.collect([{ start: 0, end: lines.length }]).toString('utf8');
}

test('a line has the bytes that LOAD DATA reads the cells from', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const written = line((lines) => lines.cells(cells));

      expect(written).toBe(Buffer.from(tsvRow(cells)).toString('utf8'));
    }),
  );
});

test('JSON is a cell like its text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);

      expect(line((lines) => lines.json(Buffer.from(text)))).toBe(
        Buffer.from(tsvRow([text])).toString('utf8'),
      );
    }),
  );
});

test('lines are collected in any order, and all memory that they need is there', () => {
  const lines = new LineArena();
  const texts = Array.from({ length: 30 }, (_, index) => `${index} `.repeat(50_000));
  const spans = texts.map((text) => {
    const start = lines.length;
    lines.cell(text);
    lines.endLine();
    return { start, end: lines.length };
  });

  const inOrder = lines.collect(spans).toString('utf8');
  const turned = lines.collect(spans.toReversed()).toString('utf8');

  expect(inOrder).toBe(texts.map((text) => `${text}\n`).join(''));
  expect(turned).toBe(
    texts
      .toReversed()
      .map((text) => `${text}\n`)
      .join(''),
  );
});
