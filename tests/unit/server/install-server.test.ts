import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { installServer } from '../../../cli/server/install-server.ts';
import { bufferPoolMegabytes } from '../../../cli/server/server-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'cortex-install-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('a server that is there is used and nothing runs', async () => {
  const server = program('mariadbd', 'exit 0');
  const commands: string[] = [];

  const found = await installServer({
    environment: { CORTEX_SERVER_BINARY: server },
    onCommand: (command) => commands.push(command),
  });

  expect(found).toBe(server);
  expect(commands).toEqual([]);
});

test('a machine without a package manager gets the command to type', async () => {
  const environment = { CORTEX_SERVER_BINARY: join(folder, 'nothing-here'), PATH: folder };

  await expect(installServer({ environment, onCommand: () => undefined })).rejects.toMatchObject({
    diagnostics: [{ code: 'CX5042', hint: expect.stringContaining('docker run') }],
  });
});

test('the buffer pool is a quarter of the memory within limits', () => {
  const gigabyte = 1024 ** 3;

  expect([0.25, 2, 8, 64].map((size) => bufferPoolMegabytes(size * gigabyte))).toEqual([
    128, 512, 2048, 2048,
  ]);
});
