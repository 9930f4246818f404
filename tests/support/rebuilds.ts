import { setTimeout as sleep } from 'node:timers/promises';
import type { Finished } from './built-cortex.ts';
import { builtCortex, killedCortex } from './built-cortex.ts';
import { serverProject } from './server-project.ts';
import type { TestDatabase } from './server.ts';

const ROWS = 2000;

export const REBUILT = ['plain', 'turning', 'grown'] as const;

/** A project of a table, a view or table, and an incremental model, whose rows all carry one version. */
export interface Rebuilds {
  /** Writes the models so that they give rows of this version. */
  write(version: number, shape?: 'table' | 'view'): void;
  /** Runs the built command line, as a user does. */
  build(...args: readonly string[]): Promise<Finished>;
  /** The same, killed after some milliseconds unless it is done; its exit code is then `null`. */
  killed(afterMs: number): Promise<Finished>;
}

/** Makes the project and builds its version 0. `pauseMs` draws the tables out, so that kills meet them. */
export async function prepareRebuilds(database: TestDatabase, pauseMs = 0): Promise<Rebuilds> {
  await database.query('CREATE TABLE numbers (n INT PRIMARY KEY)');
  const values = Array.from({ length: ROWS }, (_, n) => `(${n})`).join(',');
  await database.query(`INSERT INTO numbers VALUES ${values}`);
  const { directory } = serverProject(database, {});
  const env = { TEST_PASSWORD: database.target.password };
  const pause = pauseMs === 0 ? '' : ` where sleep(${pauseMs / 1000 / ROWS}) = 0`;
  const rebuilds: Rebuilds = {
    write(version, shape = 'table') {
      const rows = `select n, ${version} as version from numbers${pause}`;
      directory.write('models/plain.sql', `{{config materialized='table'}}${rows}`);
      directory.write(
        'models/turning.sql',
        `{{config materialized='${shape}'}}select * from {{ref 'plain'}}`,
      );
      directory.write(
        'models/grown.sql',
        `{{config materialized='incremental' unique_key='n'}}${rows}`,
      );
    },
    build: async (...args) => builtCortex(directory.path, ['build', ...args], env),
    killed: async (afterMs) => killedCortex(directory.path, ['build'], { afterMs, env }),
  };
  rebuilds.write(0);
  await rebuilds.build();
  return rebuilds;
}

/** The version that all rows of a relation carry; what is wrong where rows are missing or mixed. */
export async function versionOf(
  query: TestDatabase['query'],
  name: string,
): Promise<number | string> {
  const [row] = await query(
    `SELECT COUNT(*) AS found, MIN(version) AS low, MAX(version) AS high FROM ${name}`,
  );
  const isWhole = Number(row?.['found']) === ROWS && Number(row?.['low']) === Number(row?.['high']);
  return isWhole ? Number(row?.['low']) : `${name}: ${JSON.stringify(row)}`;
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
        const state = await versionOf(query, name).catch((error: unknown) => String(error));
        reads += 1;
        if (typeof state === 'string') problems.push(state);
      }
    }
  })();
  await work().finally(() => (isOver = true));
  await reader;
  return { reads, problems };
}

/** Sessions in the database that the test did not open; those that are closing get a second to go. */
export async function strayThreads(database: TestDatabase): Promise<readonly unknown[]> {
  for (let attempt = 1; ; attempt += 1) {
    const threads = await database.query('SHOW FULL PROCESSLIST');
    const [own] = await database.query('SELECT CONNECTION_ID() AS id');
    const stray = threads.filter(
      (row) => row['db'] === database.name && String(row['Id']) !== String(own?.['id']),
    );
    if (stray.length === 0 || attempt === 20) return stray;
    await sleep(50);
  }
}
