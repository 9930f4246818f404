import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedName, identifier, LONGEST_IDENTIFIER } from '../../cli/sql/identifier.ts';
import { stringLiteral } from '../../cli/sql/literal.ts';
import { scanSql } from '../../cli/sql/scan.ts';

const anyText = fc.string({ unit: 'binary' });

test('a quoted name is one token that reads back unchanged', () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const tokens = [...scanSql(`${identifier(name)} x`)];

      expect(tokens[0]?.text.slice(1, -1).replaceAll('``', '`')).toBe(name);
      expect(tokens).toHaveLength(3);
    }),
  );
});

test('a quoted text is one token, whatever stands in it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const [first, ...rest] = [...scanSql(`${stringLiteral(text)};`)];

      expect(first?.kind).toBe('string');
      expect(rest.map((token) => token.text)).toEqual([';']);
    }),
  );
});

test('tokens cover any text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect([...scanSql(text)].map((token) => token.text).join('')).toBe(text);
    }),
  );
});

test('derived names fit and tell different names apart', () => {
  fc.assert(
    fc.property(anyText, anyText, (left, right) => {
      const [one, other] = [left, right].map((name) =>
        derivedName(`${name}${'x'.repeat(64)}`, '__new'),
      );

      expect(Array.from(one ?? '').length).toBeLessThanOrEqual(LONGEST_IDENTIFIER);
      expect(one === other).toBe(left === right);
    }),
  );
});
