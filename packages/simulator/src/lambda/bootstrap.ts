import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { endOfInvocation } from './marker.js';

/*
 * The program a function's process runs: what the runtime is on Lambda. It loads the function, then
 * asks the Runtime API for events and posts what the function makes of them. It behaves as the Node.js 24
 * runtime does (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client), which knows
 * no callbacks.
 */

type Handler = (event: unknown, context: object) => unknown;

/** An error with the name Lambda's own errors have. */
class RuntimeError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const [, , codePath = ''] = process.argv;
const writeOut = process.stdout.write.bind(process.stdout);
/** Ends whatever line the function left unfinished; the reader drops the marker. */
const NEW_LINE = `${endOfInvocation('line')}\n`;

/** Invocation under way, to which an error that nothing catches belongs. */
let current: { readonly requestId: string; readonly abandon: (error: Error) => void } | undefined;

/**
 * Ends this process and its children when the one that started it is gone, even while the function
 * keeps this thread busy: another thread watches a pipe that only the end of that process closes.
 */
function watchParent(): void {
  const program = `new (require('node:net').Socket)({ fd: 3, readable: true, writable: false }).on('error', () => {}).on('close', () => process.kill(0, 'SIGKILL')).resume()`;
  new Worker(program, { eval: true, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}

/**
 * Makes one log of both streams: written to one pipe their lines keep their order. Writing blocks
 * until it is done, so that what a process logs before it ends is not lost with it.
 */
function joinStreams(): void {
  const { _handle: handle } = process.stdout as unknown as { readonly _handle?: { setBlocking?(blocking: boolean): void } };
  handle?.setBlocking?.(true);
  process.stderr.write = process.stdout.write.bind(process.stdout);
}

interface Reply {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function call(method: 'GET' | 'POST', path: string, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${API}${path}`, { method, agent }, (incoming) => {
      text(incoming).then((received) => resolve({ headers: incoming.headers, body: received }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] });
}

async function loadHandler(): Promise<Handler> {
  const name = process.env._HANDLER ?? '';
  const exported = await importCode();
  const handler = exported[name.slice(name.lastIndexOf('.') + 1)];
  if (handler === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (handler.length >= 3) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      `${name} takes a callback, which the Node.js 24 runtime lacks: return a promise`,
    );
  }
  return handler as Handler;
}

async function importCode(): Promise<Readonly<Record<string, unknown>>> {
  try {
    const loaded = (await import(pathToFileURL(codePath).href)) as { readonly default?: unknown };
    const { default: commonJs } = loaded;
    return typeof commonJs === 'object' && commonJs !== null ? { ...loaded, ...commonJs } : loaded;
  } catch (error) {
    if (error instanceof SyntaxError) throw Object.assign(error, { name: 'Runtime.UserCodeSyntaxError' });
    if (error instanceof Error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String((error as NodeJS.ErrnoException).code))) {
      throw Object.assign(error, { name: 'Runtime.ImportModuleError' });
    }
    throw error;
  }
}

function contextOf(headers: IncomingHttpHeaders): object {
  const { env } = process;
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

/** Flushes the log, then posts: whoever waits for the answer finds the log whole. */
async function finish(requestId: string, kind: 'response' | 'error', body: string): Promise<void> {
  await new Promise<void>((resolve) => {
    writeOut(`${endOfInvocation(requestId)}\n`, () => resolve());
  });
  await call('POST', `/invocation/${requestId}/${kind}`, body);
}

function serialize(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw new RuntimeError('Runtime.JSONStringifyError', `Unable to stringify response body: ${String(error)}`);
  }
}

async function fail(requestId: string, error: unknown): Promise<void> {
  const body = describe(error);
  writeOut(`${NEW_LINE}ERROR\tInvoke Error\t${body}\n`);
  await finish(requestId, 'error', body);
}

async function handleNext(handler: Handler): Promise<void> {
  const { headers, body } = await call('GET', '/invocation/next');
  const requestId = String(headers['lambda-runtime-aws-request-id']);
  process.env._X_AMZN_TRACE_ID = String(headers['lambda-runtime-trace-id']);
  try {
    const abandoned = new Promise<never>((_resolve, reject) => {
      current = { requestId, abandon: reject };
    });
    const work = async (): Promise<unknown> => handler(JSON.parse(body), contextOf(headers));
    const result = serialize(await Promise.race([work(), abandoned]));
    current = undefined;
    await finish(requestId, 'response', result);
  } catch (error) {
    current = undefined;
    await fail(requestId, error);
  }
}

/** An error that nothing caught is the invocation's, and the end of the process, with the status Lambda's runtime uses. */
async function die(error: unknown, exitCode: number): Promise<void> {
  const invocation = current;
  current = undefined;
  if (invocation !== undefined) await fail(invocation.requestId, error).catch(() => undefined);
  else writeOut(`${NEW_LINE}ERROR\tUncaught Exception\t${describe(error)}\n`);
  process.exit(exitCode);
}

async function main(): Promise<void> {
  watchParent();
  joinStreams();
  let handler: Handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    writeOut(`${NEW_LINE}ERROR\tInit Error\t${describe(error)}\n`);
    await call('POST', '/init/error', describe(error));
    process.exit(1);
  }
  process.on('uncaughtException', (error) => void die(error, 129));
  process.on('unhandledRejection', (reason) => {
    void die(
      new RuntimeError('Runtime.UnhandledPromiseRejection', reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)),
      128,
    );
  });
  process.on('beforeExit', () => {
    current?.abandon(new RuntimeError('Runtime.NodeJsExit', 'The handler waits for a promise that nothing can settle any more'));
  });
  for (;;) await handleNext(handler);
}

// Without the Runtime API there is nobody to run the function for.
main().catch(() => process.exit(1));
