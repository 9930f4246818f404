import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

type StateTable = (db: Kysely<unknown>, name: string) => CreateTableBuilder<string, never>;

/** The tables of `SyncTables`. */
export function syncStateMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await streamsTable(stateTable(db, '__cortex_sync_streams')).execute();
      await accountsTable(stateTable(db, '__cortex_sync_accounts')).execute();
      await runsTable(stateTable(db, '__cortex_sync_runs')).execute();
      await issuesTable(stateTable(db, '__cortex_sync_issues')).execute();
      await rejectsTable(stateTable(db, '__cortex_sync_rejects')).execute();
    },
  };
}

/** `__cortex_sync_reads`. */
export function syncReadsMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await ofStream(stateTable(db, '__cortex_sync_reads'))
        .addColumn('began_at', 'datetime(6)', (column) => column.notNull())
        .addColumn('range_from', 'varchar(40)', (column) => column.notNull())
        .addColumn('range_to', 'varchar(40)', (column) => column.notNull())
        .addPrimaryKeyConstraint('sync_reads_primary', [
          'platform',
          'account_id',
          'stream',
          'began_at',
          'range_from',
        ])
        .execute();
    },
  };
}

type Table = CreateTableBuilder<string, never>;

const ofStream = (table: Table) =>
  table
    .addColumn('platform', 'varchar(64)', (column) => column.notNull())
    .addColumn('account_id', 'varchar(128)', (column) => column.notNull())
    .addColumn('stream', 'varchar(64)', (column) => column.notNull());

function streamsTable(table: Table) {
  return ofStream(table)
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('intervals', sql`longtext`, (column) => column.notNull())
    .addColumn('cursor_at', 'varchar(40)')
    .addColumn('synced_at', 'datetime(6)')
    .addColumn('swept_at', 'datetime(6)')
    .addColumn('deep_read_at', 'datetime(6)')
    .addColumn('sync_commit', 'varchar(64)')
    .addColumn('backfill_commit', 'varchar(64)')
    .addPrimaryKeyConstraint('sync_streams_primary', ['platform', 'account_id', 'stream']);
}

function accountsTable(table: Table) {
  return table
    .addColumn('platform', 'varchar(64)', (column) => column.notNull())
    .addColumn('account_id', 'varchar(128)', (column) => column.notNull())
    .addColumn('name', 'varchar(500)', (column) => column.notNull())
    .addColumn('time_zone', 'varchar(64)', (column) => column.notNull())
    .addColumn('currency', 'varchar(16)', (column) => column.notNull())
    .addColumn('checked_at', 'datetime(6)', (column) => column.notNull())
    .addPrimaryKeyConstraint('sync_accounts_primary', ['platform', 'account_id']);
}

function runsTable(table: Table) {
  const counted = ['added', 'updated', 'unchanged', 'deleted', 'misfits', 'rejected'] as const;
  const lease = ofStream(table)
    .addColumn('purpose', 'varchar(16)', (column) => column.notNull())
    .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('command', 'varchar(500)', (column) => column.notNull())
    .addColumn('host', 'varchar(255)', (column) => column.notNull())
    .addColumn('user', 'varchar(255)', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('thread_id', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'datetime(6)', (column) => column.notNull())
    .addColumn('finished_at', 'datetime(6)')
    .addColumn('status', 'varchar(20)')
    .addPrimaryKeyConstraint('sync_runs_primary', ['platform', 'account_id', 'stream', 'purpose']);
  return counted.reduce(
    (columns, name) => columns.addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0)),
    lease as CreateTableBuilder<string, string>,
  );
}

function issuesTable(table: Table) {
  return ofStream(table)
    .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('issue_hash', 'char(64)', (column) => column.notNull())
    .addColumn('kind', 'varchar(20)', (column) => column.notNull())
    .addColumn('table_name', 'varchar(64)', (column) => column.notNull())
    .addColumn('column_name', 'varchar(64)')
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('problem', 'text', (column) => column.notNull())
    .addColumn('value_hash', 'char(64)')
    .addColumn('occurrences', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'datetime(6)', (column) => column.notNull())
    .addPrimaryKeyConstraint('sync_issues_primary', [
      'run_id',
      'platform',
      'account_id',
      'stream',
      'issue_hash',
    ]);
}

function rejectsTable(table: Table) {
  return ofStream(table)
    .addColumn('record_hash', 'char(64)', (column) => column.notNull())
    .addColumn('problem', 'text', (column) => column.notNull())
    .addColumn('record', sql`longtext`)
    .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('seen_at', 'datetime(6)', (column) => column.notNull())
    .addPrimaryKeyConstraint('sync_rejects_primary', [
      'platform',
      'account_id',
      'stream',
      'record_hash',
    ]);
}
