/** A duration in a fixed width of seven: `  0.18s`, ` 12.40s`, `  5m42s`, `  1h05m`. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 99.995) return `${seconds.toFixed(2)}s`.padStart(7);
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`.padStart(7);
  return `${Math.floor(whole / 3600)}h${two(Math.floor((whole % 3600) / 60))}m`.padStart(7);
}

/** `18,204`: thousands separators, whatever the machine's locale. */
export function formatCount(value: number | bigint): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 row`, `2 rows`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
