import type { Logger } from 'pino';
import { readDatabaseFailure } from '../database/database-failure.js';
import { openDatabase } from '../database/open-database.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { migrate } from '../migrations/migrate.js';
import { lockedFor } from '../migrations/migration-lock.js';
import { migrations } from '../migrations/migrations.js';
import type { MigrateSettings } from '../settings/settings.js';

/** Brings the schema of the database up to date. */
export async function runMigrate(settings: MigrateSettings, logger: Logger): Promise<ExitCode> {
  const database = openDatabase(settings.database, settings.lockSeconds * 1_000);
  const kind = settings.database.kind;
  try {
    const { applied, newer } = await migrate({ ...settings, settings: settings.database, database, migrations, now: () => new Date() });
    if (newer.length > 0) logger.warn({ database: kind, newer }, 'the schema is newer than this release: left as it is');
    logger.info({ database: kind, applied }, applied.length === 0 ? 'nothing to migrate' : 'migrated');
    return EXIT.done;
  } catch (error) {
    const fileLocked = kind === 'sqlite' && readDatabaseFailure(error) === 'unavailable';
    logger.fatal({ database: kind, err: fileLocked ? lockedFor(settings.lockSeconds, error) : error }, 'not migrated');
    return EXIT.fault;
  } finally {
    await database.destroy().catch(() => undefined);
  }
}
