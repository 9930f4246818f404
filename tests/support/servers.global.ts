import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { ServerAddress } from './server-address.ts';
import { parseServerAddresses } from './server-address.ts';
import { mariadbCommand } from './server-mariadb.ts';
import { mysqlCommand } from './server-mysql.ts';
import type { RunningServer } from './server-process.ts';
import { startServer, versionOf } from './server-process.ts';

const running: RunningServer[] = [];
const folder = join(tmpdir(), `cortex-servers-${process.pid}-${Date.now()}`);

/**
 * Starts one MariaDB and one MySQL for the whole run, or takes those that `CORTEX_TEST_SERVERS` names,
 * and says which take part. A server that cannot be had fails the run.
 */
export async function setup(project: TestProject): Promise<void> {
  const named = process.env['CORTEX_TEST_SERVERS'] ?? '';
  if (named !== '') {
    const addresses = parseServerAddresses(named);
    announce(await Promise.all(addresses.map(labelOf)));
    project.provide('servers', addresses);
    return;
  }
  mkdirSync(folder, { mode: 0o700 });
  try {
    for (const command of [mariadbCommand(), mysqlCommand()]) {
      running.push(await startServer(command, join(folder, command.name)));
    }
  } catch (error) {
    await teardown();
    throw error;
  }
  announce(running.map((server) => server.label));
  project.provide(
    'servers',
    running.map((server) => server.address),
  );
}

/** Stops what `setup` started. */
export async function teardown(): Promise<void> {
  await Promise.all(running.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
}

async function labelOf(address: ServerAddress): Promise<string> {
  const version = await versionOf(address).catch((cause: unknown) => {
    throw new Error(`${address.name} of CORTEX_TEST_SERVERS does not answer`, { cause });
  });
  return `${address.name} ${version} (${address.host}:${address.port})`;
}

function announce(labels: readonly string[]): void {
  console.log(`Test servers: ${labels.join(', ')}`);
}
