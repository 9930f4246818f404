import type {
  CreateIndexBuilder,
  CreateTableBuilder,
  DropIndexBuilder,
  Kysely,
  Migration,
} from 'kysely';
import { sql } from 'kysely';
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

/** Only what waits has a time at which it is due, and only that is in the index of what is due. */
export function conversionWorkersMigration(stateTable: StateTable): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_conversion_workers')
        .addColumn('destination', 'varchar(64)', (column) => column.notNull())
        .addColumn('worker', 'varchar(64)', (column) => column.notNull())
        .addColumn('held_until', 'datetime(3)', (column) => column.notNull())
        .addColumn('taken_back_at', 'datetime(3)')
        .addPrimaryKeyConstraint('conversion_workers_primary', ['destination', 'worker'])
        .execute();
      await db.schema
        .alterTable('__cortex_conversions')
        .modifyColumn('due_at', 'datetime(3)')
        .execute();
      await sql`update __cortex_conversions set due_at = null
        where status in ('delivered', 'dead') and due_at is not null`.execute(db);
      await unlessThere(
        db.schema
          .createIndex('conversions_waiting')
          .on('__cortex_conversions')
          .columns(['destination', 'due_at']),
      );
      await ifThere(db.schema.dropIndex('conversions_due').on('__cortex_conversions'));
    },
  };
}

/** DDL commits by itself, so a migration that was killed runs again from its start. MySQL has no `IF NOT EXISTS` here. */
async function unlessThere(index: CreateIndexBuilder<string>): Promise<void> {
  await unless('ER_DUP_KEYNAME', index.execute());
}

async function ifThere(index: DropIndexBuilder): Promise<void> {
  await unless('ER_CANT_DROP_FIELD_OR_KEY', index.execute());
}

async function unless(symbol: string, change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof DatabaseError && error.symbol === symbol)) throw error;
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
