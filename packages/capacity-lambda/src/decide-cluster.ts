import {
  type Daemon,
  type Host,
  type HostType,
  needsHost,
  type PlacementOptions,
  readTask,
  type Task,
  type TaskDemand,
  type TaskError,
  type TaskSize,
} from '@plimsoll/capacity-core';
import { hostsOfOthers, providerRules } from './capacity-providers.js';
import { type CapacityDecision, decideCapacity } from './decide-capacity.js';
import { decideScaling, type ScalingDecision } from './decide-scaling.js';
import { type HostDemand, hostDemand, idleHosts } from './host-demand.js';
import { expectedHostType } from './host-type.js';
import { missingTasks, tasksToDeploy } from './missing-tasks.js';
import { replacedTasks } from './replaced-tasks.js';
import type { ServiceRecord } from './services.js';
import { hostsOfUnknownServices, withConstraints } from './task-constraints.js';

/** Everything that was read of a cluster. */
export interface ClusterObservation {
  /** Container instances as DescribeContainerInstances returned them. */
  readonly records: readonly unknown[];
  /** Details of Container Instance State Change events; one that is newer than its record replaces it. */
  readonly updates: readonly unknown[];
  /** Task sizes to count; with none, only hosts are. */
  readonly taskSizes: readonly TaskSize[];
  /**
   * Every task that is to run, as DescribeTasks returned them; where network interfaces count, those that are to stop, too.
   *
   * @default unknown: answers that depend on it are upper bounds, and nothing is taken to wait
   */
  readonly tasks?: readonly unknown[];
  /** What daemon services start on each host. */
  readonly daemons?: readonly Daemon[];
  /**
   * The services of the cluster, as DescribeServices returned them.
   *
   * @default unknown: nothing is taken to be missing, and tasks to be placed without constraints but those of sizes of their group
   */
  readonly services?: readonly ServiceRecord[];
  /** What a task of each service asks for, beside `taskSizes`. */
  readonly serviceSizes?: readonly TaskSize[];
  /**
   * Whether a size could not be read of which some tasks must always fit: no host is then named as drainable.
   *
   * @default false
   */
  readonly headroomUnknown?: boolean;
  /** What else bears on placement: network interfaces, a grace period of agents. */
  readonly placement?: Omit<PlacementOptions, 'tasks' | 'daemons'>;
  /** When each host's agent was last seen connected: see `decideCapacity`. */
  readonly agentsSeen?: ReadonlyMap<string, number>;
  /** The type of host that is added; by default the commonest of the cluster. */
  readonly hostType?: HostType | undefined;
  /**
   * The capacity provider whose hosts are added: what waits for others alone is left to them.
   *
   * @default a host that is added takes any task
   */
  readonly capacityProvider?: string;
  /** ARNs of hosts that are not to be named as drainable. */
  readonly staying?: ReadonlySet<string>;
  /** Whether hosts are named so that the Availability Zones stay in balance. */
  readonly balanceZones?: boolean;
}

/** All that one run decides about a cluster. */
export interface ClusterDecision extends CapacityDecision {
  /** Whether hosts are missing, and which could go. */
  readonly scaling: ScalingDecision;
  /** Hosts that the cluster needs now; what is not proved counts as needed. */
  readonly demand: HostDemand;
  /** ARNs of drainable hosts that run no task but daemons. */
  readonly idleHosts: ReadonlySet<string>;
  /** Tasks that wait for a host, or that services want and have not; 0 where tasks are not known. Integer, at least 0. */
  readonly waitingTasks: number;
  /** Tasks left out because they could not be read; the tasks of the cluster are then unknown. */
  readonly refusedTasks: readonly TaskError[];
}

/** Decides what is published about a cluster, and what is done about it. Pure. */
export function decideCluster(observation: ClusterObservation): ClusterDecision {
  const { daemons = [], services = [], balanceZones } = observation;
  const { records: told, tasks: toldTasks = [], capacityProvider: own } = observation;
  const rules = providerRules({ records: told, tasks: toldTasks, services, own });
  const [records, updates] = [told.map(rules.record), observation.updates.map(rules.record)];
  const [taskSizes, serviceSizes] = [observation.taskSizes.map(rules.size), (observation.serviceSizes ?? []).map(rules.size)];
  const read = observation.tasks && readTasks(observation.tasks, daemons);
  const tasks = (read?.tasks ?? []).map(rules.task);
  const isKnown = read !== undefined && read.refused.length === 0;
  const placement: PlacementOptions = { ...observation.placement, daemons, ...(isKnown ? { tasks } : {}) };
  const { agentsSeen } = observation;
  const capacity = decideCapacity({ records, updates, taskSizes, placement, ...(agentsSeen === undefined ? {} : { agentsSeen }) });
  const sizes = [...serviceSizes, ...taskSizes];
  const replaced = replacedTasks({ hosts: capacity.hosts, tasks, services });
  const replacedOnes = tasks.filter(({ taskArn }) => replaced.has(taskArn));
  // What stops, or will for having been replaced, holds its room until it has, and then needs none: nothing that a host must be rid of.
  const draining = new Set(allOf(capacity.hosts.filter(({ status }) => status === 'DRAINING')));
  // Nor does what only hosts of others can take need one that is added here.
  const isLeaving = (task: Task): boolean => isStopping(task) || replaced.has(task.taskArn) || rules.waitsElsewhere(task, draining);
  const lasting = withConstraints(tasks, sizes).map((task) => (isLeaving(task) ? { ...task, daemon: true } : task));
  const all = read === undefined ? [] : missingTasks({ tasks: lasting, services, sizes });
  const ofOwn = (demands: readonly TaskDemand[]) => demands.filter(({ size }) => rules.isOwn(size));
  const missing = ofOwn(all);
  const unknown = observation.services === undefined ? [] : hostsOfUnknownServices(lasting, services, sizes);
  const staying = [...(observation.staying ?? []), ...unknown, ...hostsOfOthers(told, own)];
  const hostType = expectedHostType(capacity.hosts, observation.hostType);
  const unplaced = lasting.filter((task) => needsHost(task) && !task.daemon && task.containerInstanceArn === undefined).length;
  const scaling = decideScaling({
    hosts: capacity.hosts,
    placement: { ...placement, ...(isKnown ? { tasks: lasting } : {}) },
    taskSizes: taskSizes.map((size) => (rules.isOwn(size) ? size : { ...size, headroom: 0 })),
    missing,
    deploying: ofOwn(tasksToDeploy({ services, sizes }, all, replacedOnes)),
    hostType: hostType && rules.hostType(hostType),
    staying: new Set([...staying, ...(observation.headroomUnknown ? allOf(capacity.hosts) : [])]),
    ...(balanceZones === undefined ? {} : { balanceZones }),
  });
  return {
    ...capacity,
    scaling,
    ...demandOf(scaling, lasting),
    waitingTasks: missing.reduce((sum, demand) => sum + demand.tasks, unplaced),
    refusedTasks: read?.refused ?? [],
  };
}

function demandOf(scaling: ScalingDecision, tasks: readonly Task[]): Pick<ClusterDecision, 'demand' | 'idleHosts'> {
  const proved = scaling.drainable.precision === 'exact' ? scaling.drainable.containerInstanceArns : [];
  return {
    demand: hostDemand({ tasks, scaling: { ...scaling, drainable: { containerInstanceArns: proved } } }),
    idleHosts: idleHosts(proved, tasks),
  };
}

function allOf(hosts: readonly Host[]): readonly string[] {
  return hosts.map(({ containerInstanceArn }) => containerInstanceArn);
}

function isStopping({ desiredStatus }: Task): boolean {
  return desiredStatus === 'STOPPED';
}

interface TaskRecords {
  readonly tasks: readonly Task[];
  readonly refused: readonly TaskError[];
}

function readTasks(records: readonly unknown[], daemons: readonly Daemon[]): TaskRecords {
  const daemonGroups = new Set(daemons.map(({ group }) => group));
  const read = records.map((record) => readTask(record, { daemonGroups }));
  return {
    tasks: read.flatMap((task) => (task.ok ? [task.value] : [])),
    refused: read.flatMap((task) => (task.ok ? [] : [task.error])),
  };
}
