/** `2026-10-01T03:00:00.123Z` as the server takes it: `2026-10-01 03:00:00.123`. */
export function toUtcText(instant: string): string {
  return instant.replace('T', ' ').replace(/Z$/, '');
}

/** What the server gives (`2026-10-01 03:00:00.123000`) as an instant: `2026-10-01T03:00:00.123Z`. */
export function toInstant(text: string): string {
  const [day = '', time = ''] = text.split(/[ T]/);
  const [clock = '', fraction = ''] = time.split('.');
  return `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
