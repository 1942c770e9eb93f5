import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { EC2_NETWORK_INTERFACE_LIMITS, type Host } from '@plimsoll/capacity-core';
import type { PastDecision } from './call-budget.js';
import { capacityMetrics } from './capacity-metrics.js';
import { clusterNameOf } from './cluster-name.js';
import type { CapacityConfiguration } from './configuration/configuration.js';
import { type ClusterDecision, decideCluster } from './decide-cluster.js';
import type { ScalingDecision } from './decide-scaling.js';
import type { CallPace } from './ecs-reading/call-pace.js';
import type { EcsOperation } from './ecs-reading/ecs-call.js';
import { createTaskDefinitions, type TaskDefinitions } from './ecs-reading/task-definitions.js';
import { NoTaskSizesError } from './fault.js';
import type { CapacityLogger } from './logger.js';
import { type ClusterReading, observeCluster } from './observe-cluster.js';
import { publishMetrics } from './publish-metrics.js';

/** What the function works with; tests inject their own. */
export interface CapacityDependencies {
  /** Reads the clusters. */
  readonly ecs: Pick<ECSClient, 'send'>;
  /** Reads task definitions, and remembers them; by default a reader of its own over `ecs`. */
  readonly taskDefinitions?: TaskDefinitions;
  /**
   * Keeps the calls of a reading apart.
   *
   * @default they follow one another as fast as they are answered
   */
  readonly pace?: CallPace;
  /** Takes the metrics. */
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  /** Removes hosts, where that is configured. */
  readonly autoScaling: Pick<AutoScalingClient, 'send'>;
  /** Tells the time. */
  readonly clock: () => Date;
  /** Takes the log. */
  readonly logger: CapacityLogger;
  /** As `readConfiguration` returns it. */
  readonly configuration: CapacityConfiguration;
}

/** A cluster to look at. */
export interface PublishCapacityOptions {
  /** Name or ARN of the cluster. */
  readonly cluster: string;
  /** Details of events about it, in any order. */
  readonly updates: readonly unknown[];
  /**
   * ARNs of hosts that are not to be named as drainable.
   *
   * @default none
   */
  readonly staying?: ReadonlySet<string>;
  /**
   * When each host's agent was last seen connected: see `decideCapacity`.
   *
   * @default unknown
   */
  readonly agentsSeen?: ReadonlyMap<string, number>;
  /** Told of each ECS call when it has come to its end, with the tries it took. */
  readonly onCall?: (operation: EcsOperation, tries: number) => void;
  /** Ends the work; the promise then rejects with the signal's reason. */
  readonly abortSignal: AbortSignal;
}

/** A decision that was published, and what it cost. */
export interface PublishedCapacity extends PastDecision {
  /** What was decided. */
  readonly decision: ClusterDecision;
}

/**
 * Makes one decision: reads the cluster, counts its capacity, publishes it and logs one line.
 *
 * @throws ClusterReadError or PublishError
 */
export async function publishCapacity(dependencies: CapacityDependencies, options: PublishCapacityOptions): Promise<PublishedCapacity> {
  const { ecs, cloudWatch, clock, logger, configuration } = dependencies;
  const { cluster, updates, staying = new Set(), agentsSeen = new Map<string, number>(), onCall, abortSignal } = options;
  const clusterName = clusterNameOf(cluster);
  // The moment before the first call: the numbers are at least this new.
  const timestamp = clock();
  const taskDefinitions = dependencies.taskDefinitions ?? createTaskDefinitions(ecs, clock);
  const reading = await observeCluster({ ecs, taskDefinitions, configuration }, { cluster, abortSignal, onCall, pace: dependencies.pace });
  for (const { taskSize, reason } of reading.refused) logger.error('task size left out', { cluster: clusterName, taskSize, reason });
  // A cluster whose services are yet to come has its hosts counted all the same; one whose sizes cannot be read is a mistake.
  if (reading.taskSizes.length === 0 && reading.refused.length > 0)
    throw new NoTaskSizesError(`no task size of ${clusterName} can be counted: see what was left out and why`);
  const decision = decideCluster({
    ...reading,
    updates,
    placement: {
      networkInterfaceLimits: EC2_NETWORK_INTERFACE_LIMITS,
      now: timestamp.getTime(),
      graceSeconds: configuration.agentGraceSeconds ?? 0,
    },
    agentsSeen,
    hostType: configuration.hostType,
    ...(configuration.capacityProvider === undefined ? {} : { capacityProvider: configuration.capacityProvider }),
    staying,
    ...(configuration.scaleIn === undefined ? {} : { balanceZones: configuration.scaleIn.balanceZones }),
  });
  logRefusals(logger, clusterName, decision);
  const { namespace, storageResolutionSeconds } = configuration;
  // Two metrics more, which only those pay for who look back on them.
  const demand = configuration.scaleIn?.patience === undefined ? {} : { demand: decision.demand };
  const data = capacityMetrics({
    clusterName,
    capacity: decision.capacity,
    scaling: decision.scaling,
    ...demand,
    stateAgeSeconds: Math.max(0, clock().getTime() - timestamp.getTime()) / 1000,
    timestamp,
    storageResolutionSeconds,
  });
  const putMetricData = await publishMetrics(cloudWatch, { namespace, data, abortSignal });
  logger.info('capacity published', {
    ...summaryOf(clusterName, reading, decision),
    ...demand,
    calls: { ...reading.calls, putMetricData, retries: reading.retries },
    durationMillis: clock().getTime() - timestamp.getTime(),
  });
  return {
    decision,
    startedAtMillis: timestamp.getTime(),
    publishedFromMillis: timestamp.getTime(),
    calls: reading.calls.list + reading.calls.describe + reading.calls.tasks + reading.retries,
    versions: new Map(decision.hosts.map(({ containerInstanceArn, version }) => [containerInstanceArn, version])),
    agentsSeen: agentsSeenBy(decision.hosts, timestamp.getTime(), agentsSeen),
  };
}

/** A host that is away keeps the moment it was last seen; one that is gone is forgotten. */
function agentsSeenBy(hosts: readonly Host[], nowMillis: number, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map(
    hosts.flatMap(({ containerInstanceArn: arn, agentConnected }) => {
      const seen = agentConnected ? nowMillis : before.get(arn);
      return seen === undefined ? [] : [[arn, seen] as const];
    }),
  );
}

function summaryOf(cluster: string, reading: ClusterReading, decision: ClusterDecision): Readonly<Record<string, unknown>> {
  const { hosts, containerCapacity, idleHostCapacity, taskSizes } = decision.capacity;
  return {
    cluster,
    hosts: { ...hosts, refused: decision.refusedRecords.length, gone: reading.gone },
    containerCapacity,
    idleHostCapacity,
    ...scalingSummary(decision.scaling),
    taskSizes: taskSizes.map((size) => ({
      name: size.name,
      containerCapacity: size.containerCapacity,
      idleHostCapacity: size.idleHostCapacity,
      binding: size.binding,
      precision: size.precision,
    })),
    ...(reading.tasks === undefined ? {} : { waitingTasks: decision.waitingTasks }),
  };
}

/** Why so many hosts are short, and why no more can go. */
function scalingSummary({ hostsShort, hostType, unplaceable, activeHosts, drainable }: ScalingDecision): Readonly<Record<string, unknown>> {
  const kept: Record<string, number> = {};
  for (const { reason } of drainable.kept) kept[reason] = (kept[reason] ?? 0) + 1;
  return {
    hostsShort,
    ...(hostType === undefined ? {} : { hostType }),
    ...(unplaceable.length === 0 ? {} : { unplaceable }),
    activeHosts,
    drainableHosts: drainable.containerInstanceArns.length,
    unplaced: drainable.unplaced,
    kept,
    ...(drainable.unknown.length === 0 ? {} : { unknown: drainable.unknown }),
  };
}

function logRefusals(logger: CapacityLogger, cluster: string, decision: ClusterDecision): void {
  for (const { code, path, message } of decision.refusedRecords) {
    logger.warn('host left out', { cluster, code, path, reason: message });
  }
  for (const { code, path, message } of decision.refusedUpdates) {
    logger.warn('event detail left out', { cluster, code, path, reason: message });
  }
  for (const { code, path, message } of decision.refusedTasks) {
    logger.warn('task left out', { cluster, code, path, reason: message });
  }
}
