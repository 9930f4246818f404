const BARS = Array.from('▁▂▃▄▅▆▇█');

/** Values as a line of text, the oldest first: the lowest is `▁`, the highest `█`, an unknown one a blank. */
export function sparkline(values: readonly (string | null)[]): string {
  const numbers = values.map((value) => (value === null ? undefined : Number(value)));
  const known = numbers.filter((number) => number !== undefined);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return numbers
    .map((number) => {
      if (number === undefined) return ' ';
      const share = span === 0 ? 0.5 : (number - low) / span;
      return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))];
    })
    .join('');
}
