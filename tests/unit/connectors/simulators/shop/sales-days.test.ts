import { describe, expect, test } from 'vitest';
import { shopCalendar } from '../../../../../connectors/simulators/shop/calendar.ts';
import { People } from '../../../../../connectors/simulators/shop/people.ts';
import { Permutation } from '../../../../../connectors/simulators/shop/permutation.ts';
import { SalesDays } from '../../../../../connectors/simulators/shop/sales-days.ts';

describe('the calendar of a zone', () => {
  test('knows days of 23 and 25 hours', () => {
    const calendar = shopCalendar('America/Sao_Paulo');
    const hours = (date: string) =>
      (calendar.startOf(calendar.addDays(date, 1)) - calendar.startOf(date)) / 3_600_000;

    expect(hours('2018-11-03')).toBe(24);
    expect(hours('2018-11-04')).toBe(23);
    expect(hours('2019-02-16')).toBe(25);
    expect(hours('2026-07-01')).toBe(24);
  });

  test('reads the wall clock', () => {
    const calendar = shopCalendar('America/Sao_Paulo');

    expect(calendar.wallClock(Date.parse('2026-10-01T02:40:00Z'))).toBe('2026-09-30 23:40:00');
    expect(calendar.dateOf(Date.parse('2026-10-01T02:40:00Z'))).toBe('2026-09-30');
    expect(shopCalendar('Asia/Tokyo').startOf('2026-10-01')).toBe(
      Date.parse('2026-09-30T15:00:00Z'),
    );
  });
});

describe('sales over days', () => {
  const calendar = shopCalendar('America/Sao_Paulo');
  const place = { seed: 4, days: 60, startDate: '2026-10-15', calendar };
  const sales = new SalesDays({ ...place, count: 9000 });

  test('give every number a day and an instant that never goes back', () => {
    let before = 0;
    for (let index = 0; index < 9000; index += 1) {
      const instant = sales.instantOf(index);
      expect(instant).toBeGreaterThanOrEqual(before);
      expect(sales.dayAt(instant)).toBe(sales.dayOf(index));
      before = instant;
    }
  });

  test('count what happened before an instant', () => {
    const instants = Array.from({ length: 9000 }, (_, index) => sales.instantOf(index));
    for (const instant of [instants[0] ?? 0, (instants[4321] ?? 0) + 1, instants[8999] ?? 0]) {
      expect(sales.countBefore(instant)).toBe(instants.filter((one) => one < instant).length);
    }
    expect(sales.countBefore(0)).toBe(0);
    expect(sales.countBefore(Infinity)).toBe(9000);
  });

  test('are busiest on Black Friday and in the evening, and quiet at night', () => {
    const counts = Array.from({ length: 60 }, (_, day) => sales.countOf(day));
    const busiest = counts.indexOf(Math.max(...counts));
    const evening = sales.shareBy(busiest, sales.startOf(busiest) + 23 * 3_600_000);
    const beforeEvening = sales.shareBy(busiest, sales.startOf(busiest) + 20 * 3_600_000);
    const night = sales.shareBy(busiest, sales.startOf(busiest) + 6 * 3_600_000);

    expect(calendar.addDays('2026-10-15', busiest)).toBe('2026-11-27');
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9000);
    expect(evening - beforeEvening).toBeGreaterThan(night);
  });
});

describe('who ordered what', () => {
  test.each([1, 2, 3, 40, 1000, 4097])('a shuffle of %i is one to one, and goes back', (size) => {
    const shuffle = new Permutation(size, 9, 1);
    const places = Array.from({ length: size }, (_, value) => shuffle.forward(value));

    expect(new Set(places).size).toBe(size);
    expect(places.map((place) => shuffle.backward(place))).toEqual(places.map((_, value) => value));
    expect(Math.max(...places)).toBe(size - 1);
  });

  test.each([1, 7, 100, 999, 6000])(
    'of %i orders each is of one person, who knows it',
    (orders) => {
      const people = new People(6, orders);
      const known = Array.from({ length: people.count }, (_, person) => people.ordersOf(person));

      expect(known.flat().toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: orders }, (_, index) => index),
      );
      known.forEach((own, person) => {
        expect(own.length).toBeGreaterThan(0);
        for (const index of own) expect(people.personOf(index)).toBe(person);
      });
    },
  );

  test('new people come all the time', () => {
    const people = new People(6, 40_000);
    const seen = new Set<number>();
    const fresh = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let index = 0; index < 40_000; index += 1) {
      const person = people.personOf(index);
      if (!seen.has(person))
        fresh[Math.floor(index / 5000)] = (fresh[Math.floor(index / 5000)] ?? 0) + 1;
      seen.add(person);
    }

    for (const count of fresh) expect(count).toBeGreaterThan(5000 * 0.25);
    expect(fresh[7]).toBeLessThan(fresh[0] ?? 0);
  });
});
