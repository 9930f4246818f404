import type { ApiResponse, RateSignal } from '../sdk/http.ts';

/** Percentages of limits, as Meta names them in its headers. */
const PERCENTAGES = [
  'call_count',
  'total_cputime',
  'total_time',
  'acc_id_util_pct',
  'app_id_util_pct',
] as const;

const HEADERS = [
  'x-business-use-case-usage',
  'x-app-usage',
  'x-ad-account-usage',
  'x-fb-ads-insights-throttle',
] as const;

const SLOW_ABOVE_PERCENT = 75;
const STOP_ABOVE_PERCENT = 95;
const MINUTE_MS = 60_000;

/** What Meta's usage headers say, taken together. */
interface Usage {
  /** The most used limit. */
  readonly percent: number;
  /** Minutes until calls are served again; 0 while they are. */
  readonly regainMinutes: number;
}

/**
 * Above 75 % of any limit one call at a time; above 95 %, or when access is lost, a wait of the minutes that
 * Meta names, and at least one.
 */
export function paceOf(response: ApiResponse): RateSignal | undefined {
  const usage = usageOf(response.headers);
  if (usage === undefined) return undefined;
  const state = `${String(Math.round(usage.percent))} % used`;
  if (usage.regainMinutes > 0 || usage.percent > STOP_ABOVE_PERCENT) {
    return { state, waitMs: Math.max(usage.regainMinutes, 1) * MINUTE_MS, concurrency: 1 };
  }
  return usage.percent > SLOW_ABOVE_PERCENT ? { state, concurrency: 1 } : { state };
}

/** How long Meta says that calls are refused, in milliseconds; `undefined` when it does not. */
export function regainMs(headers: ApiResponse['headers']): number | undefined {
  const minutes = usageOf(headers)?.regainMinutes ?? 0;
  return minutes > 0 ? minutes * MINUTE_MS : undefined;
}

function usageOf(headers: ApiResponse['headers']): Usage | undefined {
  const entries = HEADERS.flatMap((name) => entriesOf(headers[name]));
  if (entries.length === 0) return undefined;
  return {
    percent: Math.max(
      0,
      ...entries.flatMap((entry) => PERCENTAGES.map((key) => numberAt(entry, key))),
    ),
    regainMinutes: Math.max(
      ...entries.map((entry) => numberAt(entry, 'estimated_time_to_regain_access')),
    ),
  };
}

type Entry = Readonly<Record<string, unknown>>;

/** One entry for the flat headers, and one for each use case of each business in the nested one. */
function entriesOf(header: string | undefined): readonly Entry[] {
  const value = parsed(header);
  if (!isEntry(value)) return [];
  const nested = Object.values(value).filter((part) => Array.isArray(part));
  return nested.length === 0 ? [value] : nested.flat().filter(isEntry);
}

/** A header that is no JSON says nothing. */
function parsed(header: string | undefined): unknown {
  try {
    return header === undefined ? undefined : JSON.parse(header);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberAt(entry: Entry, key: string): number {
  const value = entry[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
