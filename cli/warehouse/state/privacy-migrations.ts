import type { CreateTableBuilder, Kysely, Migration } from 'kysely';

type StateTable = (db: Kysely<unknown>, name: string) => CreateTableBuilder<string, never>;

/** The tables of `PrivacyTables`. */
export function privacyMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_privacy_requests')
        .addColumn('request_id', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('action', 'varchar(16)', (column) => column.notNull())
        .addColumn('rule', 'varchar(500)', (column) => column.notNull())
        .addColumn('subject', 'varchar(64)')
        .addColumn('requested_by', 'varchar(500)', (column) => column.notNull())
        .addColumn('started_at', 'datetime(3)', (column) => column.notNull())
        .addColumn('finished_at', 'datetime(3)')
        .addColumn('status', 'varchar(16)', (column) => column.notNull())
        .addColumn('figures', 'text')
        .execute();
      await stateTable(db, '__cortex_privacy_erased')
        .addColumn('digest', 'varchar(64)', (column) => column.notNull())
        .addColumn('request_id', 'varchar(64)', (column) => column.notNull())
        .addColumn('secret_check', 'varchar(64)', (column) => column.notNull())
        .addPrimaryKeyConstraint('privacy_erased_primary', ['digest', 'request_id'])
        .execute();
    },
  };
}
