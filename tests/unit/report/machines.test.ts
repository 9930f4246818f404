import { expect, test } from 'vitest';
import { githubReporter } from '../../../cli/report/github.ts';
import { jsonReporter } from '../../../cli/report/json.ts';
import { junitReporter } from '../../../cli/report/junit.ts';
import { runResults } from '../../../cli/report/run-results.ts';
import type { Reporter } from '../../../cli/report/reporter.ts';
import {
  FakeClock,
  TextSink,
  failingBuild,
  model,
  result,
  textsOf,
} from '../../support/run-events.ts';

const texts = textsOf({ 'models/fct_attribution.sql': 'select o.total\nfrom o\n' });

async function replay(reporter: Reporter): Promise<void> {
  for (const event of failingBuild()) reporter.report(event);
  await reporter.close();
}

test('NDJSON holds one object a line with version, sequence, time and run', async () => {
  const sink = new TextSink();

  await replay(jsonReporter(sink, { clock: new FakeClock(), texts, run: '01K' }));

  expect(sink.text).toMatchInlineSnapshot(`
    "{"v":1,"seq":1,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"runStarted","command":"build","cortex":"0.4.0","target":"prod","server":"MySQL 8.4.6 on db.internal/analytics","threads":4,"select":["fct_orders+"],"nodes":14,"tests":31}
    {"v":1,"seq":2,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"phaseFinished","phase":"parse","ms":420,"detail":"41 models, 96 tests"}
    {"v":1,"seq":3,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"phaseFinished","phase":"select","ms":3,"detail":"14 nodes, 31 tests"}
    {"v":1,"seq":4,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeStarted","node":"model.shop.dim_customers"}
    {"v":1,"seq":5,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeFinished","node":"model.shop.dim_customers","kind":"model","materialized":"table","relation":"analytics.dim_customers","status":"success","ms":2210,"rows":18204,"action":"rebuilt","index":5,"total":14,"tests":{"passed":6,"run":6}}
    {"v":1,"seq":6,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeStarted","node":"model.shop.fct_orders"}
    {"v":1,"seq":7,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeFinished","node":"test.shop.relationships_fct_orders_customer_id","kind":"test","status":"fail","ms":60,"failures":37,"message":"Got 37 results, configured to fail if != 0","of":"model.shop.fct_orders"}
    {"v":1,"seq":8,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"diagnostic","node":"test.shop.relationships_fct_orders_customer_id","code":"CX6001","slug":"test-failed","severity":"error","message":"37 rows of \`fct_orders.customer_id\` have no match","labels":[],"notes":[]}
    {"v":1,"seq":9,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeFinished","node":"model.shop.fct_orders","kind":"model","materialized":"incremental","relation":"analytics.fct_orders","status":"success","ms":6420,"rows":1902,"action":"merged","index":6,"total":14,"tests":{"passed":7,"run":8}}
    {"v":1,"seq":10,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeFinished","node":"model.shop.rfm_segments","kind":"model","materialized":"table","relation":"analytics.rfm_segments","status":"skipped","ms":0,"action":"none","index":7,"total":14,"tests":{"passed":0,"run":0},"because":"model.shop.fct_orders"}
    {"v":1,"seq":11,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"diagnostic","node":"model.shop.fct_attribution","code":"CX5001","slug":"connect-failed","severity":"error","message":"the server went away","labels":[{"file":"models/fct_attribution.sql","start":{"line":1,"column":8,"offset":7},"end":{"line":1,"column":15,"offset":14},"text":"sent from here"}],"notes":["mysql: 2013"],"hint":"run it again"}
    {"v":1,"seq":12,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"nodeFinished","node":"model.shop.fct_attribution","kind":"model","materialized":"table","relation":"analytics.fct_attribution","status":"error","ms":910,"message":"the server went away","action":"none","index":8,"total":14,"tests":{"passed":0,"run":0}}
    {"v":1,"seq":13,"at":"2026-11-23T09:00:00.000Z","run":"01K","type":"runFinished","status":"failed","exitCode":1,"tests":{"pass":28,"fail":1,"warn":1,"skipped":1},"left":6,"ms":41822,"models":{"success":9,"error":1,"skipped":4}}
    "
  `);
});

test('GitHub gets an annotation per problem and a table of what went wrong', async () => {
  const sink = new TextSink();
  let summary = '';

  await replay(githubReporter(sink, texts, (markdown) => (summary += markdown)));

  expect(sink.text).toMatchInlineSnapshot(`
    "::error title=CX6001 test-failed::37 rows of \`fct_orders.customer_id\` have no match
    ::error file=models/fct_attribution.sql,line=1,col=8,title=CX5001 connect-failed::the server went away%0Ahint: run it again
    "
  `);
  expect(summary).toMatchInlineSnapshot(`
    "### Cortex: failed

    | node | kind | status | time | message |
    |---|---|---|---:|---|
    | fct_orders.customer_id | test | fail | 0.06s | Got 37 results, configured to fail if != 0 |
    | rfm_segments | table | skipped | 0.00s |  |
    | fct_attribution | table | error | 0.91s | the server went away |

    2 of 5 went well, in 41.8s.

    "
  `);
});

test('JUnit counts failures, errors and skipped nodes', async () => {
  let xml = '';

  await replay(junitReporter((text) => void (xml = text)));

  expect(xml).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites tests="5" failures="1" errors="1" skipped="1" time="41.822">
      <testsuite name="cortex" tests="5" failures="1" errors="1" skipped="1" time="41.822">
        <testcase classname="table" name="dim_customers" time="2.210"/>
        <testcase classname="test" name="relationships_fct_orders_customer_id" time="0.060"><failure message="Got 37 results, configured to fail if != 0"/></testcase>
        <testcase classname="incremental" name="fct_orders" time="6.420"/>
        <testcase classname="table" name="rfm_segments" time="0.000"><skipped message=""/></testcase>
        <testcase classname="table" name="fct_attribution" time="0.910"><error message="the server went away"/></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

test('run results have the fields of dbt, and a cancelled node is written as skipped', () => {
  const orders = model('orders');
  const started = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

  const artifact = runResults({
    run: { runId: '01K', cortexVersion: '0.4.0', startedAt: started, generatedAt: started },
    results: [
      result(orders, 'success', {
        ms: 1500,
        startedAt: started,
        finishedAt: started + 1500,
        compiledSql: 'select 1',
        relationName: '`a`.`orders`',
        message: 'OK',
        adapterResponse: { rows_affected: 3 },
      }),
      result(orders, 'cancelled'),
    ],
    elapsedMs: 1600,
    args: { which: 'build' },
  });

  expect(artifact).toMatchInlineSnapshot(`
    {
      "args": {
        "which": "build",
      },
      "elapsed_time": 1.6,
      "metadata": {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
        "dbt_version": "1.12.3",
        "env": {
          "CORTEX_VERSION": "0.4.0",
        },
        "generated_at": "2026-01-02T03:04:05.678000Z",
        "invocation_id": "01K",
        "invocation_started_at": "2026-01-02T03:04:05.678000Z",
      },
      "results": [
        {
          "adapter_response": {
            "rows_affected": 3,
          },
          "compiled": true,
          "compiled_code": "select 1",
          "execution_time": 1.5,
          "failures": null,
          "message": "OK",
          "relation_name": "\`a\`.\`orders\`",
          "status": "success",
          "thread_id": "thread-1",
          "timing": [
            {
              "completed_at": "2026-01-02T03:04:05.678000Z",
              "name": "compile",
              "started_at": "2026-01-02T03:04:05.678000Z",
            },
            {
              "completed_at": "2026-01-02T03:04:07.178000Z",
              "name": "execute",
              "started_at": "2026-01-02T03:04:05.678000Z",
            },
          ],
          "unique_id": "model.shop.orders",
        },
        {
          "adapter_response": {},
          "compiled": false,
          "compiled_code": null,
          "execution_time": 0,
          "failures": null,
          "message": null,
          "relation_name": null,
          "status": "skipped",
          "thread_id": "thread-1",
          "timing": [],
          "unique_id": "model.shop.orders",
        },
      ],
    }
  `);
});
