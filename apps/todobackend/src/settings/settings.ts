import { isIP } from 'node:net';
import type { Result } from '../result.js';
import { type DatabaseSettings, readDatabaseSettings } from './database-settings.js';
import { type SettingProblem, SettingReader, type SettingSource, settingsOf } from './setting-reader.js';

/** Words of pino, in rising order. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How much is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What every command needs. */
export interface CommonSettings {
  /** @default 'info' */
  readonly logLevel: LogLevel;
}

/** Settings of `serve`. */
export interface ServeSettings extends CommonSettings {
  readonly database: DatabaseSettings;
  /** Address to listen on. */
  readonly host: string;
  /** TCP port to listen on; 0 lets the system choose. */
  readonly port: number;
  /** Folder that `collectstatic` fills; undefined serves the page from the program's own folder. */
  readonly staticRoot: string | undefined;
  /** Host names requests may name, lower case, without port; `*` among them allows all. */
  readonly allowedHosts: readonly string[];
  /** Origins that browsers may call from; `*` alone allows all, empty none. */
  readonly corsOrigins: readonly string[];
  /** Addresses, CIDR ranges or `loopback`, `linklocal`, `uniquelocal`, whose X-Forwarded-For and -Proto are believed. */
  readonly trustedProxies: readonly string[];
  /** Largest request body, in bytes. */
  readonly bodyLimitBytes: number;
  /** Open connections at most; more are closed at once. */
  readonly maxConnections: number;
  /** Requests a client address may make a minute; 0 sets no limit. */
  readonly rateLimitPerMinute: number;
  /** Time that requests in flight have to finish after SIGTERM, in whole seconds. */
  readonly stopSeconds: number;
}

/** Settings of `migrate`. */
export interface MigrateSettings extends CommonSettings {
  readonly database: DatabaseSettings;
  /** How long to wait for another migration to end, in whole seconds. */
  readonly lockSeconds: number;
}

/** Settings of `collectstatic`. */
export interface CollectStaticSettings extends CommonSettings {
  readonly staticRoot: string;
}

/** Settings of `health`. */
export interface HealthSettings {
  /** Address that the service on this host listens on. */
  readonly host: string;
  /** Its TCP port. */
  readonly port: number;
}

type Read<Settings> = Result<Settings, readonly SettingProblem[]>;

/** Reads the settings of `serve`. */
export function readServeSettings(source: SettingSource): Read<ServeSettings> {
  const reader = new SettingReader(source);
  return settingsOf(reader, {
    ...readCommon(reader),
    database: readDatabaseSettings(reader),
    host: readListenAddress(reader),
    port: readPort(reader),
    staticRoot: reader.text('STATIC_ROOT'),
    allowedHosts: (reader.list('ALLOWED_HOSTS', HOST_NAMES) ?? LOOPBACK_NAMES).map((name) => name.toLowerCase()),
    corsOrigins: readCorsOrigins(reader),
    trustedProxies: reader.list('TRUSTED_PROXIES', PROXIES) ?? [],
    bodyLimitBytes: reader.wholeNumber('BODY_LIMIT_BYTES', { minimum: 1_024, maximum: 1_048_576, fallback: 16_384, unit: 'bytes' }),
    maxConnections: reader.wholeNumber('MAX_CONNECTIONS', { minimum: 1, maximum: 65_535, fallback: 1_000, unit: 'connections' }),
    rateLimitPerMinute: reader.wholeNumber('RATE_LIMIT_PER_MINUTE', { minimum: 0, maximum: 1_000_000, fallback: 0, unit: 'requests' }),
    stopSeconds: reader.wholeNumber('STOP_SECONDS', { minimum: 1, maximum: 3_600, fallback: 25, unit: 'seconds' }),
  });
}

/** Reads the settings of `migrate`. */
export function readMigrateSettings(source: SettingSource): Read<MigrateSettings> {
  const reader = new SettingReader(source);
  return settingsOf(reader, {
    ...readCommon(reader),
    database: readDatabaseSettings(reader),
    lockSeconds: reader.wholeNumber('MIGRATE_LOCK_SECONDS', { minimum: 1, maximum: 3_600, fallback: 60, unit: 'seconds' }),
  });
}

/** Reads the settings of `collectstatic`. */
export function readCollectStaticSettings(source: SettingSource): Read<CollectStaticSettings> {
  const reader = new SettingReader(source);
  const staticRoot = reader.text('STATIC_ROOT');
  if (staticRoot === undefined && reader.problems.length === 0) {
    reader.refuse('STATIC_ROOT', 'STATIC_ROOT is not set: name the folder that the files of the page are copied to');
  }
  return settingsOf(reader, { ...readCommon(reader), staticRoot: staticRoot ?? '' });
}

/** Reads the settings of `health`. */
export function readHealthSettings(source: SettingSource): Read<HealthSettings> {
  const reader = new SettingReader(source);
  return settingsOf(reader, { host: readListenAddress(reader), port: readPort(reader) });
}

function readCommon(reader: SettingReader): CommonSettings {
  return { logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS) ?? 'info' };
}

function readListenAddress(reader: SettingReader): string {
  const address = reader.text('HOST') ?? '0.0.0.0';
  if (isIP(address) === 0) reader.refuse('HOST', `HOST is "${address}": give the IP address to listen on, such as 0.0.0.0`);
  return address;
}

function readPort(reader: SettingReader): number {
  return reader.wholeNumber('PORT', { minimum: 0, maximum: 65_535, fallback: 8_000, unit: 'TCP port numbers' });
}

function readCorsOrigins(reader: SettingReader): readonly string[] {
  const origins = reader.list('CORS_ORIGINS', ORIGINS) ?? [];
  if (origins.length > 1 && origins.includes('*')) {
    reader.refuse('CORS_ORIGINS', 'CORS_ORIGINS has "*" beside other origins: give "*" alone or the origins alone');
  }
  return origins;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'] as const;

const HOST_NAMES = {
  accepts: (name: string) => name === '*' || /^([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/i.test(name),
  remedy: 'give host names without scheme and port, such as todo.example.com, or "*"',
};

const ORIGINS = {
  accepts: (origin: string) => origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin),
  remedy: 'give origins without path, such as https://todobackend.com, or "*"',
};

const PROXIES = {
  accepts: (proxy: string) => {
    if (['loopback', 'linklocal', 'uniquelocal'].includes(proxy)) return true;
    const [address = '', prefix, ...rest] = proxy.split('/');
    const version = isIP(address);
    if (version === 0 || rest.length > 0) return false;
    return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
  },
  remedy: 'give IP addresses, CIDR ranges such as 10.0.0.0/16, "loopback", "linklocal" or "uniquelocal"',
};
