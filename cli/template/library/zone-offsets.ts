/** A stretch of time in which a zone keeps one offset from UTC. */
export interface ZoneOffset {
  /** Milliseconds since the epoch, UTC, at which it begins; absent for the first. */
  readonly from: number | undefined;
  readonly seconds: number;
}

const FIRST_YEAR = 1970;
/** Rules of the future are those that hold now. */
const LAST_YEAR = 2050;
/** Shorter than any daylight-saving time there was. */
const STEP = 14 * 86_400_000;

const KNOWN = new Map<string, readonly ZoneOffset[]>();

/** The offsets of a named zone between 1970 and 2050, from the time-zone data that Node carries. Throws for unknown names. */
export function zoneOffsets(zone: string): readonly ZoneOffset[] {
  const offsets = KNOWN.get(zone) ?? findOffsets(zone);
  KNOWN.set(zone, offsets);
  return offsets;
}

function findOffsets(zone: string): readonly ZoneOffset[] {
  const offsetAt = offsetReader(zone);
  const end = Date.UTC(LAST_YEAR, 0, 1);
  let time = Date.UTC(FIRST_YEAR, 0, 1);
  const found: ZoneOffset[] = [{ from: undefined, seconds: offsetAt(time) }];
  while (time < end) {
    const next = Math.min(time + STEP, end);
    const before = offsetAt(time);
    if (offsetAt(next) !== before) {
      const from = firstChange(offsetAt, time, next);
      found.push({ from, seconds: offsetAt(from) });
      time = from;
    } else time = next;
  }
  return found;
}

/** The second at which the offset stops being that of `low`. */
function firstChange(offsetAt: (time: number) => number, low: number, high: number): number {
  const before = offsetAt(low);
  let [from, to] = [low / 1000, high / 1000];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (offsetAt(middle * 1000) === before) from = middle;
    else to = middle;
  }
  return to * 1000;
}

function offsetReader(zone: string): (time: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    throw new Error(`\`${zone}\` is no time zone; names are like \`America/Sao_Paulo\``);
  }
  return (time) => {
    const name =
      format.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const [, sign, hours = '0', minutes = '0', seconds = '0'] =
      /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?/.exec(name) ?? [];
    return (
      (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
    );
  };
}
