import type { DescribedTask } from './describe-task.js';
import { describeTask } from './describe-task.js';
import type { Cluster, EcsState, Host, HostAttribute, HostStatus, Task } from './ecs-state.js';
import type { HostResource } from './host-resources.js';
import type { Transition } from './transition.js';

/** What EventBridge puts around the detail of every event. */
export interface EventEnvelope<DetailType extends string, Detail> {
  /** Version of the envelope, always this text. */
  readonly version: '0';
  /** Id of the event. */
  readonly id: string;
  /** Kind of event. */
  readonly 'detail-type': DetailType;
  /** Always ECS. */
  readonly source: 'aws.ecs';
  /** Account, 12 digits. */
  readonly account: string;
  /** Moment in ISO 8601, whole seconds. */
  readonly time: string;
  /** Region. */
  readonly region: string;
  /** ARN of what changed. */
  readonly resources: readonly string[];
  /** What it is like now. */
  readonly detail: Detail;
}

/** A resource as an event carries it: only the value that counts. */
export interface EventResource {
  /** Name. */
  readonly name: string;
  /** Which value counts. */
  readonly type: HostResource['type'];
  /** Value of an INTEGER. */
  readonly integerValue?: number;
  /** Value of a LONG. */
  readonly longValue?: number;
  /** Value of a DOUBLE. */
  readonly doubleValue?: number;
  /** Value of a STRINGSET. */
  readonly stringSetValue?: readonly string[];
}

/** A container instance in an event. */
export interface ContainerInstanceDetail {
  /** Whether the agent is connected. */
  readonly agentConnected: boolean;
  /** Attributes. */
  readonly attributes: readonly HostAttribute[];
  /** Its cluster. */
  readonly clusterArn: string;
  /** Amazon Resource Name. */
  readonly containerInstanceArn: string;
  /** EC2 instance id. */
  readonly ec2InstanceId: string;
  /** What the agent registered. */
  readonly registeredResources: readonly EventResource[];
  /** What is left; PORTS list what is taken. */
  readonly remainingResources: readonly EventResource[];
  /** Status. */
  readonly status: HostStatus;
  /** Rises by one with each event of this container instance. */
  readonly version: number;
  /** Versions of agent and Docker. */
  readonly versionInfo?: NonNullable<Host['versionInfo']>;
  /** Moment of the change in ISO 8601, with milliseconds. */
  readonly updatedAt: string;
}

/** A change of a container instance, as EventBridge delivers it. */
export type ContainerInstanceEvent = EventEnvelope<'ECS Container Instance State Change', ContainerInstanceDetail>;

/** A change of a task, as EventBridge delivers it. */
export type TaskEvent = EventEnvelope<'ECS Task State Change', DescribedTask>;

/** An event of ECS. */
export type EcsEvent = ContainerInstanceEvent | TaskEvent;

/** Where a change happened. */
export interface Place {
  /** The account. */
  readonly state: EcsState;
  /** The cluster. */
  readonly cluster: Cluster;
}

/** Raises the host's version and tells the change. */
export function hostChanged(place: Place, host: Host, transition: Transition): void {
  host.version += 1;
  hostAppeared(place, host, transition);
}

/** Tells of a host at its present version. */
export function hostAppeared(place: Place, host: Host, transition: Transition): void {
  transition.events.push({
    ...envelope(place.state, host.arn, transition),
    'detail-type': 'ECS Container Instance State Change',
    detail: {
      agentConnected: host.agentConnected,
      attributes: host.attributes.map((attribute) => ({ ...attribute })),
      clusterArn: place.cluster.arn,
      containerInstanceArn: host.arn,
      ec2InstanceId: host.ec2InstanceId,
      registeredResources: host.registered.map(eventResource),
      remainingResources: host.remaining.map(eventResource),
      status: host.status,
      version: host.version,
      ...(host.versionInfo === undefined ? {} : { versionInfo: { ...host.versionInfo } }),
      updatedAt: transition.now.toISOString(),
    },
  });
}

/** Raises the task's version and tells the change. */
export function taskChanged(place: Place, task: Task, transition: Transition): void {
  task.version += 1;
  taskAppeared(place, task, transition);
}

/** Tells of a task at its present version. */
export function taskAppeared(place: Place, task: Task, transition: Transition): void {
  transition.events.push({
    ...envelope(place.state, task.arn, transition),
    'detail-type': 'ECS Task State Change',
    detail: {
      ...describeTask({ cluster: place.cluster, task }, (at) => at.toISOString()),
      updatedAt: transition.now.toISOString(),
    },
  });
}

function envelope(state: EcsState, arn: string, transition: Transition): Omit<EventEnvelope<string, unknown>, 'detail' | 'detail-type'> {
  return {
    version: '0',
    id: transition.newId(),
    source: 'aws.ecs',
    account: state.settings.accountId,
    time: `${transition.now.toISOString().slice(0, 19)}Z`,
    region: state.settings.region,
    resources: [arn],
  };
}

function eventResource(resource: HostResource): EventResource {
  const { name, type } = resource;
  switch (type) {
    case 'STRINGSET':
      return { name, type, stringSetValue: [...resource.values] };
    case 'INTEGER':
      return { name, type, integerValue: resource.value };
    case 'LONG':
      return { name, type, longValue: resource.value };
    default:
      return { name, type, doubleValue: resource.value };
  }
}
