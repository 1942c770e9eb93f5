import type { HostResources, TaskSize } from '@plimsoll/capacity-core';
import type { SeededRandom } from '../virtual-time/seeded-random.js';
import { SIMULATED_CLUSTER } from './model/arns.js';
import type { ClusterListener } from './model/cluster.js';
import type { SimulatedHost } from './model/simulated-host.js';
import type { SimulatedTask } from './model/simulated-task.js';

/** What virtual time 0 is in events. */
const EPOCH_MILLIS = Date.UTC(2026, 0, 1);

/** An event as EventBridge delivers it. */
export interface SimulatedEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'ECS Container Instance State Change' | 'ECS Task State Change';
  readonly source: 'aws.ecs';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the stream is made with. */
export interface EcsEventStreamOptions {
  /** The present moment, in milliseconds from the start. */
  readonly now: () => number;
  /** Takes each event. */
  readonly emit: (event: SimulatedEvent) => void;
}

/**
 * Tells each change of a simulated cluster as ECS would put it on EventBridge.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
 */
export class EcsEventStream implements ClusterListener {
  readonly #created = new Map<SimulatedTask, number>();
  readonly #started = new Map<SimulatedTask, number>();
  #events = 0;

  public constructor(private readonly options: EcsEventStreamOptions) {}

  public hostChanged(host: SimulatedHost): void {
    this.#emit('ECS Container Instance State Change', host.arn, containerInstanceDetail(host, this.#time()));
  }

  public taskChanged(task: SimulatedTask): void {
    const now = this.options.now();
    if (!this.#created.has(task)) this.#created.set(task, now);
    if (task.state === 'RUNNING') this.#started.set(task, now);
    const created = this.#created.get(task) ?? now;
    this.#emit('ECS Task State Change', task.arn, {
      ...taskDetail(task),
      createdAt: timeOf(created),
      ...(this.#started.has(task) ? { startedAt: timeOf(this.#started.get(task) ?? now) } : {}),
      ...(task.state === 'STOPPED' ? { stoppedAt: timeOf(now), stopCode: 'EssentialContainerExited' } : {}),
      updatedAt: timeOf(now),
    });
    // One that was killed may run again under its number.
    if (task.state === 'STOPPED') {
      this.#started.delete(task);
      this.#created.delete(task);
    }
  }

  #time(): string {
    return timeOf(this.options.now());
  }

  #emit(detailType: SimulatedEvent['detail-type'], resource: string, detail: SimulatedEvent['detail']): void {
    this.#events += 1;
    this.options.emit({
      version: '0',
      id: `00000000-0000-4000-a000-${this.#events.toString(16).padStart(12, '0')}`,
      'detail-type': detailType,
      source: 'aws.ecs',
      account: SIMULATED_CLUSTER.account,
      time: `${this.#time().slice(0, 19)}Z`,
      region: SIMULATED_CLUSTER.region,
      resources: [resource],
      detail,
    });
  }
}

/** A task as DescribeTasks and its events tell of it, but for the times. */
export function taskDetail(task: SimulatedTask): Readonly<Record<string, unknown>> {
  const { lastStatus, desiredStatus } = task.view();
  return {
    clusterArn: SIMULATED_CLUSTER.clusterArn,
    taskArn: task.arn,
    taskDefinitionArn: `arn:aws:ecs:${SIMULATED_CLUSTER.region}:${SIMULATED_CLUSTER.account}:task-definition/${task.size.name}:1`,
    ...(task.host === undefined ? {} : { containerInstanceArn: task.host.arn }),
    group: task.group,
    launchType: 'EC2',
    cpu: String(task.size.cpuUnits),
    memory: String(task.size.memoryMiB),
    lastStatus,
    desiredStatus,
    version: task.version,
    attachments: [],
    containers: [containerOf(task)],
  };
}

/** A host as DescribeContainerInstances and its events tell of it. */
export function containerInstanceDetail(host: SimulatedHost, time: string): Readonly<Record<string, unknown>> {
  const view = host.view();
  return {
    agentConnected: view.agentConnected,
    attributes: view.attributes,
    clusterArn: SIMULATED_CLUSTER.clusterArn,
    containerInstanceArn: view.containerInstanceArn,
    ec2InstanceId: view.ec2InstanceId,
    registeredResources: resourcesOf(view.registered),
    remainingResources: resourcesOf(view.remaining),
    status: host.state === 'GONE' ? 'INACTIVE' : view.status,
    version: view.version,
    versionInfo: { agentVersion: '1.99.0' },
    updatedAt: time,
  };
}

function resourcesOf({ cpuUnits, memoryMiB, gpus, takenTcpPorts, takenUdpPorts }: HostResources): readonly unknown[] {
  const set = (name: string, values: readonly unknown[]) => ({ name, type: 'STRINGSET', stringSetValue: values.map(String) });
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpuUnits },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
    set('PORTS', takenTcpPorts),
    set('PORTS_UDP', takenUdpPorts),
    ...(gpus > 0
      ? [
          set(
            'GPU',
            Array.from({ length: gpus }, (_, index) => `gpu-${index}`),
          ),
        ]
      : []),
  ];
}

function containerOf(task: SimulatedTask): Readonly<Record<string, unknown>> {
  const { size, state }: { readonly size: TaskSize; readonly state: SimulatedTask['state'] } = task;
  const lastStatus = state === 'RUNNING' || state === 'STOPPED' ? state : 'PENDING';
  return {
    name: 'main',
    containerArn: `${task.arn.replace(':task/', ':container/')}/main`,
    taskArn: task.arn,
    lastStatus,
    cpu: String(size.cpuUnits),
    memory: String(size.memoryMiB),
    networkBindings: [...size.tcpPorts.map((port) => binding(port, 'tcp')), ...size.udpPorts.map((port) => binding(port, 'udp'))],
    gpuIds: Array.from({ length: size.gpus }, (_, index) => `gpu-${index}`),
  };
}

function binding(port: number, protocol: 'tcp' | 'udp') {
  return { bindIP: '0.0.0.0', containerPort: port, hostPort: port, protocol };
}

function timeOf(millis: number): string {
  return new Date(EPOCH_MILLIS + millis).toISOString();
}

/** How badly events are delivered. */
export interface DeliveryFaults {
  /** Probability that an event is lost, 0 to 1. */
  readonly loss: number;
  /** Probability that an event comes twice, 0 to 1. */
  readonly duplication: number;
  /** Places that an event may fall behind. Integer, at least 0. */
  readonly displacement: number;
}

/**
 * Delivers events as EventBridge may: at least once, out of order, and now and then, against its promise, not at all.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwet_handling.html
 */
export function deliverWithFaults<Event>(events: readonly Event[], faults: DeliveryFaults, random: SeededRandom): readonly Event[] {
  const delivered: Array<{ readonly place: number; readonly order: number; readonly event: Event }> = [];
  for (const [index, event] of events.entries()) {
    if (random.chance(faults.loss)) continue;
    const copies = random.chance(faults.duplication) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      delivered.push({ place: index + random.below(faults.displacement + 1), order: delivered.length, event });
    }
  }
  return delivered.sort((a, b) => a.place - b.place || a.order - b.order).map(({ event }) => event);
}
