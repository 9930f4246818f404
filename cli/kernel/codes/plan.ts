import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX40xx: what a plan cannot do, and publishing. */
export const PLAN_CODES = {
  CX4011: errorCode(
    'not-runnable',
    'A node of a kind that Cortex does not build',
    'The node is read and can be selected, but there is no way to build it: its materialisation is unknown, or it is a snapshot. What is below it is skipped. Exclude it from the selection, or give it a `materialized` that Cortex knows.',
  ),
  CX4012: warningCode(
    'unit-tests-not-run',
    'Unit tests that are selected but not run',
    'Cortex reads unit tests and orders them before their models, but does not run them. Models are built as if they had passed.',
  ),
  CX4014: errorCode(
    'publish-blocked',
    'Readers kept a new version from being published',
    'Publishing renames the new version over the old one, for which no transaction may have the old one open. Cortex tried again and again without holding up new readers, and gave up. The published relation was not touched. Let the named connections finish, or end them, and run again.',
  ),
  CX4015: errorCode(
    'run-lock-lost',
    'The session that held the run lock is gone',
    'A run holds a lock on its target database through one session. The server closed it, so another run may have started, and this one stopped. Nothing that was not yet published has changed.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
