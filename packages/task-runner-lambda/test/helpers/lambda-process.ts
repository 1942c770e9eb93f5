import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const BUNDLE = join(__dirname, '../../bundle/index.js');

/** Loads the bundle as Lambda's runtime does, then answers each message with the handler's outcome. */
const RUNTIME = `
const { handler } = require(process.argv[1]);
process.on('message', async ({ event, remainingMillis }) => {
  const deadline = Date.now() + remainingMillis;
  const context = { functionName: 'task-runner', awsRequestId: 'request', getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    process.send({ value: (await handler(event, context)) ?? null });
  } catch ({ code, message }) {
    process.send({ error: { code, message } });
  }
});
`;

/** What an invocation ended in. */
export interface Outcome {
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The bundle in a process of its own, with the environment given and nothing else. */
export interface LambdaProcess {
  readonly invoke: (event: unknown, remainingMillis?: number) => Promise<Outcome>;
  /** Ends the process, or waits until it ended by itself. */
  readonly end: () => Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** Starts the bundle. */
export function startLambda(env: Readonly<Record<string, string>>): LambdaProcess {
  if (!existsSync(BUNDLE)) throw new ReferenceError('there is no bundle/index.js: run the task bundle first');
  const child: ChildProcess = spawn(process.execPath, ['-e', RUNTIME, BUNDLE], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const output = Promise.all([child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream))));
  const exit = once(child, 'exit');
  return {
    invoke: async (event, remainingMillis = 60_000) => {
      const answer = once(child, 'message').then(([outcome]) => outcome);
      const ended = exit.then(async () => Promise.reject(new ReferenceError(`the function ended: ${(await output)[1]}`)));
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

/** The environment Lambda gives a function, its AWS endpoint replaced. */
export function lambdaEnvironment(endpointUrl: string): Readonly<Record<string, string>> {
  return {
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: 'task-runner',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_SESSION_TOKEN: 'example-token',
    AWS_ENDPOINT_URL: endpointUrl,
  };
}
