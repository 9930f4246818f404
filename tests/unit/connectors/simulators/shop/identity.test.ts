import { expect, test } from 'vitest';
import type { ShopWorld } from '../../../../../connectors/simulators/shop/world-records.ts';
import { createWorld } from '../../../../../connectors/simulators/shop/world.ts';

const shop = (seed: number, store: 0 | 1 | 2) =>
  createWorld({ seed, orders: 1200, days: 90, startDate: '2026-05-01', group: 77, store });

/** The digits of a CPF by person, where somebody typed one. */
function documentsOf(world: ShopWorld): Map<number, string> {
  const documents = new Map<number, string>();
  for (let index = 0; index < 1200; index += 1) {
    const digits = world.orders.life(index).contact.document.replace(/\D/g, '');
    if (digits !== '') documents.set(world.truth.personOf(index), digits);
  }
  return documents;
}

test('shops of a group share some customers, whose numbers are theirs in each, and no others', () => {
  const first = documentsOf(shop(1, 0));
  const second = documentsOf(shop(2, 1));
  const shared = [...first].filter(([person]) => second.has(person));
  const firstOnly = new Set(
    [...first].flatMap(([person, own]) => (second.has(person) ? [] : [own])),
  );
  const alike = [...second].filter(([person, own]) => !first.has(person) && firstOnly.has(own));

  expect(shared.length / first.size).toBeCloseTo(0.15, 1);
  expect(shared.length).toBeGreaterThan(20);
  for (const [person, document] of shared) expect(second.get(person)).toBe(document);
  expect(alike).toEqual([]);
});

test('a person is found by the number that the group knows', () => {
  const world = shop(3, 2);

  for (let index = 0; index < 1200; index += 7) {
    expect(world.truth.ordersOf(world.truth.personOf(index))).toContain(index);
  }
});

test('shops of a group have names and domains of their own', () => {
  const [one, two] = [shop(1, 0), shop(2, 1)];

  expect([one.shop.name, two.shop.name]).toEqual(['Loja Aurora', 'Aurora Casa']);
  expect(two.orders.life(3).visit.landingUrl).toMatch(/^https:\/\/auroracasa\.example\.com\//);
});
