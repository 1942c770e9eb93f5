import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { createClients } from './clients.js';
import { readConfiguration } from './configuration/configuration.js';
import { type BatchResponse, createHandler } from './create-handler.js';
import { createCallPace, paceOf } from './ecs-reading/call-pace.js';
import { InvalidConfigurationError } from './fault.js';

const logger = new Logger({ serviceName: process.env.POWERTOOLS_SERVICE_NAME || 'plimsoll-capacity' });

const configuration = readConfiguration(process.env);
if (!configuration.ok) {
  const { code, variable, message } = configuration.error;
  logger.error('configuration refused', { code, variable, reason: message });
  // Fails the start, which Lambda reports; a function that started would publish nothing and look well.
  throw new InvalidConfigurationError(message);
}

const handle = createHandler({
  ...createClients(configuration.value.region, process.env),
  clock: () => new Date(),
  pace: createCallPace({
    ...paceOf(configuration.value.callBudget.callsPerSecond),
    now: () => performance.now(),
    wait: (millis, signal) => setTimeout(millis, undefined, signal === undefined ? {} : { signal }),
  }),
  logger,
  configuration: configuration.value,
});

/** The Lambda function: takes an event of ECS or of the schedule, or an SQS batch of them. */
export async function handler(event: unknown, context: Context): Promise<BatchResponse | undefined> {
  logger.addContext(context);
  return handle(event, context);
}
