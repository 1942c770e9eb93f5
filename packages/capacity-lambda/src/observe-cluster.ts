import type { ContainerInstance, ECSClient, Task } from '@aws-sdk/client-ecs';
import type { CapacityConfiguration } from './configuration/configuration.js';
import { readContainerInstances } from './ecs-reading/read-container-instances.js';
import { readServices } from './ecs-reading/read-services.js';
import { readTasks } from './ecs-reading/read-tasks.js';
import type { TaskDefinitions } from './ecs-reading/task-definitions.js';
import { ClusterReadError } from './fault.js';
import { type ResolvedTaskSizes, resolveTaskSizes, type TaskDefinitionAnswer, taskDefinitionsNeeded } from './resolve-task-sizes.js';
import type { ServiceRecord } from './services.js';

/** What a cluster is read with. */
export interface ObserveDependencies {
  /** Reads the cluster. */
  readonly ecs: Pick<ECSClient, 'send'>;
  /** Reads task definitions, and remembers them. */
  readonly taskDefinitions: TaskDefinitions;
  /** Says what is read. */
  readonly configuration: Pick<CapacityConfiguration, 'taskSizes' | 'scope'>;
}

/** Calls of one reading, not counting retries. */
export interface ReadingCalls {
  /** ListContainerInstances. */
  readonly list: number;
  /** DescribeContainerInstances. */
  readonly describe: number;
  /** ListTasks and DescribeTasks. */
  readonly tasks: number;
  /** ListServices and DescribeServices, which ECS limits by themselves. */
  readonly services: number;
}

/** Everything that one decision is made from. */
export interface ClusterReading extends ResolvedTaskSizes {
  /** The container instances. */
  readonly records: readonly ContainerInstance[];
  /** How many of them were listed but gone before they were described. */
  readonly gone: number;
  /** The tasks that are to run; absent where they are not read. */
  readonly tasks?: readonly Task[];
  /** The services; none where they are not read. */
  readonly services: readonly ServiceRecord[];
  /** Calls made. */
  readonly calls: ReadingCalls;
  /** Tries beyond the first, over all calls. */
  readonly retries: number;
}

/**
 * Reads a cluster as far as the configuration asks: its container instances; its tasks; its services and their task definitions.
 *
 * A task definition that cannot be read costs its own size only.
 *
 * @throws ClusterReadError when anything else cannot be read in full
 */
export async function observeCluster(
  { ecs, taskDefinitions, configuration }: ObserveDependencies,
  options: { readonly cluster: string; readonly abortSignal?: AbortSignal | undefined },
): Promise<ClusterReading> {
  const { scope, taskSizes: configured } = configuration;
  // Tasks first: one that is placed in between is then seen on its host only, and room is never counted twice.
  const tasks = scope.tasks ? await readTasks(ecs, options) : undefined;
  const hosts = await readContainerInstances(ecs, options);
  const services = scope.tasks || scope.discoverServices ? await readServices(ecs, options) : undefined;
  const sources = { configured, services: services?.records ?? [], scope };
  const definitions = new Map<string, TaskDefinitionAnswer>();
  for (const taskDefinition of taskDefinitionsNeeded(sources)) {
    definitions.set(taskDefinition, await describe(taskDefinitions, taskDefinition, options.abortSignal));
  }
  return {
    ...resolveTaskSizes({ ...sources, taskDefinitions: definitions }),
    records: hosts.records,
    gone: hosts.gone,
    ...(tasks === undefined ? {} : { tasks: tasks.records }),
    services: sources.services,
    calls: { ...hosts.calls, tasks: tasks?.calls ?? 0, services: services?.calls ?? 0 },
    retries: hosts.retries + (tasks?.retries ?? 0) + (services?.retries ?? 0),
  };
}

async function describe(
  taskDefinitions: TaskDefinitions,
  taskDefinition: string,
  abortSignal: AbortSignal | undefined,
): Promise<TaskDefinitionAnswer> {
  try {
    return { ok: true, value: await taskDefinitions.describe(taskDefinition, abortSignal) };
  } catch (error) {
    if (error instanceof ClusterReadError) return { ok: false, error: error.message };
    throw error;
  }
}
