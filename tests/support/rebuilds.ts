import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SmallProject } from './run-project.ts';
import { runProject } from './run-project.ts';
import type { TestDatabase } from './server.ts';

const ROWS = 2000;

/** A table, a view and an incremental model whose rows all carry `value`. */
export function rebuiltProject(value: number, shape: 'table' | 'view' = 'table'): SmallProject {
  const rows = `select n, ${value} as version from numbers`;
  return {
    models: {
      plain: { sql: rows, config: { materialized: 'table' } },
      turning: { sql: 'select * from {{ref "plain"}}', config: { materialized: shape } },
      grown: { sql: rows, config: { materialized: 'incremental', unique_key: 'n' } },
    },
  };
}

export const REBUILT = ['plain', 'turning', 'grown'] as const;

export async function prepareRebuilds(database: TestDatabase): Promise<void> {
  await database.query('CREATE TABLE numbers (n INT PRIMARY KEY)');
  const values = Array.from({ length: ROWS }, (_, n) => `(${n})`).join(',');
  await database.query(`INSERT INTO numbers VALUES ${values}`);
  await runProject(database, rebuiltProject(0));
}

/** What is wrong with a relation: it must hold all rows, and all of one version. */
export async function stateOf(query: TestDatabase['query'], name: string): Promise<string> {
  const [row] = await query(
    `SELECT COUNT(*) AS found, MIN(version) AS low, MAX(version) AS high FROM ${name}`,
  );
  const isWhole = Number(row?.['found']) === ROWS && Number(row?.['low']) === Number(row?.['high']);
  return isWhole ? 'whole' : `${name}: ${JSON.stringify(row)}`;
}

/** Reads every relation without a pause while `work` goes on; answers with all that was not whole. */
export async function watched(
  database: TestDatabase,
  work: () => Promise<void>,
): Promise<{ readonly reads: number; readonly problems: readonly string[] }> {
  const session = await database.open();
  const query: TestDatabase['query'] = async (sql) => {
    const [rows] = await session.query(sql);
    return rows as Record<string, unknown>[];
  };
  const problems: string[] = [];
  let reads = 0;
  let isOver = false;
  const reader = (async () => {
    while (!isOver) {
      for (const name of REBUILT) {
        const state = await stateOf(query, name).catch((error: unknown) => String(error));
        reads += 1;
        if (state !== 'whole') problems.push(state);
      }
    }
  })();
  await work().finally(() => (isOver = true));
  await reader;
  return { reads, problems };
}

/** Runs a project in a process of its own and kills it after some milliseconds, if it is not done by then. */
export async function killedRun(
  database: TestDatabase,
  project: SmallProject,
  ms: number,
): Promise<'killed' | 'done' | 'failed'> {
  const program = fileURLToPath(new URL('child-run.ts', import.meta.url));
  const request = JSON.stringify({ name: database.name, target: database.target, project });
  const child = spawn(process.execPath, ['--import', 'tsx', program, request], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<'killed' | 'done' | 'failed'>((resolve) =>
    child.once('exit', (code) =>
      resolve(code === null ? 'killed' : code === 0 ? 'done' : 'failed'),
    ),
  );
  await Promise.race([ended, sleep(ms)]);
  child.kill('SIGKILL');
  return ended;
}
