const DIGITS = Array.from(
  { length: 10 },
  (_, digit) => `select ${digit}${digit === 0 ? ' as n' : ''}`,
).join(' union all ');

/**
 * A FROM clause and an expression that give the numbers from 0 to 10^digits - 1. Cross joins of ten rows each:
 * no recursive CTE, whose limit MariaDB enforces by silently cutting the result.
 */
export function numbers(digits: number): { readonly from: string; readonly number: string } {
  const places = Array.from({ length: digits }, (_, place) => place);
  return {
    from: places.map((place) => `(${DIGITS}) as d${place}`).join('\ncross join '),
    number: places
      .map((place) => (place === 0 ? 'd0.n' : `d${place}.n * ${10 ** place}`))
      .join(' + '),
  };
}

/** How many decimal digits the numbers below `count` have. */
export function digitsFor(count: number): number {
  return Math.max(1, String(Math.max(0, Math.ceil(count) - 1)).length);
}
