/** `2026-10-01T03:00:00.123Z` as the server takes it: `2026-10-01 03:00:00.123`. */
export function toUtcText(instant: string): string {
  return instant.replace('T', ' ').replace(/Z$/, '');
}

/** Milliseconds since the Unix epoch as the server takes them. */
export function instantText(ms: number): string {
  const instant = new Date(ms).toISOString();
  return `${instant.slice(0, -14)} ${instant.slice(-13, -1)}`;
}

/** What the server gives (`2026-10-01 03:00:00.123000`) as an instant: `2026-10-01T03:00:00.123Z`. */
export function toInstant(text: string): string {
  const [day = '', time = ''] = text.split(/[ T]/);
  const [clock = '', fraction = ''] = time.split('.');
  return `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/** The same in milliseconds since the Unix epoch; `undefined` for NULL. */
export function instantMs(text: string | null): number | undefined {
  return text === null ? undefined : Date.parse(toInstant(text));
}
