import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Dialect, SqliteDialect } from 'kysely';

/** How an embedded database is opened. */
export interface SqliteOptions {
  /** Path of the file; made where it is not there. */
  readonly file: string;
  /** How long a statement waits for another process's lock, in milliseconds. */
  readonly busyMilliseconds: number;
}

/**
 * Kysely's dialect over Node's own SQLite, whose statements differ from those Kysely was written for in how they take
 * parameters and in what tells whether they return rows.
 */
export function nodeSqliteDialect(options: SqliteOptions): Dialect {
  return new SqliteDialect({
    database: async () => {
      const database = new DatabaseSync(options.file, { timeout: options.busyMilliseconds });
      // With the log written ahead, readers of another process do not block; each commit is on the disk before it is acknowledged.
      database.exec('pragma journal_mode = wal; pragma synchronous = full;');
      return {
        close: () => database.close(),
        prepare: (sql) => {
          const statement = database.prepare(sql);
          const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...values(parameters)),
            run: (parameters) => statement.run(...values(parameters)),
            iterate: (parameters) => statement.iterate(...values(parameters)),
          };
        },
      };
    },
  });
}
