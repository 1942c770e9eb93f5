import { Logger } from '@aws-lambda-powertools/logger';
import { httpsPut } from '@plimsoll/cfn-response';
import type { Context } from 'aws-lambda';
import { createPorts } from './clients.js';
import { systemClock } from './clock.js';
import { readConfiguration } from './configuration.js';
import { createHandler } from './create-handler.js';
import { InvalidConfigurationError } from './fault.js';

const logger = new Logger({ serviceName: process.env.POWERTOOLS_SERVICE_NAME || 'plimsoll-task-runner' });

const configuration = readConfiguration(process.env);
if (!configuration.ok) {
  const { code, variable, message } = configuration.error;
  logger.error('configuration refused', { code, variable, reason: message });
  // Fails the start, which Lambda reports.
  throw new InvalidConfigurationError(message);
}

const handle = createHandler({
  ...createPorts(configuration.value.region, process.env),
  clock: systemClock,
  random: Math.random,
  logger,
  configuration: configuration.value,
  // Only a local imitation of CloudFormation answers at a plain http address, and it has AWS's endpoints replaced as well.
  put: httpsPut({ allowHttp: Boolean(process.env.AWS_ENDPOINT_URL) }),
});

/** The Lambda function: takes CloudFormation's requests, what it hands over to itself, and Lambda's records of events that failed. */
export async function handler(event: unknown, context: Context): Promise<void> {
  logger.addContext(context);
  await handle(event, context);
}
