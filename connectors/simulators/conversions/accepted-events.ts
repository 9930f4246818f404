import type { SimulatorClock } from '../simulated-clock.ts';

export interface AcceptedEvent {
  /** How often it was counted: more than once where its id had been forgotten. */
  readonly counted: number;
  /** The last value that was told; `undefined` after a retraction. */
  readonly value: number | undefined;
}

/** What a platform counts of the events that it took, by the id that it knows them by. */
export class AcceptedEvents {
  readonly byId = new Map<string, AcceptedEvent & { readonly at: number }>();
  /** Bodies of the requests that came to where events are taken. */
  readonly received: string[] = [];
  /** Ids of events that are refused, for a reason that only the platform knows. */
  readonly refused = new Set<string>();
  /** Ids of conversions of which it was said who bought. */
  readonly enhanced = new Set<string>();
  /** The account's name is right, and its terms are signed. */
  isConfigured = true;
  readonly #clock: SimulatorClock;
  readonly #rememberedMs: number;

  /** @param rememberedHours after which the same id counts as another event */
  constructor(clock: SimulatorClock, rememberedHours = Number.POSITIVE_INFINITY) {
    this.#clock = clock;
    this.#rememberedMs = rememberedHours * 3_600_000;
  }

  accept(id: string, value: number | undefined): void {
    const now = this.#clock.now();
    const known = this.byId.get(id);
    const isKnown = known !== undefined && now - known.at <= this.#rememberedMs;
    const counted = (known?.counted ?? 0) + (isKnown ? 0 : 1);
    this.byId.set(id, { counted, value, at: isKnown ? known.at : now });
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** The value as a map; an empty one for everything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The value as a list; an empty one for everything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
