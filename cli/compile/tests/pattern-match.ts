/** Text in a collation in which case and accents matter, whatever the column has. */
function exactText(expression: string): string {
  return `convert(${expression} using utf8mb4) collate utf8mb4_bin`;
}

/** A match of a regular expression; the pattern is an SQL literal. */
export function matchesRegex(column: string, pattern: string): string {
  return `${exactText(column)} regexp ${pattern}`;
}

/** A match of a LIKE pattern; the pattern is an SQL literal. */
export function matchesLike(column: string, pattern: string): string {
  return `${exactText(column)} like ${pattern}`;
}
