import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { parseServerAddresses } from './server-address.ts';
import { mariadbCommand } from './server-mariadb.ts';
import { mysqlCommand } from './server-mysql.ts';
import type { RunningServer } from './server-process.ts';
import { startServer } from './server-process.ts';

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
    announce(addresses.map((address) => `${address.name} (${address.host}:${address.port})`));
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

function announce(labels: readonly string[]): void {
  console.log(`Test servers: ${labels.join(', ')}`);
}
