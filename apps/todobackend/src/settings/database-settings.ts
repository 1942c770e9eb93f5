import { isIP } from 'node:net';
import { type DatabaseSecret, parseDatabaseSecret } from './database-secret.js';
import type { SettingReader } from './setting-reader.js';

/** How the connection to MySQL is encrypted. */
export type MysqlTls =
  /** Not at all. */
  | { readonly mode: 'off' }
  /** Verified against Amazon RDS's own certificate authorities. */
  | { readonly mode: 'rds' }
  /** Verified against the given authorities, PEM. */
  | { readonly mode: 'ca'; readonly certificateAuthorities: string };

/** A MySQL server and what to log in with. */
export interface MysqlSettings {
  readonly kind: 'mysql';
  readonly host: string;
  /** TCP port. */
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: MysqlTls;
  /** Connections the pool opens at most. */
  readonly connections: number;
}

/** The embedded database. */
export interface SqliteSettings {
  readonly kind: 'sqlite';
  /** Path of the file. */
  readonly file: string;
}

/** Where todos are kept. */
export type DatabaseSettings = MysqlSettings | SqliteSettings;

/** File of the embedded database where `SQLITE_FILE` names none. */
export const DEFAULT_SQLITE_FILE = 'todobackend.sqlite';

const MYSQL_NAMES = ['MYSQL_HOST', 'MYSQL_PORT', 'MYSQL_DATABASE', 'MYSQL_USER', 'MYSQL_PASSWORD', 'MYSQL_SECRET'] as const;
type MysqlName = (typeof MYSQL_NAMES)[number];

/** Reads where todos are kept: MySQL as soon as anything of it is set, so that a half-made configuration never falls back to a file. */
export function readDatabaseSettings(reader: SettingReader): DatabaseSettings {
  const values = new Map<MysqlName, string>();
  const problemsBefore = reader.problems.length;
  for (const name of MYSQL_NAMES) {
    const value = reader.secret(name);
    if (value !== undefined) values.set(name, value);
  }
  const sqliteFile = reader.text('SQLITE_FILE');
  if (values.size === 0 && reader.problems.length === problemsBefore) return { kind: 'sqlite', file: sqliteFile ?? DEFAULT_SQLITE_FILE };
  if (sqliteFile !== undefined && values.size > 0) {
    reader.refuse('SQLITE_FILE', `SQLITE_FILE and ${[...values.keys()].join(', ')} are set: a service has one database, keep one of them`);
  }
  return readMysql(reader, values);
}

function readMysql(reader: SettingReader, values: ReadonlyMap<MysqlName, string>): MysqlSettings {
  const secret = readSecret(reader, values);
  const host = required(reader, 'MYSQL_HOST', values.get('MYSQL_HOST') ?? secret?.host);
  return {
    kind: 'mysql',
    host,
    port: readPort(reader, values.get('MYSQL_PORT')) ?? secret?.port ?? 3306,
    database: required(reader, 'MYSQL_DATABASE', values.get('MYSQL_DATABASE') ?? secret?.dbname),
    user: required(reader, 'MYSQL_USER', values.get('MYSQL_USER') ?? secret?.username),
    password: required(reader, 'MYSQL_PASSWORD', values.get('MYSQL_PASSWORD') ?? secret?.password),
    tls: readTls(reader, host),
    connections: reader.wholeNumber('MYSQL_CONNECTIONS', { minimum: 1, maximum: 1_000, fallback: 10, unit: 'connections' }),
  };
}

function readSecret(reader: SettingReader, values: ReadonlyMap<MysqlName, string>): DatabaseSecret | undefined {
  const json = values.get('MYSQL_SECRET');
  if (json === undefined) return undefined;
  // One of them would be out of date after the next rotation, and nothing would say which.
  for (const name of ['MYSQL_USER', 'MYSQL_PASSWORD'] as const) {
    if (values.has(name)) reader.refuse(name, `${name} and MYSQL_SECRET are both set: keep one of them`);
  }
  const parsed = parseDatabaseSecret(json);
  if (parsed.ok) return parsed.value;
  return reader.refuse('MYSQL_SECRET', `MYSQL_SECRET ${parsed.error}: give the secret's JSON, {"username": …, "password": …}`);
}

function readPort(reader: SettingReader, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  return reader.refuse('MYSQL_PORT', `MYSQL_PORT is "${text}": give a TCP port from 1 to 65535`);
}

function required(reader: SettingReader, name: MysqlName, value: string | undefined): string {
  if (value === undefined && !reader.problems.some((problem) => problem.name === name || problem.name === 'MYSQL_SECRET')) {
    reader.refuse(name, `${name} is not set, though other settings of MySQL are: set it, ${name}_FILE or MYSQL_SECRET`);
  }
  return value ?? '';
}

function readTls(reader: SettingReader, host: string): MysqlTls {
  const mode = reader.oneOf('MYSQL_TLS', ['off', 'rds', 'ca']) ?? (host.endsWith('.rds.amazonaws.com') ? 'rds' : 'off');
  const path = reader.text('MYSQL_TLS_CA_FILE');
  if (mode !== 'off' && isIP(host) !== 0) {
    reader.refuse('MYSQL_HOST', `MYSQL_HOST is ${host}, but a certificate is verified against a name: give the server's name`);
  }
  if (mode !== 'ca') {
    if (path !== undefined) reader.refuse('MYSQL_TLS_CA_FILE', 'MYSQL_TLS_CA_FILE is set, but MYSQL_TLS is not "ca": set both or neither');
    return { mode };
  }
  if (path === undefined) {
    reader.refuse(
      'MYSQL_TLS_CA_FILE',
      'MYSQL_TLS_CA_FILE is not set, though MYSQL_TLS is "ca": name a PEM file of certificate authorities',
    );
  }
  return { mode, certificateAuthorities: (path === undefined ? undefined : reader.file('MYSQL_TLS_CA_FILE', path)) ?? '' };
}
