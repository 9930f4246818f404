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

/** Mixes whole numbers into one of 32 bits (the finaliser of MurmurHash3, once for each part). */
export function mix(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = scramble(hash ^ (part >>> 0));
    const high = Math.floor(part / 4294967296);
    if (high !== 0) hash = scramble(hash ^ high);
  }
  return hash >>> 0;
}

function scramble(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) + 0x6d2b79f5;
}

/** A generator of its own for each combination of parts; combinations do not influence each other. */
export function randomOf(...parts: readonly number[]): Random {
  return new SeededRandom(mix(...parts));
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
