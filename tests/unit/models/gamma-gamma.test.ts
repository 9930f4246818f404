import { expect, test } from 'vitest';
import { digamma, logGamma } from '../../../models/_compute/gamma.ts';
import {
  PurchaseValues,
  expectedValue,
  fitGammaGamma,
  predictsValues,
} from '../../../models/_compute/gamma-gamma.ts';
import { minimise } from '../../../models/_compute/minimise.ts';
import { gammaNumber, randomNumbers } from '../../support/purchase-simulator.ts';

test('ln Γ and its derivative at values that are known', () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n += 1) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
  expect(logGamma(1e-8)).toBeCloseTo(18.420_680_738_180_209, 10);
  expect(logGamma(1e5) / 1_051_287.708_973_656_9).toBeCloseTo(1, 14);
  expect(digamma(1)).toBeCloseTo(-0.577_215_664_901_532_9, 13);
  expect(digamma(0.5)).toBeCloseTo(-1.963_510_026_021_423_5, 13);
  expect(digamma(100)).toBeCloseTo(4.600_161_852_738_087, 13);
});

test('the valley of Rosenbrock is followed to its lowest point', () => {
  const found = minimise(
    ([x = 0, y = 0]) => ({
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
    }),
    [-1.2, 1],
    { tolerance: 1e-9, mostSteps: 200 },
  );
  expect(found.isConverged).toBe(true);
  expect(found.point[0]).toBeCloseTo(1, 8);
  expect(found.point[1]).toBeCloseTo(1, 8);
});

test('a search down a slope without end stops where it is told to', () => {
  let evaluations = 0;
  const slope = ([x = 0]: readonly number[]) => {
    evaluations += 1;
    return { value: Math.exp(-x), gradient: [-Math.exp(-x)] };
  };

  const found = minimise(slope, [0], { tolerance: 0, mostSteps: 500, farthest: 10 });

  expect(found.isConverged).toBe(false);
  expect(found.point[0]).toBeGreaterThan(10);
  expect(evaluations).toBeLessThan(40);
});

test('customers made by known parameters give them back, in any currency', () => {
  const random = randomNumbers(5);
  const [reais, cents] = [new PurchaseValues(), new PurchaseValues()];
  for (let customer = 0; customer < 20_000; customer += 1) {
    const frequency = 1 + Math.floor(random() ** 3 * 30);
    const rate = gammaNumber(3.74, random) / 15.44;
    const mean = gammaNumber(6.25 * frequency, random) / rate / frequency;
    reais.add(frequency, mean);
    cents.add(frequency, mean * 100);
  }
  const [fit, other] = [fitGammaGamma(reais), fitGammaGamma(cents)];

  expect(fit.isConverged).toBe(true);
  expect(Math.abs(fit.p / 6.25 - 1)).toBeLessThan(0.05);
  expect(Math.abs(fit.q / 3.74 - 1)).toBeLessThan(0.05);
  expect(Math.abs(fit.v / 15.44 - 1)).toBeLessThan(0.1);
  expect((fit.p * fit.v) / (fit.q - 1) / ((6.25 * 15.44) / 2.74)).toBeCloseTo(1, 2);
  expect(other.v / fit.v / 100).toBeCloseTo(1, 6);
  expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood - 20_000 * Math.log(100), 3);
  expect(Math.abs(reais.correlation())).toBeLessThan(0.03);
});

test('customers without a repeat purchase or without value are left out, and expected to be as all', () => {
  const values = new PurchaseValues();
  values.add(0, 10);
  values.add(2, 0);
  values.add(2, -5);
  values.add(2, Number.NaN);
  expect(values.frequency).toEqual([]);
  const all = expectedValue({ p: 6.25, q: 3.74, v: 15.44 }, 0, 0);
  expect(all).toBeCloseTo((15.44 * 6.25) / 2.74, 12);
});

test('values that do not differ by customer, or have no mean, predict nothing', () => {
  const random = randomNumbers(11);
  const alike = new PurchaseValues();
  const wild = new PurchaseValues();
  for (let customer = 0; customer < 100; customer += 1) {
    const frequency = 1 + (customer % 5);
    alike.add(frequency, 100);
    wild.add(frequency, 10 / random() ** 2);
  }

  const [ofAlike, ofWild] = [fitGammaGamma(alike), fitGammaGamma(wild)];

  expect(predictsValues(ofAlike)).toBe(false);
  expect(ofWild.q).toBeLessThan(1);
  expect(predictsValues(ofWild)).toBe(false);
  expect(alike.meanOfPurchases()).toBeCloseTo(100, 9);
});
