import type { Kysely } from 'kysely';
import type { NodeId } from '../../manifest/node-id.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { Connection } from '../database.ts';
import type { PassedTests } from './passed-tests.ts';
import { readPassedTests } from './passed-tests.ts';
import type { StateTables } from './tables.ts';
import { toInstant } from './utc-text.ts';

/** A run that took the run lock and has not said that it ended. */
export interface UnfinishedRun {
  readonly runId: string;
  readonly command: string;
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly threadId: number;
  /** UTC, `2026-11-23 09:00:00.000000`. */
  readonly startedAt: string;
  readonly heartbeatAt: string;
}

export interface RunStart {
  readonly runId: string;
  readonly command: string;
  readonly host: string;
  readonly user: string;
  readonly pid: number;
}

/** How a node went when it last succeeded. */
export interface NodeHistory {
  readonly ms: number;
  readonly rows?: number;
  /** Milliseconds of its newest ordinary runs, oldest first: see `recentDurations`. */
  readonly recentMs: readonly number[];
}

/** A node that succeeded in the run that is remembered. */
export interface NodeSuccess {
  readonly id: NodeId;
  readonly ms: number;
  readonly rows?: number;
  readonly recentMs: readonly number[];
  /** Of what was built; none for a run on empty inputs. */
  readonly checksum?: string;
}

/** When a node last succeeded, in milliseconds since the epoch, and what it was then. */
export interface LastBuild {
  readonly at: number;
  readonly checksum: string | undefined;
}

/** Cortex's own tables in the target database, through one session. */
export class StateStore {
  readonly #connection: Connection;
  readonly #db: Kysely<StateTables>;

  private constructor(connection: Connection, db: Kysely<StateTables>) {
    this.#connection = connection;
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<StateStore> {
    const [{ Kysely }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Kysely<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new StateStore(connection, db);
  }

  /** Writes the lease of a run that holds the run lock through this session. */
  async startRun(run: RunStart): Promise<void> {
    await this.#db.deleteFrom('__cortex_commits').where('run_id', '!=', run.runId).execute();
    await this.#db
      .insertInto('__cortex_runs')
      .values({
        run_id: run.runId,
        command: run.command.slice(0, 500),
        host: run.host,
        user: run.user,
        pid: run.pid,
        thread_id: this.#connection.threadId,
        finished_at: null,
        status: null,
      })
      .execute();
  }

  async heartbeat(runId: string): Promise<void> {
    await this.#db
      .updateTable('__cortex_runs')
      .set((eb) => ({ heartbeat_at: eb.fn<string>('utc_timestamp', [eb.lit(6)]) }))
      .where('run_id', '=', runId)
      .execute();
  }

  /** `status` is free text: `success`, `error`, `cancelled`, `dead`. */
  async finishRun(runId: string, status: string): Promise<void> {
    await this.#db
      .updateTable('__cortex_runs')
      .set((eb) => ({
        finished_at: eb.fn<string>('utc_timestamp', [eb.lit(6)]),
        status,
      }))
      .where('run_id', '=', runId)
      .execute();
  }

  /** Newest first. */
  async unfinishedRuns(): Promise<readonly UnfinishedRun[]> {
    const rows = await this.#db
      .selectFrom('__cortex_runs')
      .selectAll()
      .where('finished_at', 'is', null)
      .orderBy('started_at', 'desc')
      .execute();
    return rows.map((row) => ({
      runId: row.run_id,
      command: row.command,
      host: row.host,
      user: row.user,
      pid: Number(row.pid),
      threadId: Number(row.thread_id),
      startedAt: row.started_at,
      heartbeatAt: row.heartbeat_at,
    }));
  }

  /** Remembers nodes that succeeded, for the order and the progress of later runs. */
  async recordNodes(runId: string, nodes: readonly NodeSuccess[]): Promise<void> {
    if (nodes.length === 0) return;
    await this.#db
      .replaceInto('__cortex_nodes')
      .values(
        nodes.map((node) => ({
          node_id: node.id,
          run_id: runId,
          ms: Math.round(node.ms),
          row_count: node.rows ?? null,
          recent_ms: node.recentMs.map(Math.round).join(','),
          checksum: node.checksum ?? null,
        })),
      )
      .execute();
  }

  /** What is known of the last success of every node. */
  async history(): Promise<ReadonlyMap<NodeId, NodeHistory>> {
    const rows = await this.#db.selectFrom('__cortex_nodes').selectAll().execute();
    return new Map(
      rows.map((row) => [
        row.node_id,
        {
          ms: Number(row.ms),
          recentMs: (row.recent_ms ?? '').split(',').filter(Boolean).map(Number),
          ...(row.row_count === null ? {} : { rows: Number(row.row_count) }),
        },
      ]),
    );
  }

  /** By node, the data tests that every row of its table passes. */
  async passedTests(): Promise<ReadonlyMap<NodeId, PassedTests>> {
    const rows = await this.#db.selectFrom('__cortex_passed_tests').selectAll().execute();
    return new Map(rows.map((row) => [row.node_id, readPassedTests(row.tests)]));
  }

  async lastBuilds(): Promise<ReadonlyMap<NodeId, LastBuild>> {
    const rows = await this.#db
      .selectFrom('__cortex_nodes')
      .select(['node_id', 'finished_at', 'checksum'])
      .execute();
    return new Map(
      rows.map((row) => [
        row.node_id,
        { at: Date.parse(toInstant(row.finished_at)), checksum: row.checksum ?? undefined },
      ]),
    );
  }

  /** Milliseconds of the last success of every node. */
  async durations(): Promise<ReadonlyMap<NodeId, number>> {
    const history = await this.history();
    return new Map([...history].map(([id, { ms }]) => [id, ms]));
  }

  /** Keeps a shadow that failed its tests until the next build of its node. */
  async keepRelation(relation: Relation, node: NodeId, runId: string): Promise<void> {
    await this.#db
      .replaceInto('__cortex_kept')
      .values({
        database_name: relation.database,
        relation_name: relation.name,
        node_id: node,
        run_id: runId,
      })
      .execute();
  }

  async forgetRelation(relation: Relation): Promise<void> {
    await this.#db
      .deleteFrom('__cortex_kept')
      .where('database_name', '=', relation.database)
      .where('relation_name', '=', relation.name)
      .execute();
  }

  async keptRelations(): Promise<
    readonly { readonly relation: Relation; readonly node: NodeId }[]
  > {
    const rows = await this.#db.selectFrom('__cortex_kept').selectAll().execute();
    return rows.map((row) => ({
      relation: { database: row.database_name, name: row.relation_name },
      node: row.node_id,
    }));
  }
}
