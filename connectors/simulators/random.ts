/** A stream of numbers that a seed decides completely. */
export interface Random {
  /** In [0, 1), with 32 bits. */
  next(): number;
  /** A whole number in [low, high], both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** An index of `weights`, as often as its weight says. */
  weighted(weights: readonly number[]): number;
  /** Around 0 with a standard deviation of 1. */
  normal(): number;
}

/** Mixes whole numbers (their low 32 bits) into one of 32 bits: MurmurHash3's finaliser, once for each. */
export function mix(first: number, second = 0, third = 0, fourth = 0): number {
  let hash = scramble(0x9e3779b9 ^ first);
  hash = scramble(hash ^ second);
  hash = scramble(hash ^ third);
  return scramble(hash ^ fourth) >>> 0;
}

function scramble(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) + 0x6d2b79f5) | 0;
}

/** `mix` as a number in [0, 1). */
export function unit(first: number, second = 0, third = 0, fourth = 0): number {
  return mix(first, second, third, fourth) / 4294967296;
}

/** A generator of its own for each combination of parts; combinations do not influence each other. */
export function randomOf(first: number, second = 0, third = 0, fourth = 0): Random {
  return new SeededRandom(mix(first, second, third, fourth));
}

class SeededRandom implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** mulberry32 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new RangeError('there is nothing to pick from');
    return value;
  }

  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = this.next() * total;
    for (let index = 0; index < weights.length; index += 1) {
      left -= weights[index] ?? 0;
      if (left < 0) return index;
    }
    return weights.length - 1;
  }

  /** The sum of four uniform numbers: near enough to a bell, and cheap. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * 1.7320508;
  }
}
