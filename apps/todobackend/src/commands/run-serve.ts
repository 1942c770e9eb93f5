import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { openDatabase } from '../database/open-database.js';
import type { Schema } from '../database/schema.js';
import { withDeadline } from '../database/with-deadline.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { buildApp } from '../http/build-app.js';
import { HealthCheck } from '../http/health-check.js';
import { releaseOf, SHIPPED_PAGE_FOLDER } from '../pages/page-files.js';
import type { ServeSettings } from '../settings/settings.js';
import { TodoStore } from '../todo/todo-store.js';

/** How long the database's connections may take to close, in milliseconds. */
const CLOSE_MILLISECONDS = 2_000;

/** Serves the API and the page until the process is told to stop. */
export async function runServe(settings: ServeSettings, logger: Logger): Promise<ExitCode> {
  const database = openDatabase(settings.database);
  const store = new TodoStore(database);
  const health = new HealthCheck(() => store.probe());
  const app = await buildApp({ settings, logger, store, health, pageFolders: pageFolders(settings.staticRoot) });
  const told = stopSignal();
  try {
    await app.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    logger.fatal({ err: error }, 'not listening: give HOST an address of this host and PORT a free port');
    await closeDatabase(database, logger);
    return EXIT.fault;
  }
  const first = await health.check();
  // Nothing is gained by ending here: the database may come up later, and until then the health check keeps requests away.
  if (!first.healthy) logger.warn({ reason: first.reason }, 'the database is not ready');
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  logger.info(
    { port, database: settings.database.kind, allowedHosts: settings.allowedHosts, corsOrigins: settings.corsOrigins },
    'listening',
  );
  logger.info({ signal: await told, stopSeconds: settings.stopSeconds }, 'stopping');
  health.stop();
  const inTime = await closeApp(app, settings.stopSeconds * 1_000);
  const closed = await closeDatabase(database, logger);
  if (inTime) logger.info('stopped');
  else logger.error({ stopSeconds: settings.stopSeconds }, 'stopped with requests unfinished');
  return inTime && closed ? EXIT.done : EXIT.fault;
}

/** The page's files that `collectstatic` of this very release left, else those shipped with the program. */
function pageFolders(staticRoot: string | undefined): string[] {
  if (staticRoot === undefined) return [SHIPPED_PAGE_FOLDER];
  return [resolve(staticRoot, releaseOf(SHIPPED_PAGE_FOLDER)), SHIPPED_PAGE_FOLDER];
}

/** Waits for the first signal to stop; a second one ends the process at once, as if none were handled. */
async function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const onSignal = (signal: NodeJS.Signals) => {
      for (const each of signals) process.removeListener(each, onSignal);
      resolve(signal);
    };
    for (const each of signals) process.on(each, onSignal);
  });
}

/** Finishes the requests in flight; false where some had to be cut off. */
async function closeApp(app: FastifyInstance, milliseconds: number): Promise<boolean> {
  const closing = app.close();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const inTime = await Promise.race([closing.then(() => true), late]);
  clearTimeout(timer);
  if (!inTime) {
    app.server.closeAllConnections();
    await closing;
  }
  return inTime;
}

async function closeDatabase(database: Kysely<Schema>, logger: Logger): Promise<boolean> {
  try {
    await withDeadline(database.destroy(), CLOSE_MILLISECONDS);
    return true;
  } catch (error) {
    logger.error({ err: error }, 'connections to the database not closed');
    return false;
  }
}
