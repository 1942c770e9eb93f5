import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalEndpoint } from '../../src/index.js';

function configFor(endpoint: Pick<LocalEndpoint, 'url'>) {
  return {
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}

/** The SDK's client of CloudWatch Logs. */
export function logsClient(endpoint: Pick<LocalEndpoint, 'url'>): CloudWatchLogsClient {
  return new CloudWatchLogsClient(configFor(endpoint));
}

/** The SDK's client of CloudFormation. */
export function cloudFormationClient(endpoint: Pick<LocalEndpoint, 'url'>): CloudFormationClient {
  return new CloudFormationClient(configFor(endpoint));
}

/** The SDK's client of Lambda. */
export function lambdaClient(endpoint: Pick<LocalEndpoint, 'url'>): LambdaClient {
  return new LambdaClient(configFor(endpoint));
}
