import { describe, expect, test } from 'vitest';
import type { Column } from '../../../../../connectors/sdk/columns.ts';
import { date } from '../../../../../connectors/sdk/columns/dates.ts';
import {
  epoch,
  instant,
  localDateTime,
  localInstant,
} from '../../../../../connectors/sdk/columns/instants.ts';
import { json } from '../../../../../connectors/sdk/columns/json.ts';
import {
  bigint,
  cents,
  decimal,
  double,
  flag,
  integer,
  micros,
} from '../../../../../connectors/sdk/columns/numbers.ts';
import { longText, text } from '../../../../../connectors/sdk/columns/text.ts';
import type { JsonValue } from '../../../../../connectors/sdk/json.ts';

const SAO_PAULO = { timeZone: 'America/Sao_Paulo' };

function read(column: Column, value: JsonValue | undefined) {
  return column.read(value, SAO_PAULO);
}

describe('every column', () => {
  const columns = [
    text('a', ''),
    longText('a', ''),
    bigint('a', ''),
    integer('a', ''),
    decimal('a', ''),
    micros('a', ''),
    cents('a', ''),
    double('a', ''),
    flag('a', ''),
    instant('a', ''),
    localInstant('a', '', { zone: 'account' }),
    localDateTime('a', ''),
    epoch('a', '', { unit: 'seconds' }),
    date('a', ''),
  ];

  test.each(columns)(
    'reads nothing, and the empty list and map of PHP, as NULL: $type',
    (column) => {
      expect([undefined, null, [], {}].map((value) => read(column, value))).toEqual([
        null,
        null,
        null,
        null,
      ]);
    },
  );

  test.each(columns)('finds a list or a map that does not fit: $type', (column) => {
    expect(read(column, [1])).toHaveProperty('misfit');
    expect(read(column, { b: 1 })).toHaveProperty('misfit');
  });
});

describe('text', () => {
  test('keeps the empty text unless the platform means none by it', () => {
    expect(read(text('a', ''), '')).toBe('');
    expect(read(text('a', '', { none: ['', '-'] }), '-')).toBeNull();
  });

  test('counts characters, not code units', () => {
    expect(read(text('a', '', { length: 2 }), '😀😀')).toBe('😀😀');
    expect(read(text('a', '', { length: 2 }), '😀😀😀')).toHaveProperty('misfit');
  });

  test('writes numbers and booleans', () => {
    expect(read(text('a', ''), 12)).toBe('12');
    expect(read(text('a', ''), false)).toBe('false');
  });
});

describe('whole numbers', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['gid://shopify/Order/5551234567890', '5551234567890'],
    ['gid://shopify/InventoryLevel/1?inventory_item_id=2', '1'],
    [12, '12'],
    ['12.0', '12'],
    ['', null],
    ['0012', '12'],
  ])('bigint reads %j as %j', (value, expected) => {
    expect(read(bigint('a', ''), value)).toBe(expected);
  });

  test.each(['9223372036854775808', '1.5', 'abc', '1,5', true, 'gid://shopify/Order/'])(
    'bigint does not take %j',
    (value) => {
      expect(read(bigint('a', ''), value)).toHaveProperty('misfit');
    },
  );

  test('integer ends where int ends', () => {
    expect(read(integer('a', ''), '2147483647')).toBe('2147483647');
    expect(read(integer('a', ''), '2147483648')).toHaveProperty('misfit');
  });
});

describe('decimals', () => {
  test.each([
    ['219.90', '219.90'],
    [219.9, '219.9'],
    ['43', '43'],
    ['-0.00', '0.00'],
    ['1e-3', '0.001'],
    [1e21, { misfit: 'a number beyond decimal(18,4)' }],
    ['12.345678', { misfit: 'more than 4 digits after the point' }],
    ['12.34560000', '12.3456'],
    ['1.234,50', { misfit: 'text where a number is expected' }],
  ])('decimal reads %j as %j', (value, expected) => {
    expect(read(decimal('a', ''), value)).toEqual(expected);
  });

  test('rounds half away from zero where that is meant', () => {
    const column = decimal('a', '', { scale: 2, rounds: true });

    expect(read(column, '219.89999999999998')).toBe('219.90');
    expect(read(column, '-0.005')).toBe('-0.01');
    expect(read(column, '0.00499')).toBe('0.00');
  });

  test('micros and cents move the point', () => {
    expect(read(micros('a', ''), '70000')).toBe('0.070000');
    expect(read(cents('a', ''), '39125')).toBe('391.25');
    expect(read(cents('a', ''), '-5')).toBe('-0.05');
  });

  test('a platform’s sign for none is NULL', () => {
    expect(read(decimal('a', '', { none: ['-'] }), '-')).toBeNull();
  });
});

describe('flag', () => {
  test.each([
    [true, '1'],
    ['0', '0'],
    [1, '1'],
    ['False', '0'],
    ['', null],
  ])('reads %j as %j', (value, expected) => {
    expect(read(flag('a', ''), value)).toBe(expected);
  });
});

describe('instants', () => {
  test.each([
    ['2026-10-01T02:40:00+0000', '2026-10-01 02:40:00.000000'],
    ['2026-10-03T18:45:59-0300', '2026-10-03 21:45:59.000000'],
    ['2026-10-03T22:45:59.1234567-03:00', '2026-10-04 01:45:59.123456'],
    ['2026-10-01T02:40:00Z', '2026-10-01 02:40:00.000000'],
    ['2028-02-29T23:59:59Z', '2028-02-29 23:59:59.000000'],
    ['2026-10-01 02:40:00+05:30', '2026-09-30 21:10:00.000000'],
    ['0000-00-00 00:00:00', null],
    ['', null],
  ])('%j is %j', (value, expected) => {
    expect(read(instant('a', ''), value)).toBe(expected);
  });

  test.each([
    '2026-02-30T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-10-00T00:00:00Z',
    '2026-10-01T25:00:00Z',
    '2026-10-01T02:60:00Z',
    '2026-10-01T02:40:00',
    'today',
    5,
  ])('%j is no instant', (value) => {
    expect(read(instant('a', ''), value)).toHaveProperty('misfit');
  });

  test('reads the map that PHP makes of a date', () => {
    const at = (timezone: string) =>
      read(instant('a', ''), { date: '2026-10-01 02:40:00.000000', timezone_type: 3, timezone });

    expect(at('UTC')).toBe('2026-10-01 02:40:00.000000');
    expect(at('America/Sao_Paulo')).toBe('2026-10-01 05:40:00.000000');
    expect(at('-03:00')).toBe('2026-10-01 05:40:00.000000');
    expect(at('Mars/Base')).toHaveProperty('misfit');
  });

  test('a local time is in the zone it is said to be in', () => {
    expect(read(localInstant('a', '', { zone: '-03:00' }), '2018-01-15 12:00:00')).toBe(
      '2018-01-15 15:00:00.000000',
    );
    expect(read(localInstant('a', '', { zone: 'account' }), '2018-01-15 12:00:00')).toBe(
      '2018-01-15 14:00:00.000000',
    );
  });

  test('a skipped time moves forward, and of a repeated one the first is meant', () => {
    const column = localInstant('a', '', { zone: 'account' });

    expect(read(column, '2018-11-04 00:30:00')).toBe('2018-11-04 03:30:00.000000');
    expect(read(column, '2018-02-17 23:30:00')).toBe('2018-02-18 01:30:00.000000');
  });

  test('a local time can be kept as it is', () => {
    expect(read(localDateTime('a', ''), '2026-10-01T08:00')).toBe('2026-10-01 08:00:00.000000');
    expect(read(localDateTime('a', ''), '2026-10-01T08:00Z')).toHaveProperty('misfit');
  });

  test('counts since 1970 are read in their unit', () => {
    expect(read(epoch('a', '', { unit: 'seconds' }), 1_790_822_400)).toBe(
      '2026-10-01 02:40:00.000000',
    );
    expect(read(epoch('a', '', { unit: 'microseconds' }), '1790822400123456')).toBe(
      '2026-10-01 02:40:00.123456',
    );
    expect(read(epoch('a', '', { unit: 'milliseconds' }), '1790822400123')).toBe(
      '2026-10-01 02:40:00.123000',
    );
    expect(read(epoch('a', '', { unit: 'seconds' }), 0)).toBeNull();
  });
});

describe('date', () => {
  test.each([
    ['20261001', '2026-10-01'],
    ['2026-10-01', '2026-10-01'],
    ['2026-10-01 00:00:00', '2026-10-01'],
    [20261001, '2026-10-01'],
    ['0000-00-00', null],
  ])('%j is %j', (value, expected) => {
    expect(read(date('a', ''), value)).toBe(expected);
  });

  test.each(['2026-02-30', '01/10/2026', '(other)'])('%j is no date', (value) => {
    expect(read(date('a', ''), value)).toHaveProperty('misfit');
  });
});

test('json keeps lists and maps', () => {
  expect(read(json('a', ''), [{ b: '12345678901234567890' }])).toBe(
    '[{"b":"12345678901234567890"}]',
  );
  expect(read(json('a', ''), [])).toBe('[]');
});
