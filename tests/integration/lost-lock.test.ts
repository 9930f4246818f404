import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runLockName } from '../../cli/warehouse/run-lock-name.ts';
import { serverProject } from '../support/server-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

/** The session that holds the run lock of a database. */
async function lockHolder(database: TestDatabase): Promise<string> {
  const [row] = await database.query(`select is_used_lock('${runLockName(database.name)}') as id`);
  return String(row?.['id']);
}

/** Waits until the server works on the rows of the model. */
async function untilFilling(database: TestDatabase): Promise<void> {
  for (;;) {
    const threads = await database.query('show full processlist');
    const isFilling = threads.some(({ Info }) => /insert into .*sleep/s.test(JSON.stringify(Info)));
    if (isFilling) return;
    await sleep(20);
  }
}

describe.each(servers)('on $name', (server) => {
  test('a run whose lock session is killed stops, says so, and publishes nothing more', async () => {
    const database = await server.database();
    await database.query('create table pause as select 20 as seconds');
    const { run } = serverProject(database, {
      'models/slow.sql': `{{config materialized="table"}}\nselect sleep(seconds) as slept from pause`,
    });

    const running = run('build');
    await untilFilling(database);
    await database.query(`kill ${await lockHolder(database)}`);
    const built = await running;

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX4015]');
    expect(await database.relations()).toEqual(['pause']);
  });
});
