import { unit } from '../random.ts';
import { personOfSeed } from './person.ts';
import type { Person } from './person.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';

/** Customers of a shop that buy in the group's other shops too. */
const SHARED = 0.15;

/** Numbers of the people of one shop; more than the largest shop has. */
const PEOPLE_PER_STORE = 3_000_000;

/** A person of a shop, whose `id` is the one in the whole group. */
export function personAt(base: ShopBase, local: number): Person {
  return personOfSeed(base.options.group, identityOf(base, local));
}

/** The number in the group of a person of the shop: the same one in each shop for those who buy in all. */
export function identityOf({ options }: ShopBase, local: number): number {
  const isShared = unit(options.group, TAG.person, local, 2) < SHARED;
  return isShared ? local : local + options.store * PEOPLE_PER_STORE;
}

/** The number in the shop of a person of the group. */
export function localPersonOf({ options }: ShopBase, identity: number): number {
  const offset = options.store * PEOPLE_PER_STORE;
  return identity < offset ? identity : identity - offset;
}
