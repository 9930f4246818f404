import { expect, test } from 'vitest';
import { lastCompleteDay } from '../../../../cli/commands/alerts/rules/last-complete-day.ts';
import { cortex, createDirectory } from '../../../support/command-line.ts';

const COLUMNS = {
  rpt_daily_performance: ['date_key', 'cac_blended', 'roas_blended', 'revenue', 'orders'],
  rpt_channel_performance: ['date_key', 'channel', 'attribution_model', 'roas'],
};

/** Parses a project of the two reports with the given rules. */
async function parsed(rules: string) {
  const models = Object.entries(COLUMNS).map(([name, columns]) => ({
    name,
    columns: columns.map((column) => ({ name: column })),
  }));
  const { path } = createDirectory({
    'cortex_project.yml': `name: shop
alerts:
  channels:
    team: { type: slack, webhook_url: "\${NOT_SET}" }
  rules:
${rules.replaceAll(/^/gm, '    ')}
`,
    'models/_models.yml': JSON.stringify({ version: 2, models }),
    'models/rpt_daily_performance.sql': 'select 1 as date_key',
    'models/rpt_channel_performance.sql': 'select 1 as date_key',
    'models/bare.sql': 'select 1 as id',
    'models/between.sql': '{{config materialized="ephemeral"}}\nselect 1 as id',
  });
  return cortex(['parse', '--color', 'never'], { directory: path });
}

test.each([
  'cac_increase_pct: 20',
  'roas_decrease_pct: 15',
  'revenue_change_pct: 12.5',
  'channel_roas_decrease_pct: 15',
  'own: { model: bare, column: whatever, change_pct: 5, day: id }',
  'own: { model: rpt_daily_performance, column: REVENUE, change_pct: 5, minimum: { orders: 5 } }',
])('the rule `%s` is well formed, and needs no secret of a channel', async (rule) => {
  const { exitCode, stderr } = await parsed(rule);

  expect(stderr).toContain('well formed');
  expect(exitCode).toBe(0);
});

test.each([
  ['cac_increas_pct: 20', 'CX7603', '6:5', 'did you mean `cac_increase_pct`'],
  ['revenu_decrease_pct: 20', 'CX7605', '6:5', 'did you mean `revenue`?'],
  [
    'own: { model: rpt_daily_performace, column: revenue, change_pct: 5 }',
    'CX7604',
    '6:19',
    'did you mean `rpt_daily_performance`?',
  ],
  ['own: { model: between, column: id, change_pct: 5 }', 'CX7604', '6:19', 'ephemeral'],
  [
    'own: { model: rpt_daily_performance, column: revenu, change_pct: 5 }',
    'CX7605',
    '6:50',
    'did you mean `revenue`?',
  ],
  [
    'own: { model: rpt_channel_performance, column: roas, change_pct: 5, by: chanel }',
    'CX7605',
    '6:77',
    'did you mean `channel`?',
  ],
  [
    'own: { model: rpt_daily_performance, column: revenue, change_pct: 5, minimum: { order: 5 } }',
    'CX7605',
    '6:85',
    'did you mean `orders`?',
  ],
  [
    'own: { model: rpt_daily_performance, column: revenue, change_pct: 5, were: { a: 1 } }',
    'CX7601',
    '6:74',
    'did you mean `where`?',
  ],
  [
    'own: { model: rpt_daily_performance, column: revenue }',
    'CX7601',
    '6:10',
    '`rules.own.change_pct` must be a number',
  ],
  [
    'own: { model: rpt_daily_performance, column: revenue, change_pct: 0 }',
    'CX7601',
    '6:71',
    'more than 0',
  ],
])('the rule `%s` is refused as %s at its place', async (rule, code, place, words) => {
  const { exitCode, stderr } = await parsed(rule);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(code);
  expect(stderr).toContain(`cortex_project.yml:${place}`);
  expect(stderr).toContain(words);
});

const nothing = { commandLine: {}, rootPackages: new Map(), root: {}, packages: new Map() };

test.each([
  ['just before midnight in São Paulo', 'America/Sao_Paulo', '2026-11-26T02:59:59Z', '2026-11-24'],
  ['at midnight in São Paulo', 'America/Sao_Paulo', '2026-11-26T03:00:00Z', '2026-11-25'],
  ['at the same moment in Tokyo', 'Asia/Tokyo', '2026-11-26T03:00:00Z', '2026-11-25'],
  [
    'in the evening of UTC, which is the next day in Tokyo',
    'Asia/Tokyo',
    '2026-11-25T20:00:00Z',
    '2026-11-25',
  ],
])('the last complete day %s', (_, timezone, now, day) => {
  const client = { name: '', code: '', timezone, currency: '', locale: '' };
  const project = { variables: nothing, name: 'shop', client };

  expect(lastCompleteDay(project, Date.parse(now))).toBe(day);
});

test('`as_of` stands over the clock, and must be a day', () => {
  const client = { name: '', code: '', timezone: 'UTC', currency: '', locale: '' };
  const project = (asOf: unknown) => ({
    variables: { ...nothing, root: { as_of: asOf } },
    name: 'shop',
    client,
  });

  expect(lastCompleteDay(project('2026-10-31'), 0)).toBe('2026-10-31');
  expect(lastCompleteDay(project(''), Date.parse('2026-11-26T12:00:00Z'))).toBe('2026-11-25');
  expect(() => lastCompleteDay(project('2026-02-30'), 0)).toThrow('as_of');
});
