import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.js';
import type { DatabaseSettings } from '../settings/database-settings.js';
import { MigrationError } from '../todobackend-error.js';
import { type AppliedMigration, type Migration, planMigrations } from './migration.js';
import { withMigrationLock } from './migration-lock.js';

/** What `migrate` works with. */
export interface MigrateOptions {
  readonly database: Kysely<Schema>;
  readonly settings: DatabaseSettings;
  readonly migrations: readonly Migration[];
  /** How long to wait for another migration, in whole seconds. */
  readonly lockSeconds: number;
  /** Tells the time that is recorded beside a migration. */
  readonly now: () => Date;
}

/** What `migrate` did. */
export interface MigrateOutcome {
  /** Run now, in this order. */
  readonly applied: readonly AppliedMigration[];
  /** Run earlier by a later release; left alone. */
  readonly newer: readonly AppliedMigration[];
}

/** Brings the schema up to date. Safe to repeat and to run more than once at a time. */
export async function migrate(options: MigrateOptions): Promise<MigrateOutcome> {
  return withMigrationLock(options.database, options, async (database) => {
    await createMigrationsTable(database);
    const plan = planMigrations(options.migrations, await appliedMigrations(database));
    if (!plan.ok) throw new MigrationError('SCHEMA_DIVERGED', plan.error);
    for (const migration of plan.value.pending) await apply(migration, database, options);
    return {
      applied: plan.value.pending.map(({ version, name }) => ({ version, name })),
      newer: plan.value.newer,
    };
  });
}

async function createMigrationsTable(database: Kysely<Schema>): Promise<void> {
  await database.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('applied_at', 'varchar(24)', (column) => column.notNull())
    .execute();
}

async function appliedMigrations(database: Kysely<Schema>): Promise<AppliedMigration[]> {
  return database.selectFrom('schema_migrations').select(['version', 'name']).orderBy('version').execute();
}

async function apply(migration: Migration, database: Kysely<Schema>, options: MigrateOptions): Promise<void> {
  const { version, name } = migration;
  try {
    await migration.up({ database, kind: options.settings.kind });
    await database.insertInto('schema_migrations').values({ version, name, applied_at: options.now().toISOString() }).execute();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError('MIGRATION_FAILED', `migration ${version} "${name}" failed: ${reason}: mend the cause and run migrate again`, {
      cause,
    });
  }
}
