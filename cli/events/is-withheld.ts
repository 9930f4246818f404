import type { RunEvent } from './run-event.ts';

/** Built, but not published: a test failed. */
export function isWithheld({
  result,
  action,
  tests,
}: Pick<Extract<RunEvent, { type: 'nodeFinished' }>, 'result' | 'action' | 'tests'>): boolean {
  return result.status === 'success' && action === 'none' && tests.passed < tests.run;
}
