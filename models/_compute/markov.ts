import { solve } from './linear-system.ts';

/** How often paths went from one channel to the next, and how they ended. */
export interface ChannelWeight {
  readonly channel: string;
  /** 1 - P(conversion without the channel) / P(conversion); 0 where nothing converts. */
  readonly removalEffect: number;
  /** The removal effect as a part of the sum over all channels; 0 where that sum is 0. */
  readonly share: number;
  /** Paths that hold the channel. */
  readonly paths: number;
}

export interface MarkovWeights {
  readonly channels: readonly ChannelWeight[];
  /** Of a path through the chain. With the paths counted that end in nothing it is their exact part. */
  readonly conversionProbability: number;
  readonly convertingPaths: number;
  readonly nullPaths: number;
}

interface Leaving {
  readonly to: Map<number, number>;
  toConversion: number;
  total: number;
}

/**
 * The first-order chain of paths over channels (start, channels, conversion, nothing), counted one path at a
 * time: memory grows with the channels, not with the paths.
 * Definition: Anderl, Becker, von Wangenheim and Schumann, "Mapping the customer journey" (2016).
 */
export class MarkovChain {
  readonly #indexes = new Map<string, number>();
  readonly #leaving: Leaving[] = [];
  readonly #paths: number[] = [];
  readonly #start = leaving();
  #convertingPaths = 0;
  #nullPaths = 0;

  /** Counts a path of channels `times` times; a path without channels counts as nothing. */
  add(path: readonly string[], isConversion: boolean, times = 1): void {
    if (path.length === 0 || times === 0) return;
    let from = this.#start;
    const met = new Set<number>();
    for (const channel of path) {
      const index = this.#indexOf(channel);
      met.add(index);
      from.to.set(index, (from.to.get(index) ?? 0) + times);
      from.total += times;
      from = this.#leaving[index] ?? from;
    }
    from.total += times;
    if (isConversion) from.toConversion += times;
    for (const index of met) this.#paths[index] = (this.#paths[index] ?? 0) + times;
    if (isConversion) this.#convertingPaths += times;
    else this.#nullPaths += times;
  }

  /** Exact removal effects: one linear system for the chain, and one for the chain without each channel. */
  weights(): MarkovWeights {
    const whole = this.#conversionProbability(undefined);
    const effects = [...this.#indexes].map(([channel, index]) => ({
      channel,
      paths: this.#paths[index] ?? 0,
      // Rounding may leave a channel that changes nothing a hair below 0.
      removalEffect: whole === 0 ? 0 : Math.max(0, 1 - this.#conversionProbability(index) / whole),
    }));
    const sum = effects.reduce((total, { removalEffect }) => total + removalEffect, 0);
    return {
      channels: effects.map((each) => ({
        ...each,
        share: sum === 0 ? 0 : each.removalEffect / sum,
      })),
      conversionProbability: whole,
      convertingPaths: this.#convertingPaths,
      nullPaths: this.#nullPaths,
    };
  }

  /** (I - Q) x = R for the channels that are left; a step to the removed one ends in nothing. */
  #conversionProbability(removed: number | undefined): number {
    if (this.#start.total === 0) return 0;
    const kept = [...this.#leaving.keys()].filter((index) => index !== removed);
    const place = new Map(kept.map((index, at) => [index, at]));
    const matrix = kept.map((index, at) => {
      const row = kept.map((_, column) => Number(column === at));
      const { to, total } = this.#leaving[index] ?? leaving();
      for (const [next, count] of to) {
        const column = place.get(next);
        if (column !== undefined) row[column] = (row[column] ?? 0) - count / total;
      }
      return row;
    });
    const right = kept.map((index) => {
      const { toConversion, total } = this.#leaving[index] ?? leaving();
      return toConversion / total;
    });
    const solution = solve(matrix, right);
    let probability = 0;
    for (const [next, count] of this.#start.to) {
      const at = place.get(next);
      if (at !== undefined) probability += (count / this.#start.total) * (solution[at] ?? 0);
    }
    return probability;
  }

  #indexOf(channel: string): number {
    const known = this.#indexes.get(channel);
    if (known !== undefined) return known;
    const index = this.#leaving.length;
    this.#indexes.set(channel, index);
    this.#leaving.push(leaving());
    this.#paths.push(0);
    return index;
  }
}

function leaving(): Leaving {
  return { to: new Map(), toConversion: 0, total: 0 };
}
