import type { CreateTableBuilder, Kysely, Migration } from 'kysely';

type StateTable = (db: Kysely<unknown>, name: string) => CreateTableBuilder<string, never>;

/** The tables of `PipelineTables`. */
export function pipelineMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_pipeline_runs')
        .addColumn('run_id', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('pipeline', 'varchar(64)', (column) => column.notNull())
        .addColumn('target', 'varchar(64)', (column) => column.notNull())
        .addColumn('business_day', 'varchar(10)', (column) => column.notNull())
        .addColumn('host', 'varchar(255)', (column) => column.notNull())
        .addColumn('pid', 'integer', (column) => column.notNull())
        .addColumn('thread_id', 'bigint', (column) => column.notNull())
        .addColumn('started_at', 'datetime(3)', (column) => column.notNull())
        .addColumn('heartbeat_at', 'datetime(3)', (column) => column.notNull())
        .addColumn('finished_at', 'datetime(3)')
        .addColumn('status', 'varchar(16)', (column) => column.notNull())
        .execute();
      await stateTable(db, '__cortex_pipeline_steps')
        .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('step', 'varchar(64)', (column) => column.notNull())
        .addColumn('status', 'varchar(16)', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('exit_code', 'integer')
        .addColumn('code', 'varchar(16)')
        .addColumn('synced_rows', 'bigint', (column) => column.notNull())
        .addColumn('started_at', 'datetime(3)')
        .addColumn('finished_at', 'datetime(3)')
        .addPrimaryKeyConstraint('pipeline_steps_primary', ['run_id', 'position'])
        .execute();
    },
  };
}
