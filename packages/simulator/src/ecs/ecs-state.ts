import type { HostResource, TaskDemand } from './host-resources.js';
import type { ContainerDefinition, RegisterTaskDefinitionRequest, RunTaskRequest } from './request-schemas.js';

/** A key and a value attached to a resource. */
export interface Tag {
  /** Key. */
  readonly key?: string;
  /** Value. */
  readonly value?: string;
}

/** An attribute of a container instance; most have no value. */
export interface HostAttribute {
  /** Name, such as `ecs.availability-zone`. */
  readonly name: string;
  /** Value, if it has one. */
  readonly value?: string;
}

/** States of a container instance that the model reaches. */
export type HostStatus = 'ACTIVE' | 'DRAINING' | 'INACTIVE';

/** One container instance. */
export interface Host {
  /** Last part of the ARN. */
  readonly id: string;
  /** Amazon Resource Name. */
  readonly arn: string;
  /** Place in the order of registration, which is the order of listing. */
  readonly sequence: number;
  /** EC2 instance id. */
  readonly ec2InstanceId: string;
  /** Moment of registration. */
  readonly registeredAt: Date;
  /** What the agent registered. */
  readonly registered: readonly HostResource[];
  /** Tasks placed here and not stopped, by id. */
  readonly tasks: Map<string, Task>;
  /** Number of these tasks with desired status RUNNING, by task group. */
  readonly groups: Map<string, number>;
  /** Host ports the agent assigned on its own, with the protocol of each. */
  readonly dynamicPorts: Map<number, string>;
  /** What is left for tasks; PORTS list what is taken. */
  remaining: readonly HostResource[];
  /** Attributes, in the order given. */
  attributes: readonly HostAttribute[];
  /** Values of the attributes by name; those without value are not in it. */
  attributeValues: ReadonlyMap<string, string>;
  /** Versions of agent and Docker, as registered. */
  versionInfo: { readonly agentVersion?: string; readonly agentHash?: string; readonly dockerVersion?: string } | undefined;
  /** Tags. */
  tags: readonly Tag[];
  /** Status. */
  status: HostStatus;
  /** Whether the agent is connected. */
  agentConnected: boolean;
  /** Rises by one with each change that is told as an event. From 1. */
  version: number;
}

/** One container of a task. */
export interface TaskContainer {
  /** Amazon Resource Name. */
  readonly arn: string;
  /** Its definition, overrides applied. */
  readonly definition: ContainerDefinition;
  /** Ports bound on the host. */
  readonly networkBindings: readonly {
    readonly bindIP: string;
    readonly containerPort: number;
    readonly hostPort: number;
    readonly protocol: string;
  }[];
  /** GPUs given. */
  readonly gpuIds: readonly string[];
  /** Status last known. */
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  /** Exit code, 0 to 255, once it ran and ended. */
  exitCode: number | undefined;
  /** Why it could not run, or was ended, in words. */
  reason: string | undefined;
}

/** States of a task that the model reaches, in the order of a whole life. */
export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

/** Kinds of stop that the model has (SDK model, `TaskStopCode`). */
export type StopCode = 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated' | 'TerminationNotice';

/** Launch types that the model has. */
export type LaunchType = 'EC2' | 'FARGATE';

/** One task. */
export interface Task {
  /** Last part of the ARN. */
  readonly id: string;
  /** Amazon Resource Name. */
  readonly arn: string;
  /** Place in the order of creation, which is the order of listing. */
  readonly sequence: number;
  /** Where it runs; a Fargate task runs on no host. */
  readonly host: Host | undefined;
  /** EC2 or FARGATE. */
  readonly launchType: LaunchType;
  /** Capacity provider, if it was run by a strategy. */
  readonly capacityProvider: string | undefined;
  /** Version of the Fargate platform. */
  readonly platformVersion: string | undefined;
  /** Its task definition. */
  readonly definition: TaskDefinition;
  /** What it takes from the host. */
  readonly demand: TaskDemand;
  /** Its containers. */
  readonly containers: readonly TaskContainer[];
  /** Overrides given to RunTask. */
  readonly overrides: RunTaskRequest['overrides'];
  /** Task group. */
  readonly group: string;
  /** Who started it, if said. */
  readonly startedBy: string | undefined;
  /** Whether ECS Exec is on. */
  readonly enableExecuteCommand: boolean;
  /** Tags. */
  readonly tags: readonly Tag[];
  /** Moment of creation. */
  readonly createdAt: Date;
  /** Status last known. */
  lastStatus: TaskStatus;
  /** Status wanted. */
  desiredStatus: 'RUNNING' | 'STOPPED';
  /** Moment it began to run. */
  startedAt: Date | undefined;
  /** Moment it was told to stop. */
  stoppingAt: Date | undefined;
  /** Moment it had stopped. */
  stoppedAt: Date | undefined;
  /** Kind of stop. */
  stopCode: StopCode | undefined;
  /** Reason of the stop in words. */
  stoppedReason: string | undefined;
  /** DescribeTasks calls that are still to answer MISSING. */
  hiddenReads: number;
  /** Rises by one with each change that is told as an event. From 1. */
  version: number;
}

/** One revision of a task definition. */
export interface TaskDefinition {
  /** Amazon Resource Name. */
  readonly arn: string;
  /** Family. */
  readonly family: string;
  /** Revision, from 1. */
  readonly revision: number;
  /** Moment of registration. */
  readonly registeredAt: Date;
  /** What was registered, defaults filled in. */
  readonly content: Omit<RegisterTaskDefinitionRequest, 'containerDefinitions' | 'family'> & {
    readonly family: string;
    readonly containerDefinitions: readonly ContainerDefinition[];
  };
}

/** What a client token stands for. */
export interface RememberedRun {
  /** Moment of the request. */
  readonly at: Date;
  /** The request without its token, as text. */
  readonly fingerprint: string;
  /** The answer given. */
  readonly response: { readonly tasks: readonly { readonly taskArn: string }[]; readonly failures: readonly object[] };
}

/** One item of a capacity provider strategy. */
export interface CapacityProviderItem {
  /** Name of the capacity provider. */
  readonly capacityProvider?: string;
  /** Share of the tasks it takes. */
  readonly weight?: number;
  /** Tasks it takes first. */
  readonly base?: number;
}

/** One service, as it was set from outside. */
export interface Service {
  /** Name. */
  readonly name: string;
  /** Amazon Resource Name. */
  readonly arn: string;
  /** Place in the order of listing. */
  readonly sequence: number;
  /** Moment it was first set. */
  readonly createdAt: Date;
  /** Its task definition. */
  readonly definition: TaskDefinition;
  /** Tasks wanted. Integer, at least 0. */
  readonly desiredCount: number;
  /** Whether it wants a number of tasks, or one on each host. */
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON';
  /** Launch type; none where it has a strategy. */
  readonly launchType: LaunchType | undefined;
  /** Capacity providers; empty where it has a launch type. */
  readonly capacityProviderStrategy: readonly CapacityProviderItem[];
  /** Placement constraints. */
  readonly placementConstraints: readonly { readonly type?: string; readonly expression?: string }[];
  /** Placement strategy. */
  readonly placementStrategy: readonly { readonly type?: string; readonly field?: string }[];
  /** Status; only an ACTIVE one is listed. */
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
}

/** One cluster. */
export interface Cluster {
  /** Name. */
  readonly name: string;
  /** Amazon Resource Name. */
  readonly arn: string;
  /** Tags. */
  readonly tags: readonly Tag[];
  /** Settings, such as containerInsights. */
  readonly settings: readonly { readonly name?: string; readonly value?: string }[];
  /** Names of its capacity providers. */
  readonly capacityProviders: readonly string[];
  /** Where tasks go that name neither launch type nor strategy; empty for EC2. */
  readonly defaultStrategy: readonly CapacityProviderItem[];
  /** Container instances by id, in order of registration. */
  readonly hosts: Map<string, Host>;
  /** Tasks by id, in order of creation, stopped ones among them. */
  readonly tasks: Map<string, Task>;
  /** Services by name, in the order they were set. */
  readonly services: Map<string, Service>;
  /** Ids of stopped tasks, oldest first. */
  readonly stoppedTasks: string[];
  /** Ids of deregistered container instances, oldest first. */
  readonly inactiveHosts: string[];
  /** Answers by client token, oldest first. */
  readonly runs: Map<string, RememberedRun>;
}

/** Settings of the model; fixed for its life. */
export interface EcsSettings {
  /** Region in ARNs and events. */
  readonly region: string;
  /** Account in ARNs and events, 12 digits. */
  readonly accountId: string;
  /** Seed of random placement. Integer, 0 to 4294967295. */
  readonly seed: number;
  /** Whether a task runs at once or waits for `startPendingTask`. */
  readonly taskStart: 'immediate' | 'held';
  /** Whether a task's life is a matter of the model alone, or of containers that somebody else runs and reports. */
  readonly containers: 'none' | 'reported';
  /** How long a new task is MISSING to DescribeTasks and absent from ListTasks: until both are over. */
  readonly newTasksHidden: { readonly milliseconds: number; readonly calls: number };
  /** How long a stopped task can be described, in milliseconds. */
  readonly stoppedTaskLifeMs: number;
  /** Stopped tasks kept describable in a cluster. Integer, at least 0. */
  readonly retainedStoppedTasks: number;
  /** Deregistered container instances kept describable in a cluster. Integer, at least 0. */
  readonly retainedInactiveHosts: number;
}

/**
 * Everything the model knows.
 *
 * One owner object that transitions change in place: copying maps of 5,000
 * hosts and tens of thousands of tasks at each request would cost more than the
 * request. A transition is deterministic all the same, since it reads no clock,
 * draws ids from its caller and random numbers from `random`; and it checks
 * everything before it changes anything, so that a refusal leaves no trace.
 */
export interface EcsState {
  /** Settings. */
  readonly settings: EcsSettings;
  /** Clusters by name. */
  readonly clusters: Map<string, Cluster>;
  /** Revisions by family, revision 1 first. */
  readonly taskDefinitions: Map<string, TaskDefinition[]>;
  /** State of the pseudo-random generator. */
  random: number;
  /** Next place in an order of registration or creation. */
  nextSequence: number;
}

/** An empty account. */
export function createEcsState(settings: EcsSettings): EcsState {
  return { settings, clusters: new Map(), taskDefinitions: new Map(), random: settings.seed >>> 0, nextSequence: 1 };
}

/** Values of attributes by name. */
export function valuesByName(attributes: readonly HostAttribute[]): ReadonlyMap<string, string> {
  return new Map(attributes.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

/** Draws the next sequence number. */
export function nextSequence(state: EcsState): number {
  const sequence = state.nextSequence;
  state.nextSequence += 1;
  return sequence;
}
