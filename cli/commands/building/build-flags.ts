/** How `cortex build` and its kin carry out a plan: parts of the table of all flags. */
export const BUILD_FLAGS = {
  failFast: {
    kind: 'switch',
    short: 'x',
    canBeOff: true,
    summary: 'Stop everything at the first failure',
  },
  empty: {
    kind: 'switch',
    canBeOff: true,
    summary: 'Build with no rows: every ref and source is empty',
  },
  storeFailures: {
    kind: 'switch',
    canBeOff: true,
    summary: 'Keep the rows that failing tests find',
  },
  publish: {
    kind: 'choice',
    choices: ['each', 'all'],
    default: 'each',
    summary: 'Publish each node when its tests pass, or all of them at the end in one step',
  },
  dueOnly: {
    kind: 'switch',
    isLocal: true,
    summary:
      'Leave out models younger than their `freshness.build_after`, and tests that read them',
  },
} as const;
