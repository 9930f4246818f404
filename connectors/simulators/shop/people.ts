import { unit } from '../random.ts';
import { Permutation } from './permutation.ts';
import { TAG } from './tags.ts';

/** How often each of twenty people buys: most once, few often; two orders each on average. */
const PATTERN = [1, 1, 2, 1, 3, 1, 1, 2, 1, 1, 5, 1, 2, 1, 1, 3, 2, 1, 9, 1];
const SLOT_PEOPLE = PATTERN.flatMap((count, person) => Array<number>(count).fill(person));
const FIRST_SLOTS = PATTERN.map((_, person) => SLOT_PEOPLE.indexOf(person));
const SLOTS = SLOT_PEOPLE.length;
const PEOPLE = PATTERN.length;

/** Periods in which the people of a strand of orders come and go; the last ones stay for good. */
const PERIODS = [4, 3, 2, 1];

const GUESTS = 0.12;
const SECOND_ACCOUNTS = 0.07;

/** A stretch of one strand of the orders that belongs to the same people. */
interface Stretch {
  readonly strand: number;
  /** First place in its strand. */
  readonly start: number;
  readonly size: number;
  /** Number of its first person. */
  readonly firstPerson: number;
  readonly shuffle: Permutation;
}

/**
 * Who placed which order, both ways and without a table. Orders are dealt to strands in turn; each strand
 * is cut into stretches of time at places of its own; the orders of a stretch are shuffled and dealt to
 * people by the pattern. So people come back after some time, and come and go at all times.
 */
export class People {
  readonly count: number;
  readonly #seed: number;
  readonly #orders: number;
  readonly #strands: number;
  readonly #stretches: readonly Stretch[];
  readonly #byStrand: readonly (readonly Stretch[])[];

  constructor(seed: number, orders: number) {
    this.#seed = seed;
    this.#orders = orders;
    this.#strands = orders >= 5000 ? 16 : orders >= 500 ? 4 : 1;
    const byStrand: Stretch[][] = [];
    let people = 0;
    for (let strand = 0; strand < this.#strands; strand += 1) {
      const stretches: Stretch[] = [];
      for (const [start, end] of this.#cuts(strand)) {
        const size = end - start;
        const shuffle = new Permutation(size, seed, strand * 100 + stretches.length);
        stretches.push({ strand, start, size, firstPerson: people, shuffle });
        people += peopleIn(size);
      }
      byStrand.push(stretches);
    }
    this.count = people;
    this.#byStrand = byStrand;
    this.#stretches = byStrand.flat();
  }

  /** The person of an order, from 0. */
  personOf(index: number): number {
    const place = Math.floor(index / this.#strands);
    const stretch = lastStarting(this.#byStrand[index % this.#strands] ?? [], 'start', place);
    const slot = stretch.shuffle.forward(place - stretch.start);
    const block = Math.floor(slot / SLOTS);
    return stretch.firstPerson + block * PEOPLE + (SLOT_PEOPLE[slot % SLOTS] ?? 0);
  }

  /** The orders of a person, oldest first. */
  ordersOf(person: number): number[] {
    const stretch = lastStarting(this.#stretches, 'firstPerson', person);
    const local = person - stretch.firstPerson;
    const first = Math.floor(local / PEOPLE) * SLOTS + (FIRST_SLOTS[local % PEOPLE] ?? 0);
    const orders: number[] = [];
    for (let slot = first; slot < first + (PATTERN[local % PEOPLE] ?? 0); slot += 1) {
      if (slot >= stretch.size) break;
      const place = stretch.start + stretch.shuffle.backward(slot);
      orders.push(place * this.#strands + stretch.strand);
    }
    return orders.toSorted((left, right) => left - right);
  }

  /** The account that an order was placed with, from 1; `undefined` for guests. */
  accountOf(index: number, person = this.personOf(index)): number | undefined {
    if (unit(this.#seed, TAG.account, index) < GUESTS) return undefined;
    const isSecond =
      unit(this.#seed, TAG.person, person, 1) < SECOND_ACCOUNTS &&
      unit(this.#seed, TAG.account, index, 1) < 0.5;
    return person * 2 + (isSecond ? 2 : 1);
  }

  /** The orders of an account, oldest first. */
  ordersOfAccount(account: number): number[] {
    const person = personOfAccount(account);
    if (person < 0 || person >= this.count) return [];
    return this.ordersOf(person).filter((index) => this.accountOf(index, person) === account);
  }

  #cuts(strand: number): [number, number][] {
    const length = Math.floor((this.#orders - strand + this.#strands - 1) / this.#strands);
    const periods = this.#strands === 1 ? 1 : (PERIODS[strand % PERIODS.length] ?? 1);
    const size = Math.ceil(length / periods);
    const first = periods === 1 ? length : Math.ceil((size * (strand + 1)) / this.#strands);
    const cuts: [number, number][] = [];
    for (let start = 0, end = first; start < length; start = end, end += size) {
      cuts.push([start, Math.min(end, length)]);
      end = Math.min(end, length);
    }
    return cuts;
  }
}

/** The person behind an account. */
export function personOfAccount(account: number): number {
  return Math.floor((account - 1) / 2);
}

function peopleIn(slots: number): number {
  const rest = slots % SLOTS;
  const inRest = rest === 0 ? 0 : (SLOT_PEOPLE[rest - 1] ?? 0) + 1;
  return Math.floor(slots / SLOTS) * PEOPLE + inRest;
}

function lastStarting(
  stretches: readonly Stretch[],
  by: 'start' | 'firstPerson',
  value: number,
): Stretch {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle]?.[by] ?? Number.POSITIVE_INFINITY) <= value) low = middle;
    else high = middle - 1;
  }
  const found = stretches[low];
  if (found === undefined) throw new RangeError('there are no orders');
  return found;
}
