import type { Kysely } from 'kysely';
import type { DatabaseKind, Schema } from '../database/schema.js';
import { failure, type Result, success } from '../result.js';

/** What a migration works on. */
export interface MigrationContext {
  /** The one connection that holds the migration lock. */
  readonly database: Kysely<Schema>;
  readonly kind: DatabaseKind;
}

/**
 * One step of the schema.
 *
 * MySQL commits each DDL statement by itself, so a step that fails half-way leaves its first half: `up` must succeed on
 * that too. And for some time the previous release runs on the new schema, after a rollback even its `migrate`: a step
 * adds; what nothing uses any more goes in a later release.
 */
export interface Migration {
  /** Whole number from 1; rises by 1. Never used again for something else. */
  readonly version: number;
  /** Says what it does, in kebab-case. */
  readonly name: string;
  readonly up: (context: MigrationContext) => Promise<void>;
}

/** A migration that a database has run. */
export interface AppliedMigration {
  readonly version: number;
  readonly name: string;
}

/** What is left to do. */
export interface MigrationPlan {
  /** To run, in this order. */
  readonly pending: readonly Migration[];
  /** Run by a later release than this one: left alone. */
  readonly newer: readonly AppliedMigration[];
}

/** Compares what a database has run with what this program knows; the error says where they diverge. */
export function planMigrations(known: readonly Migration[], applied: readonly AppliedMigration[]): Result<MigrationPlan, string> {
  const latest = Math.max(0, ...known.map((migration) => migration.version));
  for (const { version, name } of applied) {
    const same = known.find((migration) => migration.version === version);
    if (version <= latest && same?.name !== name) {
      const ours = same === undefined ? 'does not know it' : `knows it as "${same.name}"`;
      return failure(
        `the database has run migration ${version} "${name}", but this program ${ours}: check that it is this service's database`,
      );
    }
  }
  const done = new Set(applied.map((migration) => migration.version));
  const newer = applied.filter((migration) => migration.version > latest);
  const pending = known.filter((migration) => !done.has(migration.version)).toSorted((a, b) => a.version - b.version);
  if (newer.length > 0 && pending.length > 0) {
    return failure(
      `the database has run migration ${newer[0]?.version}, but not ${pending[0]?.version}: restore it, or run the release that knows both`,
    );
  }
  return success({ pending, newer });
}
