import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Migrations that the database itself lists; none where it has no list. */
export function appliedMigrations(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'").get();
    if (table === undefined) return [];
    return database
      .prepare('SELECT version, name FROM schema_migrations ORDER BY version')
      .all()
      .map(({ version, name }) => `${version} ${name}`);
  } finally {
    database.close();
  }
}

/** Makes the database one whose history the next release does not share, as if another branch had migrated it. */
export function divergeHistory(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("UPDATE schema_migrations SET name = 'create-tasks' WHERE version = 1");
  database.close();
}
