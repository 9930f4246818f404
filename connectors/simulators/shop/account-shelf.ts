import { unit } from '../random.ts';
import { DAY } from './calendar.ts';
import { Kept } from '../kept.ts';
import { orderOf } from './orders.ts';
import type { Account, DeletedAccount } from './people-records.ts';
import { personOfAccount } from './people.ts';
import { personAt } from './identity.ts';
import { typedContact } from './person.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { AccountShelf, Window } from './world-records.ts';

/** Accounts whose owners have them removed, ten to forty days after their last order. */
const DELETED = 0.003;
const DELETED_AFTER = 10 * DAY;
const DELETED_BEFORE = 40 * DAY;

/** Windows are kept while they are paged. */
const KEPT = {
  most: 6,
  weightOf: (accounts: readonly ChangedAccount[]) => accounts.length,
  heaviest: 500_000,
};

/** An account in a window, and when it is removed. */
interface ChangedAccount {
  readonly id: number;
  readonly deletedAt: number;
}

/** Customers' accounts. An account exists from its first order on and changes with every order. */
export function accountShelf(base: ShopBase): AccountShelf {
  const kept = new Kept<string, readonly ChangedAccount[]>(KEPT);
  const at = (id: number, now: number) => accountAt(base, id, now);
  const changed = (window: Window, now: number): readonly ChangedAccount[] => {
    const orders = base.sales.countBefore(now + 1);
    const key = `${window.from} ${window.to} ${orders}`;
    const found = kept.of(key, () => changedAccounts(base, window, orders));
    return found.filter(({ deletedAt }) => deletedAt > now);
  };
  return {
    at,
    changed(window, now, { offset, limit }) {
      const found = changed(window, now);
      const items = found.slice(offset, offset + limit).flatMap(({ id }) => at(id, now) ?? []);
      return { total: found.length, items };
    },
    deleted: (window, now) => deletedAccounts(base, window, now),
  };
}

/** When an account is removed; `undefined` for those that stay. */
function deletedAtOf(base: ShopBase, id: number, orders: readonly number[]): number | undefined {
  if (unit(base.seed, TAG.account, id, 2) >= DELETED) return undefined;
  const last = base.sales.instantOf(orders.at(-1) ?? 0);
  const wait =
    DELETED_AFTER + unit(base.seed, TAG.account, id, 3) * (DELETED_BEFORE - DELETED_AFTER);
  return last + Math.floor(wait / 1000) * 1000;
}

function accountAt(base: ShopBase, id: number, now: number): Account | undefined {
  if (!Number.isInteger(id) || id < 1) return undefined;
  const all = base.people.ordersOfAccount(id);
  const known = all.filter((index) => base.sales.instantOf(index) <= now);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const deletedAt = deletedAtOf(base, id, all);
  if (deletedAt !== undefined && deletedAt <= now) return undefined;
  const personId = personOfAccount(id);
  const person = personAt(base, personId);
  const isSecond = id === personId * 2 + 2;
  const form = isSecond ? { ...person, email: person.otherEmail } : person;
  return {
    id,
    personId: person.id,
    contact: typedContact(base.seed, form, first),
    firstName: person.firstName,
    lastName: person.lastName,
    address: person.address,
    birthDate: person.birthDate,
    gender: person.gender,
    acceptsMarketing: unit(base.seed, TAG.account, id, 4) < 0.6,
    createdAt: base.sales.instantOf(first) - 90_000,
    updatedAt: base.sales.instantOf(last),
    orderCount: known.length,
    totalSpent: known.reduce((sum, index) => sum + orderOf(base, index).totals.total, 0),
    lastOrderIndex: last,
  };
}

/** Accounts with an order in the window and none after it among those that exist, in the order of it. */
function changedAccounts(base: ShopBase, window: Window, orders: number): ChangedAccount[] {
  const { sales, people } = base;
  const until = Math.min(orders, sales.countBefore(window.to));
  const found: ChangedAccount[] = [];
  for (let index = sales.countBefore(window.from); index < until; index += 1) {
    const id = people.accountOf(index);
    if (id === undefined) continue;
    const own = people.ordersOfAccount(id);
    if (own.findLast((one) => one < orders) !== index) continue;
    found.push({ id, deletedAt: deletedAtOf(base, id, own) ?? Number.POSITIVE_INFINITY });
  }
  return found;
}

function deletedAccounts(base: ShopBase, window: Window, now: number): DeletedAccount[] {
  const { sales, people } = base;
  const until = sales.countBefore(window.to - DELETED_AFTER);
  const found: DeletedAccount[] = [];
  for (let index = sales.countBefore(window.from - DELETED_BEFORE); index < until; index += 1) {
    const id = people.accountOf(index);
    if (id === undefined || unit(base.seed, TAG.account, id, 2) >= DELETED) continue;
    const orders = people.ordersOfAccount(id);
    const deletedAt = deletedAtOf(base, id, orders) ?? Number.POSITIVE_INFINITY;
    const isInside = deletedAt >= window.from && deletedAt < window.to && deletedAt <= now;
    if (orders.at(-1) === index && isInside) found.push({ id, deletedAt });
  }
  return found.toSorted((left, right) => left.deletedAt - right.deletedAt || left.id - right.id);
}
