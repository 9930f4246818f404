import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX60xx: data tests, unit tests and freshness. */
export const TEST_CODES = {
  CX6001: errorCode(
    'test-failed',
    'A data test found rows that break its rule',
    'The published relation keeps its previous contents. `cortex show --failures <test>` lists the rows.',
  ),
  CX6003: errorCode(
    'unknown-test',
    'A data test that does not exist',
    'The name is none of the built-in data tests, and no macro `test_<name>` exists in the project or its packages.',
  ),
  CX6004: errorCode(
    'test-arguments',
    'Arguments that a data test does not take',
    'Every data test declares its arguments and their types. The message names the one that is unknown, missing or of the wrong type.',
  ),
  CX6005: errorCode(
    'test-config',
    'A setting of a data test that is not allowed',
    '`severity` is error or warn; `warn_if` and `error_if` hold what follows the number of failures in a comparison, such as `> 10`; `store_failures_as` is table, view or ephemeral; `limit` is a number of rows.',
  ),
  CX6010: errorCode(
    'source-stale',
    'A source whose newest rows are older than allowed',
    'The newest `loaded_at` of the source is older than `error_after` (an error) or `warn_after` (a warning) of its `freshness`. An empty table counts as infinitely old. Look at the process that loads the source.',
  ),
  CX6011: errorCode(
    'loaded-at-missing',
    'A source whose freshness cannot be measured',
    'A source with `freshness` needs `loaded_at_field`, an expression over its columns, or `loaded_at_query`, a query that gives one moment, both in UTC. Raw tables of platforms need neither: the state of their sync says it.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
