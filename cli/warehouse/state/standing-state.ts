import type { Connection } from '../database.ts';

/** The shapes of the state tables: that which stands in the database, and that which this Cortex writes. */
export interface StandingState {
  /** `0009_pipelines`; `undefined` where no run has made the tables yet. */
  readonly applied: string | undefined;
  readonly written: string;
}

/** Looks at the version of the state tables, and changes nothing. The session stays the caller's. */
export async function standingState(connection: Connection): Promise<StandingState> {
  const [{ Kysely }, { ConnectionDialect }, { STATE_VERSION, stateVersion }] = await Promise.all([
    import('kysely'),
    import('../kysely-dialect.ts'),
    import('./migrations.ts'),
  ]);
  const db = new Kysely<unknown>({ dialect: new ConnectionDialect(connection) });
  return { applied: await stateVersion(db), written: STATE_VERSION };
}
