import type { Kysely } from 'kysely';
import type { Connection } from '../database.ts';
import type { PipelineTables } from './pipeline-tables.ts';
import type { StateTables } from './tables.ts';
import { instantMs, instantText } from './utc-text.ts';

/** One run of a pipeline. Times are milliseconds since the Unix epoch. */
export interface PipelineRun {
  readonly runId: string;
  readonly pipeline: string;
  readonly businessDay: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly status: string;
}

export interface NewRun extends Pick<
  PipelineRun,
  'runId' | 'pipeline' | 'businessDay' | 'host' | 'pid'
> {
  readonly target: string;
  readonly steps: readonly string[];
}

export interface StepRecord {
  readonly step: string;
  readonly status: string;
  readonly attempts: number;
  readonly exitCode: number | undefined;
  readonly code: string | undefined;
  readonly syncedRows: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
}

/** Cortex's tables of pipelines in the target database, through one session. */
export class PipelineState {
  readonly #connection: Connection;
  readonly #db: Kysely<StateTables>;

  private constructor(connection: Connection, db: Kysely<StateTables>) {
    this.#connection = connection;
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<PipelineState> {
    const [{ Kysely: Builder }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Builder<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new PipelineState(connection, db);
  }

  /** Runs that never ended are dead: whoever calls this holds the lock that they held. */
  async markCrashed(now: number): Promise<void> {
    await this.#db
      .updateTable('__cortex_pipeline_runs')
      .set({ status: 'crashed', finished_at: instantText(now) })
      .where('status', '=', 'running')
      .execute();
  }

  async start(run: NewRun, now: number): Promise<void> {
    const { runId, pipeline, target, businessDay, host, pid, steps } = run;
    await this.#db
      .insertInto('__cortex_pipeline_steps')
      .values(steps.map((step, position) => ({ run_id: runId, position, step, ...UNTRIED })))
      .execute();
    await this.#db
      .insertInto('__cortex_pipeline_runs')
      .values({
        run_id: runId,
        pipeline,
        target,
        business_day: businessDay,
        host,
        pid,
        thread_id: this.#connection.threadId,
        started_at: instantText(now),
        heartbeat_at: instantText(now),
        finished_at: null,
        status: 'running',
      })
      .execute();
  }

  /** Makes a run that ended the one that works, in another process. */
  async reopen(runId: string, host: string, pid: number): Promise<void> {
    await this.#db
      .updateTable('__cortex_pipeline_runs')
      .set({
        status: 'running',
        finished_at: null,
        host,
        pid,
        thread_id: this.#connection.threadId,
      })
      .where('run_id', '=', runId)
      .execute();
  }

  async heartbeat(runId: string, now: number): Promise<void> {
    await this.#db
      .updateTable('__cortex_pipeline_runs')
      .set({ heartbeat_at: instantText(now) })
      .where('run_id', '=', runId)
      .execute();
  }

  async finish(runId: string, status: string, now: number): Promise<void> {
    await this.#db
      .updateTable('__cortex_pipeline_runs')
      .set({ status, finished_at: instantText(now) })
      .where('run_id', '=', runId)
      .execute();
  }

  async writeStep(runId: string, position: number, record: StepRecord): Promise<void> {
    const { status, attempts, exitCode, code, syncedRows, startedAt, finishedAt } = record;
    await this.#db
      .updateTable('__cortex_pipeline_steps')
      .set({
        status,
        attempts,
        exit_code: exitCode ?? null,
        code: code ?? null,
        synced_rows: syncedRows,
        started_at: startedAt === undefined ? null : instantText(startedAt),
        finished_at: finishedAt === undefined ? null : instantText(finishedAt),
      })
      .where('run_id', '=', runId)
      .where('position', '=', position)
      .execute();
  }

  /** In the order of the pipeline. */
  async steps(runId: string): Promise<readonly StepRecord[]> {
    const rows = await this.#db
      .selectFrom('__cortex_pipeline_steps')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('position')
      .execute();
    return rows.map((row) => ({
      step: row.step,
      status: row.status,
      attempts: Number(row.attempts),
      exitCode: row.exit_code === null ? undefined : Number(row.exit_code),
      code: row.code ?? undefined,
      syncedRows: Number(row.synced_rows),
      startedAt: instantMs(row.started_at),
      finishedAt: instantMs(row.finished_at),
    }));
  }

  /** The newest run of a pipeline with one of these states; of any without. */
  async newest(
    pipeline: string,
    statuses: readonly string[] = [],
  ): Promise<PipelineRun | undefined> {
    const all = this.#db
      .selectFrom('__cortex_pipeline_runs')
      .selectAll()
      .where('pipeline', '=', pipeline)
      .orderBy('started_at', 'desc')
      .limit(1);
    const row = await (
      statuses.length === 0 ? all : all.where('status', 'in', statuses)
    ).executeTakeFirst();
    return row && runOf(row);
  }

  /** Who works now. */
  async running(): Promise<PipelineRun | undefined> {
    const row = await this.#db
      .selectFrom('__cortex_pipeline_runs')
      .selectAll()
      .where('status', '=', 'running')
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && runOf(row);
  }
}

const UNTRIED = {
  status: 'waiting',
  attempts: 0,
  exit_code: null,
  code: null,
  synced_rows: 0,
  started_at: null,
  finished_at: null,
};

function runOf(row: PipelineTables['__cortex_pipeline_runs']): PipelineRun {
  return {
    runId: row.run_id,
    pipeline: row.pipeline,
    businessDay: row.business_day,
    host: row.host,
    pid: Number(row.pid),
    startedAt: instantMs(row.started_at) ?? 0,
    finishedAt: instantMs(row.finished_at),
    status: row.status,
  };
}
