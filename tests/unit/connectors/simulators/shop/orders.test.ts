import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../../../connectors/simulators/shop/world.ts';
import type { Order } from '../../../../../connectors/simulators/shop/order-records.ts';

const DAY = 86_400_000;
const world = createWorld({ seed: 5, orders: 4000, days: 120, startDate: '2026-03-01' });
const lives: readonly Order[] = Array.from({ length: 4000 }, (_, index) =>
  world.orders.life(index),
);
const END = Date.parse('2027-06-01T00:00:00Z');

describe('an order', () => {
  test('adds up: lines, discounts, shipping, refunds', () => {
    for (const { index, lines, totals, coupon, shipping, events } of lives) {
      const subtotal = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
      const refunded = events.reduce((sum, event) => {
        return event.kind === 'refunded' ? sum + event.refund.amount : sum;
      }, 0);

      expect(totals.subtotal, `order ${index}`).toBe(subtotal);
      expect(totals.couponDiscount).toBe(coupon?.discount ?? 0);
      expect(totals.total).toBe(
        subtotal - totals.couponDiscount - totals.paymentDiscount + shipping.price,
      );
      expect(totals.total).toBeGreaterThanOrEqual(0);
      expect(refunded).toBeLessThanOrEqual(totals.total);
    }
  });

  test('that is given back as a whole gives back all of its money', () => {
    const whole = lives.filter(({ index }) => {
      return world.orders.at(index, END)?.paymentStatus === 'refunded';
    });

    expect(whole.length).toBeGreaterThan(20);
    for (const { index, totals } of whole) {
      expect(world.orders.at(index, END)?.refundedAmount).toBe(totals.total);
    }
  });

  test('lives forwards: events in order, paid once, shipped after payment, nothing after two months', () => {
    for (const { index, placedAt, events } of lives) {
      const instants = events.map(({ at }) => at);
      const atOf = (kind: string) => events.find((event) => event.kind === kind)?.at;
      const [paid, shipped, delivered] = [atOf('paid'), atOf('shipped'), atOf('delivered')];

      expect(instants, `order ${index}`).toEqual(instants.toSorted((a, b) => a - b));
      expect(events[0]).toEqual({ kind: 'placed', at: placedAt });
      expect(events.filter(({ kind }) => kind === 'paid').length).toBeLessThanOrEqual(1);
      if (shipped !== undefined) expect(shipped).toBeGreaterThan(paid ?? Infinity);
      if (delivered !== undefined) expect(delivered).toBeGreaterThan(shipped ?? Infinity);
      expect((instants.at(-1) ?? 0) - placedAt).toBeLessThan(61 * DAY);
    }
  });

  test('is seen at an instant without what came later', () => {
    const late = lives.find(({ events }) => events.some(({ kind }) => kind === 'refunded'));
    const refund = late?.events.find(({ kind }) => kind === 'refunded')?.at ?? 0;

    const before = world.orders.at(late?.index ?? 0, refund - 1);
    const after = world.orders.at(late?.index ?? 0, refund);

    expect(before?.refunds).toEqual([]);
    expect(after?.refunds).toHaveLength(1);
    expect(after?.updatedAt).toBe(refund);
    expect(world.orders.at(late?.index ?? 0, (late?.placedAt ?? 0) - 1)).toBeUndefined();
  });

  test('of Pix and boleto waits, is paid days later or runs out', () => {
    const boletos = lives.filter(({ payment }) => payment.method === 'boleto');
    const paidAfter = boletos.flatMap(({ placedAt, events }) => {
      const paid = events.find(({ kind }) => kind === 'paid');
      return paid === undefined ? [] : [(paid.at - placedAt) / DAY];
    });
    const expired = lives.filter(({ events }) => events.some(({ kind }) => kind === 'expired'));

    expect(paidAfter.filter((days) => days > 1).length).toBeGreaterThan(50);
    expect(Math.max(...paidAfter)).toBeLessThan(7);
    expect(expired.every(({ payment }) => payment.method !== 'card')).toBe(true);
    expect(expired.length / lives.length).toBeGreaterThan(0.05);
  });

  test('has line ids that no other order has', () => {
    const ids = lives.flatMap(({ lines }) => lines.map(({ id }) => id));

    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('people are invented', () => {
  test('e-mail at example.com, mobile numbers that begin with 90, CPFs of nobody with right digits', () => {
    for (const { contact } of lives) {
      const digits = contact.document.replace(/\D/g, '');

      expect(contact.email.trim().toLowerCase()).toMatch(/@example\.com(\.br)?$/);
      expect(contact.phone.replace(/\D/g, '')).toMatch(/^$|^(55)?\d\d90\d{7}$/);
      expect(digits).toMatch(/^$|^00\d{9}$/);
      if (digits !== '') expect(digits.slice(9)).toBe(checkDigits(digits.slice(0, 9)));
    }
  });

  test('and come back: some once, some often, some as guests or with a second account', () => {
    const orders = lives.length;
    const perPerson = new Map<number, number>();
    for (const { index } of lives) {
      const person = world.truth.personOf(index);
      perPerson.set(person, (perPerson.get(person) ?? 0) + 1);
    }
    const counts = [...perPerson.values()];
    const guests = lives.filter(({ accountId }) => accountId === undefined).length / orders;
    const seconds = lives.filter(({ accountId = 1 }) => accountId % 2 === 0).length / orders;

    expect(counts.filter((count) => count === 1).length / counts.length).toBeCloseTo(0.6, 1);
    expect(Math.max(...counts)).toBe(9);
    expect(guests).toBeCloseTo(0.12, 1);
    expect(seconds).toBeGreaterThan(0.01);
    for (const [person, count] of perPerson) {
      expect(world.truth.ordersOf(person)).toHaveLength(count);
    }
  });
});

/** The two check digits of nine, by the rule of the Receita Federal. */
function checkDigits(nine: string): string {
  const next = (digits: string) => {
    const sum = Array.from(digits).reduce((total, digit, place) => {
      return total + Number(digit) * (digits.length + 1 - place);
    }, 0);
    const rest = sum % 11;
    return String(rest < 2 ? 0 : 11 - rest);
  };
  const first = next(nine);
  return first + next(nine + first);
}
