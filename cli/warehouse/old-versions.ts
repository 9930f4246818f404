import type { Clock } from '../kernel/clock.ts';
import { dropOld } from './drop-old.ts';
import type { SwapSessions } from './swap-sessions.ts';
import type { Swap } from './swap.ts';

export interface OldVersionsOptions {
  readonly sessions: SwapSessions;
  readonly clock: Clock;
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/**
 * Drops replaced versions while the run goes on: nobody can begin to read them, and whoever still does
 * holds up nobody but this. What gathers during one statement goes into the next. Disposing waits until
 * all of them were tried; what is left is dropped by the next run.
 */
export class OldVersions implements AsyncDisposable {
  readonly #options: OldVersionsOptions;
  #waiting: Swap[] = [];
  #work: Promise<void> | undefined;

  constructor(options: OldVersionsOptions) {
    this.#options = options;
  }

  add(swaps: readonly Swap[]): void {
    this.#waiting.push(...swaps);
    this.#work ??= this.#dropAll().catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#work;
  }

  async #dropAll(): Promise<void> {
    const { sessions, clock, onStatement } = this.#options;
    const send = async (sql: string): Promise<void> => {
      onStatement?.(sql);
      await sessions.execute(sql);
    };
    try {
      while (this.#waiting.length > 0) await dropOld(this.#waiting.splice(0), { clock, send });
    } finally {
      this.#work = undefined;
    }
  }
}
