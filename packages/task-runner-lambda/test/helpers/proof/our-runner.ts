import { cloudFormationPort, ecsPort, lambdaPort, logsPort } from '../../../src/clients.js';
import { createHandler } from '../../../src/create-handler.js';
import type { Subject } from './subjects.js';

/** Lambda's name for the function. */
export const FUNCTION_NAME = 'task-runner';

/** The handler of this package, with its own clients over the services in process. */
export const ourRunner: Subject = {
  name: 'plimsoll',
  functionMs: 900_000,
  hasDestination: true,
  run: async (event, { client, put, now, after, random, remainingMs, mode, log }) => {
    const write = (message: string, fields: unknown): void => log(`${message} ${JSON.stringify(fields)}`);
    const handler = createHandler({
      ecs: ecsPort(client('ecs')),
      logs: logsPort(() => client('logs')),
      cloudFormation: cloudFormationPort(client('cloudformation')),
      lambda: lambdaPort(client('lambda')),
      clock: { now, after },
      random,
      logger: { info: write, warn: write, error: write },
      configuration: { mode, functionName: FUNCTION_NAME, region: 'us-east-1' },
      put: async ({ url, body }) => {
        try {
          const { status } = await put({ url: url.reveal(), body: new TextDecoder().decode(body) });
          return { kind: 'answered', status };
        } catch {
          return { kind: 'failed', phase: 'answer', code: 'ECONNRESET' };
        }
      },
    });
    await handler(event, { getRemainingTimeInMillis: remainingMs });
  },
};
