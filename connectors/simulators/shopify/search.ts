/** A window of a search text, in milliseconds since the Unix epoch; half open. */
export interface SearchWindow {
  readonly from: number;
  readonly to: number;
}

/** Reads `updated_at:>='2026-10-01T00:00:00Z' AND updated_at:<'…'`; without it everything until `now`. */
export function windowOf(
  search: string | null | undefined,
  field: 'updated_at' | 'created_at',
  now: number,
): SearchWindow {
  let from = 0;
  let to = now + 1;
  for (const [, name, sign = '', text = ''] of (search ?? '').matchAll(
    /(\w+):(>=|<=|>|<)'([^']+)'/g,
  )) {
    if (name !== field) continue;
    const instant = Date.parse(text);
    if (sign === '>=') from = Math.max(from, instant);
    if (sign === '>') from = Math.max(from, instant + 1);
    if (sign === '<') to = Math.min(to, instant);
    if (sign === '<=') to = Math.min(to, instant + 1);
  }
  return { from, to };
}
