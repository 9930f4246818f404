import type { SyncEvent } from '../../../connectors/runner/sync/sync-event.ts';
import type { SyncProgress } from '../../events/run-event.ts';

/** Where the reading of one stream is. */
export class StreamProgress {
  readonly #startedAt: number;
  #window = 0;
  #windows: number;
  #range: { readonly from: string; readonly to: string } | undefined;
  #pages = 0;
  #records = 0;

  /** `startedAt` is monotonic, in milliseconds. */
  constructor(windows: number, startedAt: number) {
    this.#windows = windows;
    this.#startedAt = startedAt;
  }

  get records(): number {
    return this.#records;
  }

  windowStarted({ range, index, windows }: Extract<SyncEvent, { type: 'windowStarted' }>): void {
    this.#window = index;
    this.#windows = windows;
    this.#range = range;
  }

  pageRead({ pages, records }: Extract<SyncEvent, { type: 'pageRead' }>): void {
    this.#pages = pages;
    this.#records = records;
  }

  at(now: number, limit: string | undefined): SyncProgress {
    const seconds = Math.max(1, now - this.#startedAt) / 1000;
    return {
      window: this.#window,
      windows: this.#windows,
      ...this.#range,
      pages: this.#pages,
      rowsPerSecond: Math.round(this.#records / seconds),
      ...(limit === undefined ? {} : { limit }),
    };
  }
}

/** An instant to the minute, a day as it is. */
export function short(text: string): string {
  return text.slice(0, 16).replace('T', ' ');
}
