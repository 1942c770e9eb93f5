import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  type ECSClientConfig,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { credentialsFromEnvironment } from './credentials.js';
import type { CloudFormationPort, EcsPort, LambdaPort, LogsPort } from './ports.js';

/** The calls of AWS that the function makes. */
export interface AwsPorts {
  readonly ecs: EcsPort;
  readonly logs: LogsPort;
  readonly cloudFormation: CloudFormationPort;
  readonly lambda: LambdaPort;
}

/**
 * Makes the AWS clients as the function uses them: Lambda's credentials, one try a call, never waiting long on it.
 *
 * The run itself decides when to try again. The SDK reads `AWS_ENDPOINT_URL`, the same for one service, `AWS_USE_FIPS_ENDPOINT` and
 * `AWS_USE_DUALSTACK_ENDPOINT` itself.
 *
 * @param env - holds the credentials; read when the first call is signed
 */
export function createPorts(region: string, env: Readonly<Record<string, string | undefined>>): AwsPorts {
  const shared = {
    region,
    credentials: credentialsFromEnvironment(env),
    // Tries in here would hide from the run how long it has waited and what ECS has said.
    maxAttempts: 1,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 9_000, throwOnRequestTimeout: true },
  } satisfies ECSClientConfig;
  return {
    ecs: ecsPort(new ECSClient(shared)),
    logs: logsPort((logRegion) => new CloudWatchLogsClient({ ...shared, region: logRegion ?? region })),
    cloudFormation: cloudFormationPort(new CloudFormationClient(shared)),
    lambda: lambdaPort(new LambdaClient(shared)),
  };
}

/** The call of CloudFormation over a client of the SDK. */
export function cloudFormationPort(client: Pick<CloudFormationClient, 'send'>): CloudFormationPort {
  return { describeStacks: (input) => client.send(new DescribeStacksCommand(input)) };
}

/** The call of Lambda over a client of the SDK. */
export function lambdaPort(client: Pick<LambdaClient, 'send'>): LambdaPort {
  return {
    invokeAsync: ({ functionName, payload }) =>
      client.send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload: Buffer.from(payload) })),
  };
}

/** The calls of ECS over a client of the SDK. */
export function ecsPort(client: Pick<ECSClient, 'send'>): EcsPort {
  return {
    describeTaskDefinition: (input) => client.send(new DescribeTaskDefinitionCommand(input)),
    runTask: (input) => client.send(new RunTaskCommand(input as unknown as RunTaskCommandInput)),
    listTasks: (input) => client.send(new ListTasksCommand(input)),
    describeTasks: ({ cluster, tasks }) =>
      client.send(new DescribeTasksCommand({ ...(cluster === undefined ? {} : { cluster }), tasks: [...tasks] })),
    stopTask: (input) => client.send(new StopTaskCommand(input)),
  };
}

/** The call of CloudWatch Logs, with one client a Region: a log group can be in another than its task. */
export function logsPort(clientFor: (region: string | undefined) => Pick<CloudWatchLogsClient, 'send'>): LogsPort {
  const clients = new Map<string | undefined, Pick<CloudWatchLogsClient, 'send'>>();
  return {
    getLogEvents: ({ region, group, stream, limit, startFromHead = false, nextToken }) => {
      const client = clients.get(region) ?? clientFor(region);
      clients.set(region, client);
      const input = { logGroupName: group, logStreamName: stream, limit, startFromHead, ...(nextToken === undefined ? {} : { nextToken }) };
      return client.send(new GetLogEventsCommand(input));
    },
  };
}
