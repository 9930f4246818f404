import { mix } from '../random.ts';
import { TAG } from './tags.ts';

const ROUNDS = [0, 1, 2, 3] as const;

/** A shuffled order of the numbers below `size` that needs no memory: a Feistel network, walked into range. */
export class Permutation {
  readonly #size: number;
  readonly #key: number;
  readonly #halfBits: number;
  readonly #mask: number;

  constructor(size: number, seed: number, name: number) {
    this.#size = size;
    this.#key = mix(seed, TAG.permutation, name);
    this.#halfBits = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
    this.#mask = 2 ** this.#halfBits - 1;
  }

  /** Where a number goes. */
  forward(value: number): number {
    let result = value;
    do result = this.#encrypt(result);
    while (result >= this.#size);
    return result;
  }

  /** The number that went there. */
  backward(value: number): number {
    let result = value;
    do result = this.#decrypt(result);
    while (result >= this.#size);
    return result;
  }

  #encrypt(value: number): number {
    let left = value >>> this.#halfBits;
    let right = value & this.#mask;
    for (const round of ROUNDS) {
      const next = left ^ this.#round(round, right);
      left = right;
      right = next;
    }
    return (left << this.#halfBits) | right;
  }

  #decrypt(value: number): number {
    let left = value >>> this.#halfBits;
    let right = value & this.#mask;
    for (let round = ROUNDS.length - 1; round >= 0; round -= 1) {
      const before = right ^ this.#round(round, left);
      right = left;
      left = before;
    }
    return (left << this.#halfBits) | right;
  }

  #round(round: number, half: number): number {
    const hash = Math.imul((half ^ this.#key) + round * 0x9e3779b1, 0x85ebca6b);
    return (Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) >>> 7) & this.#mask;
  }
}
