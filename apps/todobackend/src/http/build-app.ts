import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import fastify, { errorCodes, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { ServeSettings } from '../settings/settings.js';
import type { TodoStore } from '../todo/todo-store.js';
import { problemOfError } from './error-problem.js';
import type { HealthCheck } from './health-check.js';
import { addPageRoutes } from './page-routes.js';
import { PROBLEM_CONTENT_TYPE, problemBody, sendProblem } from './problem.js';
import { checkHost } from './request-origin.js';
import { addTodoRoutes, refuseOtherMethods } from './todo-routes.js';

/** What the web application is made of. */
export interface AppParts {
  readonly settings: ServeSettings;
  readonly logger: Logger;
  readonly store: TodoStore;
  readonly health: HealthCheck;
  /** Folders with the files of the page; the first that has a file serves it. */
  readonly pageFolders: readonly string[];
}

/** Time to receive a whole request, in milliseconds. */
const REQUEST_MILLISECONDS = 30_000;

/** Time to answer a request, in milliseconds, after which it is answered 503. */
const HANDLER_MILLISECONDS = 15_000;

/** How long an idle connection is kept, in milliseconds: longer than a load balancer keeps its side, 60 s unless changed. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** Longest line and headers of a request, in bytes. */
const HEADER_BYTES = 16_384;

/** Builds the web application; it does not listen yet. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { settings } = parts;
  const app = fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    bodyLimit: settings.bodyLimitBytes,
    requestTimeout: REQUEST_MILLISECONDS,
    handlerTimeout: HANDLER_MILLISECONDS,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    http: { maxHeaderSize: HEADER_BYTES },
    routerOptions: { ignoreTrailingSlash: true },
    // While it stops, the service still answers what reaches it.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _, reply) => sendProblem(reply, problemOfError(error)),
  }) as unknown as FastifyInstance;
  app.server.maxConnections = settings.maxConnections;
  addJsonParser(app);
  addHooks(app, parts);
  if (settings.corsOrigins.length > 0) await addCors(app, settings.corsOrigins);
  if (settings.rateLimitPerMinute > 0) await addRateLimit(app, settings.rateLimitPerMinute);
  app.setErrorHandler((error, request, reply) => {
    parts.health.note(error);
    const problem = problemOfError(error);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    if (problem.status === 503) reply.header('retry-after', '1');
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((_, reply) =>
    sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: 'there is nothing at this path: the todos are at /todos' }),
  );
  addTodoRoutes(app, parts.store);
  addHealthRoute(app, parts);
  await addPageRoutes(app, parts.pageFolders);
  return app;
}

/** Takes JSON only. No body at all is none, even where a client names a type for it, as jQuery does with DELETE. */
function addJsonParser(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decodeUtf8(body as Buffer);
    if (text === undefined) done(new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY(), undefined);
    else if (text === '') done(null, undefined);
    else void parse(request, text, done);
  });
}

/** The text, or undefined where the bytes are no UTF-8: decoded leniently, they would be stored as something else. */
function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function addHooks(app: FastifyInstance, parts: AppParts): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onRequest', checkHost(parts.settings.allowedHosts));
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    // Otherwise a client that keeps its connection would hold up the stop until the connection is idle too long.
    if (stopping) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const level = request.routeOptions.url === '/health' ? 'debug' : 'info';
    request.log[level](
      {
        method: request.method,
        path: request.url.split('?', 1)[0],
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
        client: request.ip,
        ...traceOf(request),
      },
      'request',
    );
  });
}

/** The id that an Application Load Balancer gives a request. */
function traceOf(request: FastifyRequest): { readonly trace?: string } {
  const trace = request.headers['x-amzn-trace-id'];
  return typeof trace === 'string' ? { trace: trace.slice(0, 256) } : {};
}

async function addCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['content-type', 'accept', 'x-requested-with'],
    exposedHeaders: ['location'],
    maxAge: 600,
  });
}

async function addRateLimit(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    allowList: (request) => request.routeOptions.url === '/health',
    errorResponseBuilder: (_, context) => ({
      statusCode: 429,
      code: 'RATE_LIMITED',
      message: `more than ${context.max} requests a minute`,
    }),
  });
}

function addHealthRoute(app: FastifyInstance, parts: AppParts): void {
  app.get('/health', async (_, reply) => {
    const health = await parts.health.check();
    reply.header('cache-control', 'no-store');
    const database = parts.settings.database.kind;
    if (health.healthy) return { status: 'ok', database };
    return reply.status(503).send({ status: 'failing', database, reason: health.reason });
  });
  refuseOtherMethods(app, '/health', ['GET', 'HEAD']);
}

/** Answers what is no HTTP request at all, or comes too slowly. */
function answerClientError(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
  const body = JSON.stringify(
    problemBody({ status, code: error.code ?? 'BAD_REQUEST', detail: 'this is no HTTP request that the service takes: send it anew' }),
  );
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${PROBLEM_CONTENT_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
