import { join } from 'node:path';
import { type Mariadb, mariadbInstalled, startMariadb } from './mariadb.js';
import { run } from './program.js';
import { temporaryFolder } from './temporary-folder.js';

/** Makes fresh databases of one kind. */
export interface Databases {
  /** Settings of an empty database. */
  readonly empty: () => Record<string, string>;
  /** Settings of a database with the tables. */
  readonly migrated: () => Promise<Record<string, string>>;
  /** The server, where there is one. */
  readonly server: () => Mariadb | undefined;
}

/** Describes the same behaviour of the service on each kind of database; skipped, visibly, where no server is installed. */
export function describeOnEachDatabase(name: string, tests: (databases: Databases, kind: 'sqlite' | 'mysql') => void): void {
  describe(`${name} on SQLite`, () =>
    tests(withMigrated({ empty: () => ({ SQLITE_FILE: join(temporaryFolder(), 'todos.sqlite') }), server: () => undefined }), 'sqlite'));
  describeWithServer(`${name} on MariaDB`, (databases) => tests(databases, 'mysql'));
}

/** Describes behaviour that only a database server shows. */
export function describeWithServer(name: string, tests: (databases: Databases) => void, options: () => readonly string[] = () => []): void {
  (mariadbInstalled ? describe : describe.skip)(name, () => {
    let server: Mariadb | undefined;
    beforeAll(async () => {
      server = await startMariadb(options());
    });
    tests(withMigrated({ empty: () => server?.createDatabase() ?? {}, server: () => server }));
  });
}

function withMigrated(databases: Omit<Databases, 'migrated'>): Databases {
  return {
    ...databases,
    migrated: async () => {
      const settings = databases.empty();
      const { code, stdout } = await run(['migrate'], settings);
      expect(`${code} ${stdout}`).toMatch(/^0 /);
      return settings;
    },
  };
}
