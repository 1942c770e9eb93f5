import type { Generated } from 'kysely';

/** Which database holds the todos. */
export type DatabaseKind = 'mysql' | 'sqlite';

/** Table `todos`. */
export interface TodosTable {
  id: Generated<number>;
  title: string;
  /** 0 or 1: neither database has a type of its own for it. */
  completed: number;
  /** The todo's `order`, which is a reserved word of SQL. */
  position: number | null;
}

/** Table `schema_migrations`: a row for each migration that has run to its end. */
export interface SchemaMigrationsTable {
  version: number;
  name: string;
  /** ISO 8601, UTC. */
  applied_at: string;
}

/** The tables of the service. */
export interface Schema {
  todos: TodosTable;
  schema_migrations: SchemaMigrationsTable;
}
