import type { NodeDescription, RunEvent } from '../../cli/events/run-event.ts';
import type { Clock } from '../../cli/kernel/clock.ts';
import type { SourceTexts } from '../../cli/kernel/span.ts';
import type { NodeResult } from '../../cli/manifest/run-result.ts';
import type { Output, Ticker } from '../../cli/report/reporter.ts';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  ms = 0;
  now(): number {
    return Date.UTC(2026, 10, 23, 9) + this.ms;
  }
  monotonic(): number {
    return this.ms;
  }
  sleep(): Promise<void> {
    return Promise.resolve();
  }
}

/** A ticker whose tasks run when a test says so. */
export class FakeTicker implements Ticker {
  #tasks: (() => void)[] = [];
  every(_ms: number, task: () => void): () => void {
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((one) => one !== task);
    };
  }
  tick(): void {
    for (const task of this.#tasks) task();
  }
}

/** An output that remembers everything. */
export class TextSink implements Output {
  text = '';
  columns = 120;
  write(text: string): void {
    this.text += text;
  }
}

export function textsOf(files: Readonly<Record<string, string>>): SourceTexts {
  return { text: (file) => files[file] };
}

export function model(name: string, kind = 'table'): NodeDescription {
  return {
    id: `model.shop.${name}`,
    resourceType: 'model',
    name,
    kind,
    relation: `analytics.${name}`,
  };
}

export function testOf(owner: string, column: string, rule: string): NodeDescription {
  const name = `${rule}_${owner}_${column}`;
  const of = `model.shop.${owner}`;
  return {
    id: `test.shop.${name}`,
    resourceType: 'test',
    name,
    kind: 'test',
    of,
    subject: `${owner}.${column}`,
    rule,
  };
}

export function result(
  node: NodeDescription,
  status: NodeResult['status'],
  more: Partial<NodeResult> = {},
): NodeResult {
  return {
    id: node.id,
    status,
    message: '',
    ms: 0,
    thread: 'thread-1',
    adapterResponse: {},
    ...more,
  };
}

type NodeFinished = Extract<RunEvent, { type: 'nodeFinished' }>;

export function nodeFinished(
  node: NodeDescription,
  ended: NodeResult,
  more: Partial<Omit<NodeFinished, 'type' | 'node' | 'result'>> = {},
): NodeFinished {
  return {
    type: 'nodeFinished',
    node,
    result: ended,
    action: 'none',
    index: 1,
    total: 14,
    tests: { passed: 0, run: 0 },
    ...more,
  };
}

/** A build in which a test fails and a statement is refused: what section 8.3 of the design shows. */
export function failingBuild(): RunEvent[] {
  const customers = model('dim_customers');
  const orders = model('fct_orders', 'incremental');
  const segments = model('rfm_segments');
  const attribution = model('fct_attribution');
  const relationships = testOf('fct_orders', 'customer_id', 'relationships');
  return [
    {
      type: 'runStarted',
      command: 'build',
      cortex: '0.4.0',
      target: 'prod',
      server: 'MySQL 8.4.6 on db.internal/analytics',
      threads: 4,
      select: ['fct_orders+'],
      nodes: 14,
      tests: 31,
      widestName: 23,
    },
    { type: 'phaseFinished', phase: 'parse', ms: 420, detail: '41 models, 96 tests' },
    { type: 'phaseFinished', phase: 'select', ms: 3, detail: '14 nodes, 31 tests' },
    { type: 'nodeStarted', node: customers },
    nodeFinished(
      customers,
      result(customers, 'success', { ms: 2210, rows: 18_204, compiledSql: 'select 1' }),
      {
        action: 'rebuilt',
        index: 5,
        tests: { passed: 6, run: 6 },
      },
    ),
    { type: 'nodeStarted', node: orders },
    {
      type: 'testFinished',
      node: relationships,
      result: result(relationships, 'fail', {
        ms: 60,
        failures: 37,
        message: 'Got 37 results, configured to fail if != 0',
      }),
    },
    {
      type: 'diagnostic',
      diagnostic: {
        code: 'CX6001',
        severity: 'error',
        message: '37 rows of `fct_orders.customer_id` have no match',
        labels: [],
        notes: [],
        node: relationships.id,
      },
    },
    nodeFinished(orders, result(orders, 'success', { ms: 6420, rows: 1902 }), {
      action: 'merged',
      index: 6,
      tests: { passed: 7, run: 8 },
    }),
    nodeFinished(segments, result(segments, 'skipped'), { index: 7, because: orders.id }),
    {
      type: 'diagnostic',
      diagnostic: {
        code: 'CX5001',
        severity: 'error',
        message: 'the server went away',
        labels: [
          {
            span: { file: 'models/fct_attribution.sql', start: 7, end: 14 },
            text: 'sent from here',
          },
        ],
        notes: ['mysql: 2013'],
        hint: 'run it again',
        node: attribution.id,
      },
    },
    nodeFinished(
      attribution,
      result(attribution, 'error', { ms: 910, message: 'the server went away' }),
      { index: 8 },
    ),
    {
      type: 'runFinished',
      status: 'failed',
      exitCode: 1,
      ms: 41_822,
      nodes: { success: 9, error: 1, skipped: 4 },
      tests: { pass: 28, fail: 1, warn: 1, skipped: 1 },
      left: 6,
    },
  ];
}
