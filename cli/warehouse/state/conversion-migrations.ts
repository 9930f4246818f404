import type { CreateIndexBuilder, CreateTableBuilder, Kysely, Migration } from 'kysely';
import { DatabaseError } from '../database-error.ts';

type StateTable = (db: Kysely<unknown>, name: string) => CreateTableBuilder<string, never>;

/** The tables of `ConversionTables`. */
export function conversionMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await outboxTable(stateTable(db, '__cortex_conversions')).execute();
      await unlessThere(
        db.schema
          .createIndex('conversions_due')
          .on('__cortex_conversions')
          .columns(['destination', 'status', 'due_at']),
      );
      await stateTable(db, '__cortex_conversion_destinations')
        .addColumn('destination', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('state', 'varchar(16)', (column) => column.notNull())
        .addColumn('code', 'varchar(80)')
        .addColumn('since', 'datetime(3)', (column) => column.notNull())
        .execute();
    },
  };
}

/** The requests of `ConversionTables`. */
export function conversionRequestsMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_conversion_requests')
        .addColumn('destination', 'varchar(64)', (column) => column.notNull())
        .addColumn('request_id', 'varchar(190)', (column) => column.notNull())
        .addColumn('state', 'varchar(32)', (column) => column.notNull())
        .addColumn('events', 'integer', (column) => column.notNull())
        .addColumn('refused', 'integer', (column) => column.notNull())
        .addColumn('code', 'varchar(80)')
        .addColumn('answered_at', 'datetime(3)', (column) => column.notNull())
        .addPrimaryKeyConstraint('conversion_requests_primary', ['destination', 'request_id'])
        .execute();
    },
  };
}

/** DDL commits by itself, so a migration that was killed runs again from its start. MySQL has no `IF NOT EXISTS` here. */
async function unlessThere(index: CreateIndexBuilder<string>): Promise<void> {
  try {
    await index.execute();
  } catch (error) {
    const isThere = error instanceof DatabaseError && error.symbol === 'ER_DUP_KEYNAME';
    if (!isThere) throw error;
  }
}

function outboxTable(table: CreateTableBuilder<string, never>) {
  return table
    .addColumn('id', 'bigint', (column) => column.autoIncrement().primaryKey())
    .addColumn('destination', 'varchar(64)', (column) => column.notNull())
    .addColumn('event_name', 'varchar(64)', (column) => column.notNull())
    .addColumn('event_id', 'varchar(190)', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('operation', 'varchar(16)', (column) => column.notNull())
    .addColumn('order_id', 'varchar(128)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('code', 'varchar(80)')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('occurred_at', 'datetime(3)', (column) => column.notNull())
    .addColumn('queued_at', 'datetime(3)', (column) => column.notNull())
    .addColumn('due_at', 'datetime(3)', (column) => column.notNull())
    .addColumn('claimed_by', 'varchar(64)')
    .addColumn('claimed_until', 'datetime(3)')
    .addColumn('unknown_since', 'datetime(3)')
    .addColumn('sent_at', 'datetime(3)')
    .addColumn('sent_value', 'decimal(20, 2)')
    .addColumn('request_id', 'varchar(190)')
    .addColumn('identifiers', 'varchar(120)')
    .addUniqueConstraint('conversions_event', [
      'destination',
      'event_name',
      'event_id',
      'revision',
    ]);
}
