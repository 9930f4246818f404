import type { CreateTableBuilder, Kysely, Migration } from 'kysely';

type StateTable = (db: Kysely<unknown>, name: string) => CreateTableBuilder<string, never>;

/** The tables of `AlertTables`. */
export function alertMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_alerts')
        .addColumn('alert_key', 'varchar(500)', (column) => column.primaryKey())
        .addColumn('fingerprint', 'varchar(16)', (column) => column.notNull())
        .addColumn('opened_at', 'datetime(3)', (column) => column.notNull())
        .addColumn('notified_at', 'datetime(3)', (column) => column.notNull())
        .execute();
      await stateTable(db, '__cortex_notifications')
        .addColumn('id', 'bigint', (column) => column.primaryKey().autoIncrement())
        .addColumn('channel', 'varchar(64)', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('status', 'varchar(8)', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('due_at', 'datetime(3)', (column) => column.notNull())
        .addColumn('created_at', 'datetime(3)', (column) => column.notNull())
        .addColumn('claimed_by', 'varchar(64)')
        .execute();
    },
  };
}
