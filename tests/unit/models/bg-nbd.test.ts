import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaQuadrature } from '../../../models/_compute/beta-quadrature.ts';
import { bgNbdLogLikelihood, fitBgNbd } from '../../../models/_compute/bg-nbd-fit.ts';
import { BgNbd } from '../../../models/_compute/bg-nbd.ts';
import { expectedValue } from '../../../models/_compute/gamma-gamma.ts';
import { lifetimeValue } from '../../../models/_compute/lifetime-value.ts';
import { PurchaseSummaries } from '../../../models/_compute/purchase-summaries.ts';
import type { PublishedLifetimeValue } from '../../support/published-lifetime-value.ts';
import { randomNumbers, simulatedCustomers } from '../../support/purchase-simulator.ts';

const CDNOW = JSON.parse(
  readFileSync(
    new URL('../../fixtures/analytics/F3_bgnbd_published.json', import.meta.url),
    'utf8',
  ),
) as PublishedLifetimeValue;

/** Equal but for the last digits of a double. */
function expectSame(actual: number, expected: number): void {
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(1e-10);
}

describe('the published parameters of CDNOW', () => {
  const model = new BgNbd(CDNOW.params.bgnbd);

  test.each(CDNOW.expected.customers)('customer $id', (customer) => {
    const summary = { frequency: customer.frequency, recency: customer.recency, age: customer.T };
    const expected = (weeks: number) => model.expectedPurchases(summary, weeks);
    const value = expectedValue(CDNOW.params.gamma_gamma, customer.frequency, customer.monetary);
    const year = { periods: 12, length: 4.345, discount: 0.01 };

    expectSame(model.aliveProbability(summary), customer.p_alive);
    expectSame(expected(39), customer.expected_39_weeks);
    expectSame(value, customer.expected_avg_value);
    expectSame(lifetimeValue(expected, value, year), customer.clv_12m_d1pct);
  });

  test.each(Object.entries(CDNOW.expected.unconditional_E))(
    'new customers in %s weeks',
    (weeks, expected) => {
      expectSame(model.expectedOfNew(Number(weeks)), expected);
    },
  );

  test('the probability of no purchase in 39 weeks is the published one', () => {
    expect(model.noPurchaseProbability(39)).toBeCloseTo(Number(CDNOW.published['P(X(39)=0)']), 6);
  });
});

/** The published closed form, its 2F1 summed term by term. */
function closedForm(
  { r, alpha, a, b }: PublishedLifetimeValue['params']['bgnbd'],
  { frequency: x, age }: { frequency: number; age: number },
  time: number,
): number {
  const z = time / (alpha + age + time);
  let [term, series] = [1, 1];
  for (let n = 0; n < 100_000 && term > 1e-18 * series; n += 1) {
    term *= (((r + x + n) * (b + x + n)) / (a + b + x - 1 + n) / (n + 1)) * z;
    series += term;
  }
  return (
    ((a + b + x - 1) / (a - 1)) * (1 - ((alpha + age) / (alpha + age + time)) ** (r + x) * series)
  );
}

test('what is expected equals the closed form wherever that can be computed', () => {
  const parameters = fc.record({
    r: fc.double({ min: 0.1, max: 5, noNaN: true }),
    alpha: fc.double({ min: 0.5, max: 200, noNaN: true }),
    a: fc.oneof(
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      fc.double({ min: 1.1, max: 4, noNaN: true }),
    ),
    b: fc.double({ min: 1, max: 8, noNaN: true }),
  });
  fc.assert(
    fc.property(
      parameters,
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 1, max: 700, noNaN: true }),
      fc.double({ min: 1, max: 365, noNaN: true }),
      (given, frequency, age, time) => {
        const summary = { frequency, recency: frequency === 0 ? 0 : age, age };
        const model = new BgNbd(given);
        const when = model.expectedPurchases(summary, time) / model.aliveProbability(summary);
        expect(Math.abs(when / closedForm(given, summary, time) - 1)).toBeLessThan(1e-6);
      },
    ),
  );
});

test('the rule for Beta averages polynomials exactly', () => {
  const { points, weights } = betaQuadrature(0.793, 2.426, 12);
  const moment = (power: number) =>
    points.reduce((sum, p, at) => sum + (weights[at] ?? 0) * p ** power, 0);
  let exact = 1;
  for (let power = 0; power < 23; power += 1) {
    expectSame(moment(power), exact);
    exact *= (0.793 + power) / (0.793 + 2.426 + power);
  }
});

describe('fitting', () => {
  const fitted = (parameters: PublishedLifetimeValue['params']['bgnbd'], customers: number) => {
    const summaries = new PurchaseSummaries();
    const random = randomNumbers(7);
    for (const each of simulatedCustomers(parameters, { customers, longest: 78, random }))
      summaries.add(each);
    return { summaries, fit: fitBgNbd(summaries) };
  };

  test('customers made by known parameters give them back', () => {
    const { fit } = fitted({ r: 0.6, alpha: 5, a: 0.8, b: 2.4 }, 40_000);

    expect(fit).toMatchObject({ isConverged: true, isDegenerate: false });
    expect(Math.abs(fit.r / 0.6 - 1)).toBeLessThan(0.03);
    expect(Math.abs(fit.alpha / 5 - 1)).toBeLessThan(0.04);
    expect(Math.abs(fit.a / (fit.a + fit.b) / 0.25 - 1)).toBeLessThan(0.03);
  });

  test('no neighbour of the fit is likelier, and the likelihood is that of the data', () => {
    const { fit, summaries } = fitted(CDNOW.params.bgnbd, 3000);

    expectSame(bgNbdLogLikelihood(fit, summaries), fit.logLikelihood);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      for (const factor of [0.999, 1.001])
        expect(bgNbdLogLikelihood({ ...fit, [name]: fit[name] * factor }, summaries)).toBeLessThan(
          fit.logLikelihood,
        );
  });

  test('the unit of time changes alpha alone', () => {
    const [days, weeks] = [new PurchaseSummaries(), new PurchaseSummaries()];
    for (const each of simulatedCustomers(CDNOW.params.bgnbd, {
      customers: 3000,
      longest: 78,
      random: randomNumbers(3),
    })) {
      weeks.add(each);
      days.add({ ...each, recency: each.recency * 7, age: each.age * 7 });
    }
    const [byDay, byWeek] = [fitBgNbd(days), fitBgNbd(weeks)];
    expect(byDay.alpha / 7 / byWeek.alpha).toBeCloseTo(1, 6);
    expect(byDay.r / byWeek.r).toBeCloseTo(1, 6);
    expect(byDay.b / byWeek.b).toBeCloseTo(1, 5);
  });

  test('the customers of Online Retail to 2011-06-30 leave no trace of leaving', () => {
    const summaries = new PurchaseSummaries();
    const customers = onlineRetailCustomers('2011-06-30');
    for (const each of customers) summaries.add(each);
    const fit = fitBgNbd(summaries);
    const model = new BgNbd(fit);
    const expected = customers.reduce((sum, each) => sum + model.expectedPurchases(each, 162), 0);

    expect(fit).toMatchObject({ isConverged: true, isDegenerate: true });
    expect(fit.logLikelihood).toBeCloseTo(-25_086.14, 2);
    expect(fit.r).toBeCloseTo(0.744_21, 5);
    expect(fit.alpha).toBeCloseTo(63.332, 3);
    expect(expected).toBeCloseTo(5634.8, 1);
    expect(customers.every((each) => model.aliveProbability(each) === 1)).toBe(true);
  });

  test('a summary that no customer can have is refused', () => {
    const summaries = new PurchaseSummaries();
    expect(() => summaries.add({ frequency: 2, recency: 9, age: 8 })).toThrow(RangeError);
    expect(() => summaries.add({ frequency: 0, recency: 1, age: 8 })).toThrow(RangeError);
    expect(() => summaries.add({ frequency: 0.5, recency: 1, age: 8 })).toThrow(RangeError);
  });
});

/** Invoice, quantity, day, price and customer of a line of the example's file. */
const LINE = /^"([^"]*)","[^"]*",(?:"(?:[^"]|"")*")?,(-?\d+),(\S{10}) \S+,(-?[\d.]+),(\d+),/;

/** Customers by the days on which they bought, up to a day. */
function onlineRetailCustomers(lastDay: string) {
  const path = new URL(
    '../../../examples/online_retail/data/online_retail.csv.gz',
    import.meta.url,
  );
  const end = Date.parse(lastDay) / 86_400_000;
  const days = new Map<string, Set<number>>();
  for (const line of gunzipSync(readFileSync(path)).toString('utf8').split('\n')) {
    const [, invoice = '', quantity, date = '', price, customer] = LINE.exec(line) ?? [];
    const isSale = !invoice.startsWith('C') && Number(quantity) > 0 && Number(price) > 0;
    if (customer === undefined || !isSale || date > lastDay) continue;
    days.set(customer, (days.get(customer) ?? new Set()).add(Date.parse(date) / 86_400_000));
  }
  return [...days.values()].map((each) => {
    const [first, last] = [Math.min(...each), Math.max(...each)];
    return { frequency: each.size - 1, recency: last - first, age: end - first };
  });
}
