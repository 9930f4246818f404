/**
 * The main job, end to end, on real data: a private server, 541,909 order lines landed, staged,
 * modelled by the pack, tested and published. Every step is a command that you can type yourself.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cortex = join(here, '..', '..', 'dist', 'cli', 'main.js');

const BEST_COUNTRIES = `
  select country_name, region, orders, customers, revenue
  from {{ref 'rpt_country_sales'}}
  order by revenue desc
`;

const FIRST_COHORT = `
  select period, cohort_size, active_customers, retention_rate, revenue
  from {{ref 'mart_cohort_retention'}}
  where cohort_month = '2010-12-01'
  order by period
`;

function run(...args) {
  const shown = args.map((argument) =>
    /[\s{]/.test(argument) ? `"${argument.trim().replace(/\s+/g, ' ')}"` : argument,
  );
  console.error(`\n$ cortex ${shown.join(' ')}`);
  const { status } = spawnSync(process.execPath, [cortex, ...args], {
    cwd: here,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

run('server', 'install');
run('sync', 'files');
run('build');
run('show', '--inline', BEST_COUNTRIES, '--limit', '5');
run('show', '--inline', FIRST_COHORT, '--limit', '5');

console.error(`
What to try next, in examples/online_retail:
  npx cortex build --select mart_product_abc+   one model and everything below it
  npx cortex ls --select +rpt_monthly_sales     what a report is made of, the pack's models too
  npx cortex show --inline "select rfm_segment, count(*) as customers from {{ref 'mart_customer_rfm'}} group by rfm_segment"
  npx cortex server stop                        stops the private server; the data stays
Edit a file under models/ and build again. The documentation starts at docs/README.md.`);
