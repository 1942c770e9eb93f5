import { sql } from 'kysely';
import { MAX_TITLE_CHARACTERS } from '../todo/todo.js';
import type { Migration } from './migration.js';

/** Every step of the schema, oldest first. A released step is never changed. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'create-todos',
    up: async ({ database, kind }) => {
      const table = database.schema
        .createTable('todos')
        .ifNotExists()
        // With AUTOINCREMENT an id is never given to a second todo, so that an old URL cannot come to mean another one.
        .addColumn('id', kind === 'mysql' ? 'bigint' : 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('title', `varchar(${MAX_TITLE_CHARACTERS})`, (column) => column.notNull())
        .addColumn('completed', kind === 'mysql' ? sql`tinyint` : 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('position', 'integer');
      // Named, since servers differ in their defaults.
      await (kind === 'mysql' ? table.modifyEnd(sql`engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin`) : table).execute();
    },
  },
];
