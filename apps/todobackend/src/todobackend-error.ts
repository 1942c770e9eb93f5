/** What every fault of the service is an instance of; catchers test `code`. */
export abstract class TodobackendError extends Error {
  /** Names the kind of fault, for logs and tests. */
  public abstract readonly code: string;
  /** Whose doing it is: `caller` sent or configured something wrong, `service` is this program or its database. */
  public abstract readonly source: 'caller' | 'service';
}

/** The migrations could not be brought up to date. */
export class MigrationError extends TodobackendError {
  public override readonly name = 'MigrationError';
  public readonly source = 'service';

  public constructor(
    public readonly code: 'MIGRATION_LOCKED' | 'SCHEMA_DIVERGED' | 'MIGRATION_FAILED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A database operation took longer than it may. */
export class DatabaseTimeout extends TodobackendError {
  public override readonly name = 'DatabaseTimeout';
  public readonly code = 'DATABASE_TIMEOUT';
  public readonly source = 'service';
}

/** The files of the page could not be collected. */
export class StaticFilesError extends TodobackendError {
  public override readonly name = 'StaticFilesError';
  public readonly code = 'STATIC_FILES';
  public readonly source = 'service';
}
