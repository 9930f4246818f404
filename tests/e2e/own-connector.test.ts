import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtCortex } from '../support/built-cortex.ts';

const PLATFORM = `
import { bigint } from 'cortex-analytics/sdk/columns/numbers';
import { definePlatform } from 'cortex-analytics/sdk/definition';
import { secret } from 'cortex-analytics/sdk/secret';
import { z } from 'zod';

interface Account { readonly branch: string }

export const erp = definePlatform<Account>({
  name: 'erp',
  label: 'ERP',
  version: 1,
  apiVersion: { version: '1' },
  account: z.strictObject({ branch: z.string(), token: secret() }),
  accountId: ({ branch }) => branch,
  http: {
    origin: () => 'https://erp.example',
    authorize: () => ({}),
    rate: { concurrency: 1 },
    classify: () => ({ action: 'ok' }),
  },
  probe: async () => ({ name: 'ERP', timeZone: 'UTC', currency: 'BRL' }),
  streams: [
    {
      name: 'invoices',
      description: 'Invoices',
      key: ['id'],
      columns: { id: bigint('id', 'Id') },
      cursor: { kind: 'none' },
      write: { mode: 'snapshot' },
      pageSize: 10,
      async *read() {},
    },
  ],
  connect: { steps: [], variables: [] },
});
`;

test('a project’s own platform is loaded with the SDK of the running Cortex', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-own-'));
  mkdirSync(join(folder, 'connectors'));
  writeFileSync(join(folder, 'connectors', 'erp.ts'), PLATFORM);
  writeFileSync(
    join(folder, 'cortex_project.yml'),
    `name: own
version: 1.0.0
targets: { dev: { type: local } }
connectors:
  erp:
    streams: { invoces: false }
    accounts: [{ branch: "1", token: x }]
`,
  );

  try {
    const { exitCode, stderr, stdout } = await builtCortex(folder, ['sync', 'erp']);

    expect(stdout + stderr).toContain('did you mean `invoices`?');
    expect(exitCode).not.toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
