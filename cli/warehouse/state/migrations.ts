import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import { Migrator, sql } from 'kysely';
import { DatabaseError } from '../database-error.ts';
import { alertMigration } from './alert-migrations.ts';
import {
  conversionMigration,
  conversionRequestsMigration,
  conversionWorkersMigration,
} from './conversion-migrations.ts';
import { pipelineMigration } from './pipeline-migrations.ts';
import { privacyMigration } from './privacy-migrations.ts';
import { syncReadsMigration, syncStateMigration } from './sync-migrations.ts';

const MIGRATION_TABLE = '__cortex_migrations';

const now = sql`(utc_timestamp(6))`;

/** In the order of their names; one that was released never changes. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_runs': {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_runs')
        .addColumn('run_id', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('command', 'varchar(500)', (column) => column.notNull())
        .addColumn('host', 'varchar(255)', (column) => column.notNull())
        .addColumn('user', 'varchar(255)', (column) => column.notNull())
        .addColumn('pid', 'integer', (column) => column.notNull())
        .addColumn('thread_id', 'bigint', (column) => column.notNull())
        .addColumn('started_at', 'datetime(6)', (column) => column.notNull().defaultTo(now))
        .addColumn('heartbeat_at', 'datetime(6)', (column) => column.notNull().defaultTo(now))
        .addColumn('finished_at', 'datetime(6)')
        .addColumn('status', 'varchar(20)')
        .execute();
    },
  },
  '0002_nodes': {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_nodes')
        .addColumn('node_id', 'varchar(500)', (column) => column.primaryKey())
        .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
        .addColumn('ms', 'bigint', (column) => column.notNull())
        .addColumn('row_count', 'bigint')
        .addColumn('finished_at', 'datetime(6)', (column) => column.notNull().defaultTo(now))
        .execute();
    },
  },
  '0003_kept': {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_kept')
        .addColumn('database_name', 'varchar(64)', (column) => column.notNull())
        .addColumn('relation_name', 'varchar(64)', (column) => column.notNull())
        .addColumn('node_id', 'varchar(500)', (column) => column.notNull())
        .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
        .addColumn('kept_at', 'datetime(6)', (column) => column.notNull().defaultTo(now))
        .addPrimaryKeyConstraint('kept_primary', ['database_name', 'relation_name'])
        .execute();
    },
  },
  '0004_commits': {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_commits')
        .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
        .addColumn('node_id', 'varchar(500)', (column) => column.notNull())
        .addPrimaryKeyConstraint('commits_primary', ['run_id', 'node_id'])
        .execute();
    },
  },
  '0005_sync': syncStateMigration(stateTable),
  '0006_conversions': conversionMigration(stateTable),
  '0007_sync_reads': syncReadsMigration(stateTable),
  '0008_alerts': alertMigration(stateTable),
  '0009_pipelines': pipelineMigration(stateTable),
  '0010_recent_durations': {
    up: async (db: Kysely<unknown>) => addNodeColumn(db, 'recent_ms', 'varchar(255)'),
  },
  '0011_privacy': privacyMigration(stateTable),
  '0012_conversion_requests': conversionRequestsMigration(stateTable),
  '0013_node_checksums': {
    up: async (db: Kysely<unknown>) => addNodeColumn(db, 'checksum', 'varchar(64)'),
  },
  '0014_passed_tests': {
    up: async (db: Kysely<unknown>) => {
      await stateTable(db, '__cortex_passed_tests')
        .addColumn('node_id', 'varchar(500)', (column) => column.primaryKey())
        .addColumn('tests', sql`longtext`, (column) => column.notNull())
        .execute();
    },
  },
  '0015_conversion_workers': conversionWorkersMigration(stateTable),
};

/** The shape of the state tables that this version of Cortex writes. */
export const STATE_VERSION = Object.keys(MIGRATIONS).at(-1) ?? '';

/** Makes the state tables, or brings them to the newest shape. One cheap read when there is nothing to do. */
export async function migrateState(db: Kysely<unknown>): Promise<void> {
  if ((await stateVersion(db)) === STATE_VERSION) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** No server of all has ADD COLUMN IF NOT EXISTS, and a migration may run again after a kill. */
async function addNodeColumn(
  db: Kysely<unknown>,
  name: string,
  type: 'varchar(64)' | 'varchar(255)',
): Promise<void> {
  const { rows } = await sql`select 1 from information_schema.columns
    where table_schema = database() and table_name = '__cortex_nodes' and column_name = ${name}`.execute(
    db,
  );
  if (rows.length > 0) return;
  await db.schema.alterTable('__cortex_nodes').addColumn(name, type).execute();
}

function stateTable(db: Kysely<unknown>, name: string): CreateTableBuilder<string, never> {
  return db.schema
    .createTable(name)
    .ifNotExists()
    .modifyEnd(sql`engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`);
}

/** The shape of the state tables that stand; `undefined` where there are none. */
export async function stateVersion(db: Kysely<unknown>): Promise<string | undefined> {
  try {
    const { rows } = await sql<{
      name: string;
    }>`select max(name) as name from ${sql.id(MIGRATION_TABLE)}`.execute(db);
    return rows[0]?.name;
  } catch (error) {
    const isMissing = error instanceof DatabaseError && error.errno === 1146;
    if (isMissing) return undefined;
    throw error;
  }
}
