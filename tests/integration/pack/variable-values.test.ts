import { expect, test } from 'vitest';
import { packProject } from '../../support/pack-project.ts';
import { servers } from '../../support/server.ts';

const AMOUNTS =
  '`net_revenue`, `net_sales`, `gross_sales`, `total_amount` and `contribution_margin`';

/** Each variable of the pack with a few values, a typing error in it, and what the message says. */
const MISTAKES: readonly (readonly [name: string, value: unknown, hint: string])[] = [
  ['revenue_date', 'paymant', 'did you mean `payment`? allowed: `order` and `payment`'],
  ['attribution_amount', 'net', 'allowed: `revenue` and `net_revenue`'],
  ['attribution_reset_after_order', 'no', 'allowed: `true` and `false`'],
  [
    'attribution_models',
    ['linear', 'last_clik'],
    'did you mean `last_click`? allowed: `first_click`, `last_click`, `last_non_direct`, `linear`, `time_decay`, `position_based`, `markov` and `shapley`',
  ],
  ['counted_customers', 'all', 'allowed: `everyone` and `identified`'],
  ['rfm_method', 'ranks', 'did you mean `rank`? allowed: `rank`, `ntile` and `threshold`'],
  ['rfm_monetary', 'net_revenues', `did you mean \`net_revenue\`? allowed: ${AMOUNTS}`],
  ['ltv_amount', 'margin', `allowed: ${AMOUNTS}`],
];

/** What stops the reading of the project, and what the compilation of a model, which comes later. */
const STAGES = [
  { stage: 'parse', names: ['attribution_models', 'attribution_amount'] },
  {
    stage: 'compile',
    names: [
      'revenue_date',
      'attribution_reset_after_order',
      'counted_customers',
      'rfm_method',
      'rfm_monetary',
      'ltv_amount',
    ],
  },
];

test.each(STAGES)('$stage refuses other values of $names', async ({ stage, names }) => {
  const [server] = servers;
  if (server === undefined) throw new Error('no server to take the place of a target');
  const mistakes = MISTAKES.filter(([name]) => names.includes(name));
  const vars = Object.fromEntries(mistakes.map(([name, value]) => [name, value]));
  using project = packProject(await server.database(), { vars });

  const { exitCode, stderr } = await project.run(stage);

  expect(exitCode).not.toBe(0);
  expect(mistakes).toHaveLength(names.length);
  for (const [name, , hint] of mistakes) {
    expect(stderr).toContain(`the variable \`${name}\` cannot be`);
    expect(stderr).toContain(hint);
  }
});
