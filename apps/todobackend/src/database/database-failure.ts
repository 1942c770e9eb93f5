/** What went wrong between the service and its database, as far as an answer depends on it. */
export type DatabaseFailure =
  /** The server refuses the credentials, mostly because they were rotated after this process read them. */
  | 'credentials-refused'
  /** No `migrate` has run. */
  | 'not-migrated'
  /** The server cannot be reached, is stopping, or has no room for more; trying again may help. */
  | 'unavailable';

const CREDENTIALS_REFUSED = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR']);

const UNAVAILABLE = new Set([
  'DATABASE_TIMEOUT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ER_CON_COUNT_ERROR',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_SERVER_SHUTDOWN',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ETIMEDOUT',
  'HANDSHAKE_SSL_ERROR',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);

/** Result codes of SQLite that another attempt may not meet: BUSY and LOCKED. */
const SQLITE_BUSY_CODES = new Set([5, 6]);

/** Reads what a database driver threw; undefined where it is no failure of these kinds. */
export function readDatabaseFailure(error: unknown): DatabaseFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode, message } = error as Error & { readonly code?: unknown; readonly errcode?: unknown };
  if (typeof code !== 'string') return message === 'Queue limit reached.' || message === 'Pool is closed.' ? 'unavailable' : undefined;
  if (CREDENTIALS_REFUSED.has(code)) return 'credentials-refused';
  if (UNAVAILABLE.has(code)) return 'unavailable';
  if (code === 'ER_NO_SUCH_TABLE') return 'not-migrated';
  if (code !== 'ERR_SQLITE_ERROR') return undefined;
  if (message.startsWith('no such table')) return 'not-migrated';
  return typeof errcode === 'number' && SQLITE_BUSY_CODES.has(errcode & 0xff) ? 'unavailable' : undefined;
}
