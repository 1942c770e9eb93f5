import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient } from '@aws-sdk/client-ecs';
import { type EcsPort, ecsPort, type LogsPort, logsPort } from '@plimsoll/task-runner-lambda';
import { type AwsTarget, checkEndpoint, namedRegion, regionOf } from './aws-target.js';

/** Calls of ECS and CloudWatch Logs over the SDK's default credentials. */
export interface TaskPorts {
  readonly ecs: EcsPort;
  readonly logs: LogsPort;
  /** Closes the connections. */
  readonly close: () => void;
}

/**
 * Opens the clients. Each call is tried once: the run decides when to try again.
 *
 * @throws UsageError without a usable region, or with an endpoint that is no URL
 */
export async function openTaskPorts(target: AwsTarget): Promise<TaskPorts> {
  checkEndpoint(target);
  const shared = {
    ...(target.endpointUrl === undefined ? {} : { endpoint: target.endpointUrl }),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 9_000, throwOnRequestTimeout: true },
  };
  const named = namedRegion(target);
  const ecs = new ECSClient({ ...shared, ...(named === undefined ? {} : { region: named.value }) });
  const region = await regionOf(ecs, named);
  const logs: CloudWatchLogsClient[] = [];
  return {
    ecs: ecsPort(ecs),
    logs: logsPort((logRegion) => {
      const client = new CloudWatchLogsClient({ ...shared, region: logRegion ?? region });
      logs.push(client);
      return client;
    }),
    close: () => {
      for (const client of [ecs, ...logs]) client.destroy();
    },
  };
}
