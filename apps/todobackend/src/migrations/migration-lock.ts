import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../database/schema.js';
import type { DatabaseSettings } from '../settings/database-settings.js';
import { MigrationError } from '../todobackend-error.js';

/** What to do while no other migration of this database runs. */
type Locked<Value> = (database: Kysely<Schema>) => Promise<Value>;

/** How to take the lock. */
export interface LockOptions {
  readonly settings: DatabaseSettings;
  /** How long to wait for it, in whole seconds. */
  readonly lockSeconds: number;
}

/**
 * Runs `work` on one connection, while every other process that does the same on this database waits.
 *
 * On SQLite all of it is one transaction, whose start locks the file; it is undone if `work` fails. MySQL has no such
 * transaction: there a named lock is held, which the server frees when the connection ends, however it ends.
 */
export async function withMigrationLock<Value>(database: Kysely<Schema>, options: LockOptions, work: Locked<Value>): Promise<Value> {
  const locked = options.settings.kind === 'mysql' ? withNamedLock : withFileLock;
  return database.connection().execute((connection) => locked(connection, options, work));
}

async function withFileLock<Value>(connection: Kysely<Schema>, _: LockOptions, work: Locked<Value>): Promise<Value> {
  await sql`begin immediate`.execute(connection);
  try {
    const value = await work(connection);
    await sql`commit`.execute(connection);
    return value;
  } catch (error) {
    await sql`rollback`.execute(connection).catch(() => undefined);
    throw error;
  }
}

async function withNamedLock<Value>(connection: Kysely<Schema>, options: LockOptions, work: Locked<Value>): Promise<Value> {
  const name = lockName(options.settings);
  const { rows } = await sql<{ taken: number | null }>`select get_lock(${name}, ${options.lockSeconds}) as taken`.execute(connection);
  // 0 after the time is up, null after an error of the server.
  if (Number(rows[0]?.taken ?? 0) !== 1) throw lockedFor(options.lockSeconds);
  try {
    return await work(connection);
  } finally {
    // A connection that is gone has freed the lock; what broke it is told by the error of the work itself.
    await sql`select release_lock(${name})`.execute(connection).catch(() => undefined);
  }
}

/** The fault of a lock that another process kept too long. */
export function lockedFor(seconds: number, cause?: unknown): MigrationError {
  return new MigrationError(
    'MIGRATION_LOCKED',
    `another migration of this database did not end within ${seconds} seconds: wait for it, or raise MIGRATE_LOCK_SECONDS`,
    { cause },
  );
}

/** Named locks belong to the server, not to a database; MySQL allows 64 characters, as many as a database's name may have. */
function lockName(settings: DatabaseSettings): string {
  const database = settings.kind === 'mysql' ? settings.database : settings.file;
  return `todobackend-migrate-${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
}
