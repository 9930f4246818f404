import { identifier } from './identifier.ts';

/**
 * SQL that tells any two values of one column apart. Text is compared byte by byte in UTF-8 (the
 * default collations hold `a`, `A`, `á` and `a ` for one value); numbers, dates and bytes, whose
 * collation is `binary` on every server, stay as they are. The type need not be known.
 */
export function exactKey(expression: string): string {
  return `if(collation(${expression}) = 'binary', ${expression}, ${utf8Bytes(expression)})`;
}

/**
 * A condition that holds for equal values only. The plain comparison comes first, so that an index is
 * used; its bytes decide where both sides are text.
 */
export function exactlyEqual(left: string, right: string): string {
  const isPlain = `collation(${left}) = 'binary' or collation(${right}) = 'binary'`;
  return `${left} = ${right} and (${isPlain} or ${utf8Bytes(left)} = ${utf8Bytes(right)})`;
}

/** A condition that holds when a value is none of a list, byte by byte where it is text. */
export function exactlyNoneOf(expression: string, literals: readonly string[]): string {
  const bytes = literals.map(utf8Bytes).join(', ');
  return `(${expression} not in (${literals.join(', ')}) or (collation(${expression}) <> 'binary' and ${utf8Bytes(expression)} not in (${bytes})))`;
}

/** A condition that holds when a value is one of a list, byte by byte where it is text. */
export function exactlyOneOf(expression: string, literals: readonly string[]): string {
  const bytes = literals.map(utf8Bytes).join(', ');
  return `(${expression} in (${literals.join(', ')}) and (collation(${expression}) = 'binary' or ${utf8Bytes(expression)} in (${bytes})))`;
}

/** Text as its UTF-8 bytes, which have no collation. */
function utf8Bytes(expression: string): string {
  return `cast(convert(${expression} using utf8mb4) as binary)`;
}

const PLAIN_NAME = /^(?=.*[\p{L}_$])[\p{L}\p{N}_$][\p{L}\p{N}_$ ]*$/u;

/** A column as a test names it: quoted when it is a name, as it is when it is an expression or quoted already. */
export function columnSql(column: string): string {
  return PLAIN_NAME.test(column) ? identifier(column) : column;
}
