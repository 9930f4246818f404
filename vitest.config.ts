import { defineConfig } from 'vitest/config';

/** A project per kind of test: `npx vitest run --project unit`. What each kind needs: docs/testing.md. */
const kind = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: 180_000,
    ...(name === 'integration' || name === 'e2e' || name === 'soak'
      ? { globalSetup: ['tests/support/servers.global.ts'] }
      : {}),
  },
});

export default defineConfig({
  test: {
    projects: [
      kind('unit', 20_000),
      kind('property', 120_000),
      kind('architecture', 30_000),
      kind('integration', 120_000),
      kind('e2e', 180_000),
      kind('soak', 1_800_000),
    ],
  },
});
