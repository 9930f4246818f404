import { describe, expect, test } from 'vitest';
import { renderChart } from '../../../../cli/commands/alerts/chart/render-chart.ts';
import { sparkline } from '../../../../cli/commands/alerts/chart/sparkline.ts';
import type { RuleFigures } from '../../../../cli/commands/alerts/rules/rule-figures.ts';

const VALUES = ['40', '41.5', null, '39', '61.2'];

function figures(more: Partial<RuleFigures> = {}): RuleFigures {
  const series = VALUES.map((value, index) => ({ day: `2026-11-2${index + 1}`, value }));
  return {
    rule: 'cac',
    label: 'CAC',
    model: 'rpt_daily_performance',
    column: 'cac_blended',
    dimension: null,
    day: '2026-11-25',
    verdict: 'out_of_range',
    value: '61.2',
    expected: '40',
    change_pct: '53.00',
    limit_pct: 20,
    direction: 'increase',
    compare: 'moving_window',
    history: [
      { day: '2026-11-22', value: '41.5' },
      { day: '2026-11-21', value: '40' },
    ],
    series,
    ...more,
  };
}

async function drawn(found: readonly RuleFigures[], locale = '') {
  const chart = await renderChart(found, locale);
  if (chart === undefined) return expect.fail('there is a picture');
  const png = Buffer.from(chart.png);
  return {
    ...chart,
    png,
    // https://www.w3.org/TR/png/#11IHDR
    pixels: [png.readUInt32BE(16), png.readUInt32BE(20)],
  };
}

describe('the picture of metrics', () => {
  test.each([
    [1, 170],
    [2, 340],
    [9, 1020],
  ])('of %i findings is a PNG of 600 by %i, with twice as many pixels', async (count, height) => {
    const chart = await drawn(Array.from({ length: count }, () => figures()));

    expect(chart.png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    expect(chart.png.subarray(12, 16).toString('latin1')).toBe('IHDR');
    expect([chart.width, chart.height]).toEqual([600, height]);
    expect(chart.pixels).toEqual([1200, 2 * height]);
  });

  test('shows its words with a font of its own, its values, and the day in the order of the language', async () => {
    const plain = await drawn([figures()]);
    const again = await drawn([figures()]);
    const others = await Promise.all([
      drawn([figures({ label: 'ROAS' })]),
      drawn([figures({ dimension: 'Ação' })]),
      drawn([figures({ value: '62' })]),
      drawn([figures({ expected: '41' })]),
      drawn([figures({ history: [] })]),
      drawn([figures()], 'pt-BR'),
    ]);

    expect(again.png.equals(plain.png)).toBe(true);
    for (const other of others) expect(other.png.equals(plain.png)).toBe(false);
  });

  test('is drawn of nothing but unknown values, and not at all of no finding', async () => {
    const series = [{ day: '2026-11-25', value: null }];
    const empty = figures({ value: null, expected: null, change_pct: null, history: [], series });

    expect((await drawn([empty])).pixels).toEqual([1200, 340]);
    expect(await renderChart([], '')).toBeUndefined();
  });
});

test.each([
  [['1', '2', null, '8'], '▁▂ █'],
  [['5', '5', '5'], '▅▅▅'],
  [['-3', '0', '3'], '▁▅█'],
  [[null], ' '],
])('%j is drawn as `%s`', (values, line) => {
  expect(sparkline(values)).toBe(line);
});
