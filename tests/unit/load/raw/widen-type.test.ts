import { describe, expect, it } from 'vitest';
import { widenedType } from '../../../../cli/load/raw/widen-type.ts';

describe('widenedType', () => {
  it.each([
    ['int', 'bigint', 'bigint'],
    ['int unsigned', 'bigint', 'bigint'],
    ['bigint', 'decimal(20,0)', 'decimal(20,0)'],
    ['varchar(50)', 'varchar(255)', 'varchar(255)'],
    ['varchar(255)', 'longtext', 'longtext'],
    ['decimal(12,2)', 'decimal(18,4)', 'decimal(18,4)'],
    ['decimal(18,2)', 'decimal(18,4)', 'decimal(20,4)'],
    ['date', 'datetime(6)', 'datetime(6)'],
    ['datetime', 'datetime(6)', 'datetime(6)'],
    ['bigint', 'varchar(255)', 'varchar(255)'],
  ])('%s that is declared %s becomes %s', (existing, declared, type) => {
    expect(widenedType(existing, declared)).toEqual({ kind: 'widen', type });
  });

  it.each([
    ['bigint', 'int'],
    ['bigint(20)', 'bigint'],
    ['varchar(255)', 'varchar(50)'],
    ['varchar(255)', 'bigint'],
    ['longtext', 'json'],
    ['datetime(6)', 'date'],
    ['decimal(18,4)', 'decimal(12,2)'],
    ['tinyint(1)', 'boolean'],
  ])('%s stays when %s is declared', (existing, declared) => {
    expect(widenedType(existing, declared)).toEqual({ kind: 'fits' });
  });

  it.each([
    ['date', 'bigint'],
    ['bigint unsigned', 'bigint'],
    ['json', 'bigint'],
    ['datetime(6)', 'decimal(18,4)'],
    ['varchar(20)', 'json'],
  ])('%s cannot become %s', (existing, declared) => {
    expect(widenedType(existing, declared)).toEqual({ kind: 'clash' });
  });
});
