import { setTimeout as sleep } from 'node:timers/promises';
import { DemoError } from '../demo-error.js';
import { CLUSTER_NAME } from '../template/local-references.js';
import { type Resource, theResource } from '../template/template.js';
import type { LocalCluster } from './local-cluster.js';
import type { TaskDefinition } from './local-definition.js';

/** How long the service may take to listen, in milliseconds: a process starts, a container before it runs to its end. */
const START_MILLISECONDS = 60_000;
const LOOK_MILLISECONDS = 20;

/** A task of the service. */
export interface ServiceTask {
  readonly taskArn: string;
  /** Where it listens. */
  readonly url: string;
  /** Containers of it that have ended, with their exit codes. */
  readonly ended: ReadonlyMap<string, number>;
}

/** What RunTask is told where the service places a task, from the template: its capacity provider and its placement. */
export function placementOf(cluster: LocalCluster, service: Resource): Readonly<Record<string, unknown>> {
  const { CapacityProviderStrategy = [], PlacementStrategies = [] } = cluster.resolve(service.properties) as ServiceProperties;
  return {
    cluster: CLUSTER_NAME,
    group: `service:${service.id}`,
    startedBy: 'ecs-svc/demo',
    capacityProviderStrategy: CapacityProviderStrategy.map(({ CapacityProvider, Weight }) => ({
      capacityProvider: CapacityProvider,
      weight: Weight,
    })),
    placementStrategy: PlacementStrategies.map(({ Type, Field }) => ({ type: Type, ...(Field === undefined ? {} : { field: Field }) })),
  };
}

interface ServiceProperties {
  readonly CapacityProviderStrategy?: ReadonlyArray<{ readonly CapacityProvider: string; readonly Weight: number }>;
  readonly PlacementStrategies?: ReadonlyArray<{ readonly Type: string; readonly Field?: string }>;
}

/**
 * Starts one task of the service, as its scheduler would, and waits until it listens.
 *
 * @throws {DemoError} when it does not come up
 */
export async function startServiceTask(cluster: LocalCluster, definition: TaskDefinition, taskDefinition: string): Promise<ServiceTask> {
  const service = theResource(cluster.template, 'AWS::ECS::Service');
  const { tasks, failures } = cluster.ecs('RunTask', { ...placementOf(cluster, service), taskDefinition }) as RunTaskAnswer;
  const taskArn = tasks[0]?.taskArn;
  if (taskArn === undefined)
    throw new DemoError('SERVICE_FAILED', `no host takes the service: ${failures.map(({ reason }) => reason).join(', ')}`);
  const until = Date.now() + START_MILLISECONDS;
  for (;;) {
    const port = portIn(logOf(cluster, definition, taskArn));
    const described = describe(cluster, taskArn);
    if (port !== undefined && described.lastStatus === 'RUNNING') {
      return { taskArn, url: `http://127.0.0.1:${port}`, ended: exitCodesOf(described) };
    }
    if (described.lastStatus === 'STOPPED' || Date.now() > until) {
      const problem =
        described.lastStatus === 'STOPPED' ? `stopped: ${described.stoppedReason}` : `did not listen within ${START_MILLISECONDS} ms`;
      throw new DemoError('SERVICE_FAILED', `the service ${problem}`, logOf(cluster, definition, taskArn));
    }
    await sleep(LOOK_MILLISECONDS);
  }
}

/** Whether ECS shows the task as running still. */
export function isRunning(cluster: LocalCluster, taskArn: string): boolean {
  return describe(cluster, taskArn).lastStatus === 'RUNNING';
}

/** Tells ECS to stop a task. */
export function stopTask(cluster: LocalCluster, taskArn: string): void {
  cluster.ecs('StopTask', { cluster: CLUSTER_NAME, task: taskArn, reason: 'replaced by the next release' });
}

function describe(cluster: LocalCluster, taskArn: string): DescribedTask {
  const { tasks } = cluster.ecs('DescribeTasks', { cluster: CLUSTER_NAME, tasks: [taskArn] }) as {
    readonly tasks: readonly DescribedTask[];
  };
  const [task] = tasks;
  if (task === undefined) throw new DemoError('SERVICE_FAILED', `${taskArn} is not there`);
  return task;
}

function exitCodesOf({ containers }: DescribedTask): ReadonlyMap<string, number> {
  return new Map(containers.flatMap(({ name, exitCode }) => (exitCode === undefined ? [] : [[name, exitCode] as const])));
}

/** Lines that the containers of a task have logged, by the template's own log group and prefix. */
export function logOf({ endpoint }: LocalCluster, { containerDefinitions }: TaskDefinition, taskArn: string): readonly string[] {
  return containerDefinitions.flatMap(({ name, logConfiguration: { options = {} } = {} }) => {
    const streams = endpoint.logs.streams(options['awslogs-group'] ?? '');
    const stream = streams?.get(`${options['awslogs-stream-prefix']}/${name}/${taskArn.slice(taskArn.lastIndexOf('/') + 1)}`);
    return (stream?.events ?? []).map(({ message }) => message);
  });
}

/** The port in the line by which the service says that it listens. */
function portIn(lines: readonly string[]): number | undefined {
  for (const line of lines) {
    if (!line.startsWith('{')) continue;
    const { msg, port } = JSON.parse(line) as { readonly msg?: string; readonly port?: number };
    if (msg === 'listening') return port;
  }
  return undefined;
}

interface RunTaskAnswer {
  readonly tasks: ReadonlyArray<{ readonly taskArn: string }>;
  readonly failures: ReadonlyArray<{ readonly reason: string }>;
}

interface DescribedTask {
  readonly lastStatus: string;
  readonly stoppedReason?: string;
  readonly containers: ReadonlyArray<{ readonly name: string; readonly exitCode?: number }>;
}
