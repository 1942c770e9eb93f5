import { Kysely } from 'kysely';
import type { DatabaseSettings } from '../settings/database-settings.js';
import { mysqlDialect } from './mysql-dialect.js';
import type { Schema } from './schema.js';
import { nodeSqliteDialect } from './sqlite-dialect.js';

/** How long a statement of the service waits for another process's lock on the file, in milliseconds. */
const BUSY_MILLISECONDS = 5_000;

/** Opens the database; connections are made when they are first needed. */
export function openDatabase(settings: DatabaseSettings, busyMilliseconds: number = BUSY_MILLISECONDS): Kysely<Schema> {
  const dialect = settings.kind === 'mysql' ? mysqlDialect(settings) : nodeSqliteDialect({ file: settings.file, busyMilliseconds });
  return new Kysely<Schema>({ dialect });
}
