import { expect, test } from 'vitest';
import type { PrinterOptions } from '../../../cli/report/printer.ts';
import { plainReporter } from '../../../cli/report/plain.ts';
import { createStyle } from '../../../cli/report/style.ts';
import {
  FakeClock,
  FakeTicker,
  TextSink,
  failingBuild,
  model,
  nodeFinished,
  result,
  testOf,
  textsOf,
} from '../../support/run-events.ts';

const FINISHED = {
  type: 'runFinished',
  status: 'success',
  exitCode: 0,
  ms: 22_140,
  left: 0,
} as const;

function plain(options: Partial<PrinterOptions> = {}) {
  const sink = new TextSink();
  const clock = new FakeClock();
  const ticker = new FakeTicker();
  const reporter = plainReporter(
    sink,
    {
      style: createStyle(false),
      verbosity: 'normal',
      texts: textsOf({ 'models/fct_attribution.sql': 'select o.total\nfrom o\n' }),
      clock,
      timestamps: false,
      resultsPath: 'target/run_results.json',
      ...options,
    },
    ticker,
  );
  return { sink, clock, ticker, reporter };
}

test('a build with problems ends with each problem in full and the verdict', () => {
  const { reporter, sink } = plain();

  for (const event of failingBuild()) reporter.report(event);

  expect(sink.text).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod  MySQL 8.4.6 on db.internal/analytics  4 threads
        Parsed [  0.42s] 41 models, 96 tests
      Selected 14 nodes, 31 tests

       Rebuilt [  2.21s]  5/14  table        dim_customers            18,204 rows                6/6 tests
        Merged [  6.42s]  6/14  incremental  fct_orders               1,902 rows                 7/8 tests
        Failed [  0.06s]        test         fct_orders.customer_id   relationships: 37 rows
       Skipped [-------]  7/14  table        rfm_segments             needs fct_orders
         Error [  0.91s]  8/14  table        fct_attribution          CX5001 connect-failed

    error[CX6001] test-failed: 37 rows of \`fct_orders.customer_id\` have no match

    error[CX5001] connect-failed: the server went away
     --> models/fct_attribution.sql:1:8
      |
    1 | select o.total
      |        ^^^^^^^ sent from here
    2 | from o
      = mysql: 2013

    hint: run it again

        models  9 done, 1 error, 4 skipped (14)
         tests  28 passed, 1 failed, 1 warned, 1 skipped (31)
       results  target/run_results.json
        Failed  build of 14 nodes on prod in 41.8s; 6 nodes are left to run
    "
  `);
});

test('a quiet build prints its problems and the verdict only', () => {
  const { reporter, sink } = plain({ verbosity: 'quiet' });

  for (const event of failingBuild()) reporter.report(event);

  expect(sink.text).toMatchInlineSnapshot(`
    "    Failed [  0.06s]        test         fct_orders.customer_id   relationships: 37 rows
         Error [  0.91s]  8/14  table        fct_attribution          CX5001 connect-failed

    error[CX6001] test-failed: 37 rows of \`fct_orders.customer_id\` have no match

    error[CX5001] connect-failed: the server went away
     --> models/fct_attribution.sql:1:8
      |
    1 | select o.total
      |        ^^^^^^^ sent from here
    2 | from o
      = mysql: 2013

    hint: run it again

        models  9 done, 1 error, 4 skipped (14)
         tests  28 passed, 1 failed, 1 warned, 1 skipped (31)
       results  target/run_results.json
        Failed  build of 14 nodes on prod in 41.8s; 6 nodes are left to run
    "
  `);
});

test('a quiet build prints its warnings', () => {
  const { reporter, sink } = plain({ verbosity: 'quiet' });
  const unique = testOf('fct_orders', 'order_id', 'unique');

  reporter.report({ type: 'testFinished', node: unique, result: result(unique, 'warn') });
  reporter.report({
    type: 'diagnostic',
    diagnostic: {
      code: 'CX6001',
      severity: 'warning',
      message: '2 values of `order_id` are repeated',
      labels: [],
      notes: [],
    },
  });
  reporter.report({ ...FINISHED, nodes: {}, tests: { warn: 1 } });

  expect(sink.text).toContain('Warned [-------]');
  expect(sink.text).toContain('warning[CX6001] test-failed: 2 values of `order_id` are repeated');
});

test('a verbose build names every test', () => {
  const { reporter, sink } = plain({ verbosity: 'verbose' });
  const unique = testOf('fct_orders', 'order_id', 'unique');

  reporter.report({
    type: 'testFinished',
    node: unique,
    result: result(unique, 'pass', { ms: 12 }),
  });

  expect(sink.text).toMatchInlineSnapshot(`
    "    Passed [  0.01s]      test         fct_orders.order_id           unique
    "
  `);
});

test('a successful build ends in counts and one verdict', () => {
  const { reporter, sink } = plain();
  const started = failingBuild().slice(0, 1);

  for (const event of started) reporter.report(event);
  reporter.report({ ...FINISHED, nodes: { success: 14 }, tests: { pass: 31 } });

  expect(sink.text).toMatchInlineSnapshot(`
    "    Cortex 0.4.0  target prod  MySQL 8.4.6 on db.internal/analytics  4 threads

        models  14 done (14)
         tests  31 passed (31)
      Finished  build of 14 nodes on prod in 22.1s
    "
  `);
});

test('a step that runs for a minute gives a sign of life', () => {
  const { reporter, sink, clock, ticker } = plain();
  const cohorts = model('ltv_by_cohort');
  reporter.report({ type: 'nodeStarted', node: cohorts });

  clock.ms = 59_000;
  ticker.tick();
  clock.ms = 120_000;
  ticker.tick();
  reporter.report(
    nodeFinished(cohorts, result(cohorts, 'success', { ms: 125_000 }), { action: 'created' }),
  );
  ticker.tick();

  expect(sink.text).toMatchInlineSnapshot(`
    "   Running [  2m00s]      table        ltv_by_cohort
       Created [  2m05s] 1/14  table        ltv_by_cohort
    "
  `);
});

test('timestamps stand before every line', () => {
  const { reporter, sink } = plain({ timestamps: true });

  for (const event of failingBuild()) reporter.report(event);

  expect(sink.text).toMatchInlineSnapshot(`
    "09:00:00     Cortex 0.4.0  target prod  MySQL 8.4.6 on db.internal/analytics  4 threads
    09:00:00     Parsed [  0.42s] 41 models, 96 tests
    09:00:00   Selected 14 nodes, 31 tests

    09:00:00    Rebuilt [  2.21s]  5/14  table        dim_customers            18,204 rows                6/6 tests
    09:00:00     Merged [  6.42s]  6/14  incremental  fct_orders               1,902 rows                 7/8 tests
    09:00:00     Failed [  0.06s]        test         fct_orders.customer_id   relationships: 37 rows
    09:00:00    Skipped [-------]  7/14  table        rfm_segments             needs fct_orders
    09:00:00      Error [  0.91s]  8/14  table        fct_attribution          CX5001 connect-failed

    09:00:00 error[CX6001] test-failed: 37 rows of \`fct_orders.customer_id\` have no match

    09:00:00 error[CX5001] connect-failed: the server went away
    09:00:00  --> models/fct_attribution.sql:1:8
    09:00:00   |
    09:00:00 1 | select o.total
    09:00:00   |        ^^^^^^^ sent from here
    09:00:00 2 | from o
    09:00:00   = mysql: 2013

    09:00:00 hint: run it again

    09:00:00     models  9 done, 1 error, 4 skipped (14)
    09:00:00      tests  28 passed, 1 failed, 1 warned, 1 skipped (31)
    09:00:00    results  target/run_results.json
    09:00:00     Failed  build of 14 nodes on prod in 41.8s; 6 nodes are left to run
    "
  `);
});

test('problems of work that never became a run are printed when the reporter closes', async () => {
  const { reporter, sink } = plain();
  const found = {
    code: 'CX2101',
    severity: 'error',
    message: 'no model is named `x`',
    labels: [],
    notes: [],
  } as const;
  reporter.report({ type: 'diagnostic', diagnostic: found });
  reporter.report({ type: 'diagnostic', diagnostic: found });

  await reporter.close();

  expect(sink.text).toBe('error[CX2101] unknown-ref: no model is named `x`\n');
});
