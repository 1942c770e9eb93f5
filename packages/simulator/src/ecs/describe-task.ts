import type { Cluster, Task, TaskContainer } from './ecs-state.js';

/** Containers and moments of a task, in the shape both the API and its events use. */
export type DescribedTask = Readonly<Record<string, unknown>> & { readonly taskArn: string };

/**
 * A task in the shape of `Task`.
 *
 * @param moment writes a moment: as a number for the API, as text for an event
 */
export function describeTask(target: { readonly cluster: Cluster; readonly task: Task }, moment: (at: Date) => unknown): DescribedTask {
  const { cluster, task } = target;
  const zone = task.host?.attributeValues.get('ecs.availability-zone');
  return {
    attachments: [],
    attributes: [],
    ...(zone === undefined ? {} : { availabilityZone: zone }),
    clusterArn: cluster.arn,
    ...(task.startedAt === undefined ? {} : { connectivity: 'CONNECTED', connectivityAt: moment(task.startedAt) }),
    ...(task.capacityProvider === undefined ? {} : { capacityProviderName: task.capacityProvider }),
    ...(task.host === undefined ? {} : { containerInstanceArn: task.host.arn }),
    containers: task.containers.map((container) => describeContainer(task, container)),
    cpu: String(task.demand.cpuUnits),
    createdAt: moment(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.enableExecuteCommand,
    group: task.group,
    lastStatus: task.lastStatus,
    launchType: task.launchType,
    memory: String(task.demand.memoryMiB),
    overrides: describeOverrides(task),
    ...(task.platformVersion === undefined ? {} : { platformFamily: 'Linux', platformVersion: task.platformVersion }),
    ...moments(task, moment),
    ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
    ...(task.stopCode === undefined ? {} : { stopCode: task.stopCode }),
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
    taskArn: task.arn,
    taskDefinitionArn: task.definition.arn,
    version: task.version,
  };
}

function moments(task: Task, moment: (at: Date) => unknown): Record<string, unknown> {
  return {
    ...(task.startedAt === undefined
      ? {}
      : { pullStartedAt: moment(task.createdAt), pullStoppedAt: moment(task.startedAt), startedAt: moment(task.startedAt) }),
    ...(task.stoppingAt === undefined ? {} : { stoppingAt: moment(task.stoppingAt) }),
    ...(task.stoppedAt === undefined ? {} : { stoppedAt: moment(task.stoppedAt), executionStoppedAt: moment(task.stoppedAt) }),
  };
}

/** Every container of the definition is listed by name, overridden or not, as ECS does. */
function describeOverrides(task: Task): Record<string, unknown> {
  const given = task.overrides?.containerOverrides ?? [];
  return {
    ...task.overrides,
    containerOverrides: task.containers.map(
      ({ definition }) => given.find(({ name }) => name === definition.name) ?? { name: definition.name },
    ),
    inferenceAcceleratorOverrides: [],
  };
}

function describeContainer(task: Task, container: TaskContainer): Record<string, unknown> {
  const { definition } = container;
  return {
    containerArn: container.arn,
    taskArn: task.arn,
    name: definition.name,
    image: definition.image,
    lastStatus: container.lastStatus,
    ...(container.exitCode === undefined ? {} : { exitCode: container.exitCode }),
    ...(container.reason === undefined ? {} : { reason: container.reason }),
    networkBindings: task.startedAt === undefined ? [] : container.networkBindings.map((binding) => ({ ...binding })),
    networkInterfaces: [],
    healthStatus: 'UNKNOWN',
    cpu: String(definition.cpu ?? 0),
    ...(definition.memory === undefined ? {} : { memory: String(definition.memory) }),
    ...(definition.memoryReservation === undefined ? {} : { memoryReservation: String(definition.memoryReservation) }),
    ...(container.gpuIds.length === 0 ? {} : { gpuIds: [...container.gpuIds] }),
  };
}
