import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifier } from '../../cli/sql/identifier.ts';
import { stringLiteral } from '../../cli/sql/literal.ts';
import { servers } from '../support/server.ts';

describe.each(servers)('quoting on $name', (server) => {
  test('any text comes back from the server as it was quoted', async () => {
    const database = await server.database();
    const wellFormed = fc.string({ unit: 'binary', maxLength: 40 });

    await fc.assert(
      fc.asyncProperty(wellFormed, async (text) => {
        const [row] = await database.query(`select hex(${stringLiteral(text)}) as text_hex`);

        expect(row?.['text_hex']).toBe(Buffer.from(text, 'utf8').toString('hex').toUpperCase());
      }),
      { numRuns: 300 },
    );
  });

  test('any column name that the server allows comes back as it was quoted', async () => {
    const database = await server.database();
    const name = fc
      .string({
        unit: fc.constantFrom('a', '`', ' ', '"', "'", '\\', 'é', '.', '-', '/', '#', ';'),
        minLength: 1,
        maxLength: 20,
      })
      .map((text) => `${text}z`.trimStart());

    await fc.assert(
      fc.asyncProperty(name, async (column) => {
        const [row] = await database.query(`select 1 as ${identifier(column)}`);

        expect(Object.keys(row ?? {})).toEqual([column]);
      }),
      { numRuns: 200 },
    );
  });
});
