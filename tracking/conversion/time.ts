import { Temporal } from 'temporal-polyfill';

const WRITTEN =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * Milliseconds since the Unix epoch of a written time; one without an offset is read in `zone`. `undefined`
 * for what is no time.
 */
export function instantMs(text: string, zone: string): number | undefined {
  const [, day, clock, offset] = WRITTEN.exec(text.trim()) ?? [];
  if (day === undefined || clock === undefined) return undefined;
  if (zone === 'UTC' && offset === undefined) return utcMs(`${day}T${clock}`);
  try {
    return offset === undefined
      ? Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone).epochMilliseconds
      : Temporal.Instant.from(`${day}T${clock}${offset}`).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** As a database writes most times: without a zone's rules it takes a tenth of the time. */
function utcMs(local: string): number | undefined {
  const ms = Date.parse(`${local}Z`);
  if (local.slice(8, 10) <= '28' && local.slice(11, 13) < '24') {
    return Number.isNaN(ms) ? undefined : ms;
  }
  // 30 February would be 2 March.
  const isThere = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(local.slice(0, 16));
  return isThere ? ms : undefined;
}

/** Whole seconds, cut and not rounded. Meta, TikTok. */
export function epochSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** `2026-11-20T17:32:10Z`. Data Manager API. */
export function rfc3339(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds(ms) * 1_000).toString();
}

/** `2026-11-20 14:32:10-03:00`, with the offset that the zone had then. Google Ads API. */
export function googleAdsTime(ms: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const text = local.toString({ smallestUnit: 'second', timeZoneName: 'never' });
  return text.replace('T', ' ');
}
