/** What a column accepts, read from its SQL type. */
export type ColumnType =
  | {
      readonly kind: 'integer';
      readonly sql: string;
      readonly least: bigint;
      readonly greatest: bigint;
      /** `true` and `false` are accepted as 1 and 0. */
      readonly acceptsWords: boolean;
    }
  | {
      readonly kind: 'decimal';
      readonly sql: string;
      readonly integerDigits: number;
      readonly scale: number;
      readonly isUnsigned: boolean;
    }
  | { readonly kind: 'float'; readonly sql: string }
  | { readonly kind: 'date'; readonly sql: string }
  | { readonly kind: 'datetime'; readonly sql: string; readonly fractionDigits: number }
  | { readonly kind: 'time'; readonly sql: string; readonly fractionDigits: number }
  | {
      readonly kind: 'text';
      readonly sql: string;
      readonly mostCharacters: number;
      readonly mostBytes: number;
    }
  | { readonly kind: 'json'; readonly sql: string }
  /** A type whose values only the server can judge: `enum(…)`, `uuid`, `point`. */
  | { readonly kind: 'other'; readonly sql: string };

const INTEGER_BITS: Readonly<Record<string, number>> = {
  bool: 8,
  boolean: 8,
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  bigint: 64,
};

const TEXT_BYTES: Readonly<Record<string, number>> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: 4_294_967_295,
};

const SYNONYMS: Readonly<Record<string, string>> = {
  numeric: 'decimal',
  dec: 'decimal',
  fixed: 'decimal',
  double: 'float',
  real: 'float',
  timestamp: 'datetime',
  char: 'varchar',
};

/** Reads `decimal(12,3)`, `varchar(50) collate utf8mb4_bin`, `int unsigned` and the like. */
export function columnType(sql: string): ColumnType {
  const { name, first, second, isUnsigned } = typeWords(sql);
  const bits = INTEGER_BITS[name];
  if (bits !== undefined) return integerType(sql, bits, isUnsigned, isFlag(name, first));
  const mostBytes = TEXT_BYTES[name];
  if (mostBytes !== undefined) return { kind: 'text', sql, mostCharacters: mostBytes, mostBytes };
  switch (name) {
    case 'decimal': {
      const scale = second ?? 0;
      return { kind: 'decimal', sql, integerDigits: (first ?? 10) - scale, scale, isUnsigned };
    }
    case 'float':
    case 'date':
    case 'json':
      return { kind: name, sql };
    case 'datetime':
    case 'time':
      return { kind: name, sql, fractionDigits: first ?? 0 };
    case 'varchar':
      return { kind: 'text', sql, mostCharacters: first ?? 1, mostBytes: 65_535 };
    default:
      return { kind: 'other', sql };
  }
}

interface TypeWords {
  readonly name: string;
  /** The numbers in parentheses. */
  readonly first: number | undefined;
  readonly second: number | undefined;
  readonly isUnsigned: boolean;
}

function typeWords(sql: string): TypeWords {
  const match = /^\s*(\w+)(?:\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?(.*)$/s.exec(sql);
  const [, written = '', first, second, rest = ''] = match ?? [];
  const name = written.toLowerCase();
  return {
    name: SYNONYMS[name] ?? name,
    first: first === undefined ? undefined : Number(first),
    second: second === undefined ? undefined : Number(second),
    isUnsigned: /\b(unsigned|zerofill)\b/i.test(rest),
  };
}

function isFlag(name: string, displayWidth: number | undefined): boolean {
  return name.startsWith('bool') || (name === 'tinyint' && displayWidth === 1);
}

function integerType(
  sql: string,
  bits: number,
  isUnsigned: boolean,
  acceptsWords: boolean,
): ColumnType {
  const values = 1n << BigInt(bits);
  const least = isUnsigned ? 0n : -values / 2n;
  return { kind: 'integer', sql, least, greatest: least + values - 1n, acceptsWords };
}
