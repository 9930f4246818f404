/** A type that values can be cast to, in words that every server and dbt understand. */
export interface CastType {
  readonly kind: 'text' | 'integer' | 'decimal' | 'double' | 'date' | 'datetime' | 'boolean';
  /** What follows AS in a CAST. */
  readonly sql: string;
  readonly precision: number;
  readonly scale: number;
}

const PLAIN: Readonly<Record<string, readonly [CastType['kind'], string]>> = {
  string: ['text', 'char'],
  text: ['text', 'char'],
  varchar: ['text', 'char'],
  char: ['text', 'char'],
  integer: ['integer', 'signed'],
  int: ['integer', 'signed'],
  bigint: ['integer', 'signed'],
  signed: ['integer', 'signed'],
  number: ['decimal', 'decimal(38,10)'],
  float: ['double', 'double'],
  double: ['double', 'double'],
  date: ['date', 'date'],
  datetime: ['datetime', 'datetime(6)'],
  timestamp: ['datetime', 'datetime(6)'],
  boolean: ['boolean', 'signed'],
  bool: ['boolean', 'signed'],
};

/** Understands `string`, `varchar(20)`, `integer`, `decimal(12,2)`, `date`, `datetime(3)`, `boolean` and the like. */
export function castType(text: string): CastType {
  const written = /^\s*([a-z]+)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/.exec(
    text.toLowerCase(),
  );
  const name = written?.[1] ?? '';
  const size = written?.[2];
  if (['decimal', 'numeric', 'number'].includes(name) && size !== undefined) {
    const [precision, scale] = [Number(size), Number(written?.[3] ?? 0)];
    return { kind: 'decimal', sql: `decimal(${precision},${scale})`, precision, scale };
  }
  const plain = Object.hasOwn(PLAIN, name === 'decimal' || name === 'numeric' ? 'number' : name)
    ? PLAIN[name === 'decimal' || name === 'numeric' ? 'number' : name]
    : undefined;
  if (plain === undefined)
    throw new Error(
      `\`${text}\` is no type; use string, integer, decimal(p,s), float, date, datetime or boolean`,
    );
  const [kind, sql] = plain;
  const sized =
    size !== undefined && (kind === 'text' || kind === 'datetime')
      ? `${sql.replace(/\(.*/, '')}(${size})`
      : sql;
  return { kind, sql: sized, precision: 38, scale: 10 };
}
