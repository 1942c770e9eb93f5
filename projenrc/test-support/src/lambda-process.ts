import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { LambdaEndedError, MissingBundleError } from './test-support-error.js';

/** Loads the bundle as Lambda's runtime does, then answers each message with the handler's outcome. */
const RUNTIME = `
const { handler } = require(process.argv[1]);
process.on('message', async ({ event, remainingMillis }) => {
  const deadline = Date.now() + remainingMillis;
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME;
  const context = { functionName, awsRequestId: 'request', getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    process.send({ value: (await handler(event, context)) ?? null });
  } catch ({ code, message }) {
    process.send({ error: { code, message } });
  }
});
`;

/** What an invocation ended in. */
export interface LambdaOutcome {
  /** What the handler returned; `null` where that is nothing, as Lambda answers. */
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A bundle in a process of its own. */
export interface LambdaProcess {
  /**
   * Hands over an event, one at a time.
   *
   * @param remainingMillis - time the handler is told it has, in milliseconds; nothing ends it when that is over
   */
  readonly invoke: (event: unknown, remainingMillis?: number) => Promise<LambdaOutcome>;
  /** Ends the process, or waits until it ended by itself. */
  readonly end: () => Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** What is started, and with what. */
export interface LambdaProcessOptions {
  /** The bundled file, CommonJS. */
  readonly codePath: string;
  /** The environment of the process; it gets no other variable. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Time a handler is told it has where an invocation does not say, in milliseconds.
   *
   * @default 60000
   */
  readonly remainingMillis?: number;
}

/**
 * Starts a bundle and nothing around it.
 *
 * The simulator's `startLambdaFunction` is nearer to Lambda, and the choice for a test of what a function does. This one is for what Lambda
 * keeps from view: both output streams apart, the error's own `code`, an environment without credentials, any time that is left.
 *
 * @throws {MissingBundleError} where there is no such file
 */
export function startLambdaProcess({ codePath, env, remainingMillis: usual = 60_000 }: LambdaProcessOptions): LambdaProcess {
  if (!existsSync(codePath)) throw new MissingBundleError(`there is no ${codePath}: run the task bundle first`);
  const child: ChildProcess = spawn(process.execPath, ['-e', RUNTIME, codePath], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const output = Promise.all([child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream))));
  const exit = once(child, 'exit');
  return {
    invoke: async (event, remainingMillis = usual) => {
      const answer = once(child, 'message').then(([outcome]) => outcome as LambdaOutcome);
      const ended = exit.then(async () => Promise.reject(new LambdaEndedError(`the function ended: ${(await output)[1]}`)));
      child.send({ event, remainingMillis }, () => undefined);
      return Promise.race([answer, ended]);
    },
    end: async () => {
      if (child.connected) child.disconnect();
      const [exitCode] = await exit;
      const [stdout = '', stderr = ''] = await output;
      return { exitCode, stdout, stderr };
    },
  };
}

/**
 * Variables that Lambda gives a function, with dummy credentials, and the endpoint that its AWS calls go to
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime).
 */
export function lambdaVariables(functionName: string, endpointUrl: string): Readonly<Record<string, string>> {
  return {
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_SESSION_TOKEN: 'example-token',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ENDPOINT_URL: endpointUrl,
  };
}
