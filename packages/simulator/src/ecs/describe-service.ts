import { epochSeconds } from './describe-host.js';
import type { Cluster, Service } from './ecs-state.js';

/**
 * A service in the shape of `Service` in DescribeServices.
 *
 * Its counts are those of the tasks of its group: no scheduler starts or stops any.
 */
export function describeService(cluster: Cluster, service: Service): Readonly<Record<string, unknown>> {
  const tasks = [...cluster.tasks.values()].filter(
    ({ group, lastStatus }) => group === `service:${service.name}` && lastStatus !== 'STOPPED',
  );
  const runningCount = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
  const counts = { desiredCount: service.desiredCount, runningCount, pendingCount: tasks.length - runningCount };
  const createdAt = epochSeconds(service.createdAt);
  const placed = {
    ...(service.launchType === undefined ? {} : { launchType: service.launchType }),
    ...(service.capacityProviderStrategy.length === 0 ? {} : { capacityProviderStrategy: service.capacityProviderStrategy }),
  };
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: cluster.arn,
    loadBalancers: [],
    serviceRegistries: [],
    status: service.status,
    ...counts,
    ...placed,
    taskDefinition: service.definition.arn,
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: service.schedulingStrategy === 'DAEMON' ? 0 : 100 },
    deployments: [
      {
        id: `ecs-svc/${String(service.sequence).padStart(19, '0')}`,
        status: 'PRIMARY',
        taskDefinition: service.definition.arn,
        ...counts,
        failedTasks: 0,
        createdAt,
        updatedAt: createdAt,
        ...placed,
        rolloutState: runningCount === service.desiredCount ? 'COMPLETED' : 'IN_PROGRESS',
      },
    ],
    events: [],
    createdAt,
    placementConstraints: service.placementConstraints,
    placementStrategy: service.placementStrategy,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: false,
    enableExecuteCommand: false,
  };
}
