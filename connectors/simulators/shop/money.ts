/** `219.90` of 21990 centavos. */
export function decimal(centavos: number): string {
  const sign = centavos < 0 ? '-' : '';
  const digits = String(Math.abs(centavos)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `219.9` of 21990, `43.0` of 4300: as Shopify writes amounts. */
export function shortDecimal(centavos: number): string {
  return decimal(centavos).replace(/0$/, '');
}

/**
 * Splits a whole number by weights without losing a unit: running totals are rounded, so that the parts
 * add up. Weights that add up to nothing give everything to the first part.
 */
export function splitWhole(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  let weightSoFar = 0;
  let given = 0;
  return weights.map((weight, index) => {
    weightSoFar += weight;
    const until = sum === 0 ? total : Math.round((total * weightSoFar) / sum);
    const part = (index === weights.length - 1 ? total : until) - given;
    given += part;
    return part;
  });
}
