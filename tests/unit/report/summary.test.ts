import { expect, test } from 'vitest';
import { summaryLines } from '../../../cli/report/summary.ts';
import { createStyle } from '../../../cli/report/style.ts';

const STYLE = createStyle(false);
const GOOD = { type: 'runFinished', status: 'success', exitCode: 0, ms: 100, left: 0 } as const;

test('a run without anything to do says so', () => {
  const facts = { command: 'test', target: 'dev', nodes: 0, tests: 0 };

  expect(summaryLines({ ...GOOD, nodes: {}, tests: {} }, facts, STYLE)).toEqual([
    '  Finished  test: nothing was selected, so there was nothing to do',
  ]);
});

test('every kind of node is counted under its own name', () => {
  const facts = { command: 'build', target: 'dev', nodes: 3, tests: 0 };
  const counts = {
    nodes: { success: 3 },
    kinds: { model: { success: 2 }, seed: { success: 1 } },
    tests: {},
  };

  expect(summaryLines({ ...GOOD, ...counts }, facts, STYLE)).toEqual([
    '     seeds  1 done (1)',
    '    models  2 done (2)',
    '  Finished  build of 3 nodes on dev in 0.1s',
  ]);
});

test('what was built and not published is counted as withheld', () => {
  const facts = { command: 'build', target: 'dev', nodes: 3, tests: 1 };
  const counts = { nodes: { withheld: 1, success: 2 }, tests: { fail: 1 } };

  expect(summaryLines({ ...GOOD, ...counts, status: 'failed' }, facts, STYLE)).toEqual([
    '    models  2 done, 1 withheld (3)',
    '     tests  1 failed (1)',
    '    Failed  build of 3 nodes on dev in 0.1s',
  ]);
});
