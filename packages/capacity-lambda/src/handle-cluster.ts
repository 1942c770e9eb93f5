import { judgeReading, type PastDecision } from './call-budget.js';
import { clusterNameOf } from './cluster-name.js';
import { type EcsOperation, isBudgeted } from './ecs-reading/ecs-call.js';
import { createTaskDefinitions } from './ecs-reading/task-definitions.js';
import { CapacityLambdaError, describeFault } from './fault.js';
import { type CapacityDependencies, type PublishedCapacity, publishCapacity } from './publish-capacity.js';
import type { Message } from './read-messages.js';
import { recentRemovals } from './recent-removals.js';
import { scaleIn } from './scale-in.js';

/** All messages of one invocation that are about one cluster. */
export interface ClusterMessages {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** The messages. At least one. */
  readonly messages: readonly Message[];
  /** Ends the work. */
  readonly abortSignal: AbortSignal;
}

/** Handles the messages of one cluster; gives back the fault, logged, if the decision failed. */
export type ClusterHandler = (messages: ClusterMessages) => Promise<CapacityLambdaError | undefined>;

/**
 * Makes what handles the messages of one cluster: a decision, where they are worth one; on schedule also a look at scale-in.
 *
 * It remembers what it published and removed. That only spares calls and patience: an execution environment that knows nothing yet
 * decides just as well.
 */
export function createClusterHandler(given: CapacityDependencies): ClusterHandler {
  const dependencies = { taskDefinitions: createTaskDefinitions(given.ecs, given.clock), ...given };
  const { clock, configuration, logger } = dependencies;
  const past = new Map<string, PastDecision>();
  const onSchedule = new Set(configuration.clusters.map(clusterNameOf));
  const removals = recentRemovals();

  return async (options) => {
    const { clusterName, messages, abortSignal } = options;
    try {
      abortSignal.throwIfAborted();
      if (isWorthReading(options)) await decide(options);
      return undefined;
    } catch (error) {
      // Anything else is a mistake in this package and must fail the invocation.
      if (!(error instanceof CapacityLambdaError)) throw error;
      logger.error('decision failed', { cluster: clusterName, messages: messages.length, error: describeFault(error) });
      return error;
    }
  };

  function isWorthReading({ clusterName, messages }: ClusterMessages): boolean {
    if (messages.some(({ scheduled }) => scheduled)) onSchedule.add(clusterName);
    const verdict = judgeReading({
      messages,
      past: past.get(clusterName),
      nowMillis: clock().getTime(),
      budget: configuration.callBudget,
      clusters: new Set([...onSchedule, ...past.keys(), clusterName]).size,
      onSchedule: onSchedule.has(clusterName),
    });
    if (verdict !== 'read') logger.info('cluster not read', { cluster: clusterName, messages: messages.length, because: verdict });
    return verdict === 'read';
  }

  async function decide({ clusterName, messages, abortSignal }: ClusterMessages): Promise<void> {
    const updates = messages.flatMap(({ detail }) => detail ?? []);
    // By ARN where one is known: a name alone means the function's own account.
    const cluster = messages.find((message) => message.cluster.startsWith('arn:'))?.cluster ?? clusterName;
    const startedAtMillis = clock().getTime();
    const before = past.get(clusterName) ?? { versions: new Map(), agentsSeen: new Map() };
    let calls = 0;
    const onCall = (operation: EcsOperation, tries: number): void => {
      if (isBudgeted(operation)) calls += tries;
    };
    const staying = removals.staying(startedAtMillis);
    // What fails takes of the budget as well: a storm of tries is what throttling does not need.
    const failed = (error: unknown): never => {
      past.set(clusterName, { ...before, startedAtMillis, calls });
      throw error;
    };
    const about = { cluster, updates, staying, agentsSeen: before.agentsSeen, onCall, abortSignal };
    const published = await publishCapacity(dependencies, about).catch(failed);
    past.set(clusterName, published);
    // Only on schedule, so that it is decided once a minute which hosts go, however many events come.
    if (messages.some(({ scheduled }) => scheduled)) await lookAtScaleIn(clusterName, published, abortSignal);
  }

  async function lookAtScaleIn(clusterName: string, published: PublishedCapacity, abortSignal: AbortSignal): Promise<void> {
    const { scaleIn: ofScaleIn, namespace } = configuration;
    if (ofScaleIn === undefined) return;
    // The alarm and the group are those of one cluster: of two, neither may lose a host for the other.
    if (onSchedule.size > 1) return logger.error('no host removed', { cluster: clusterName, because: 'SEVERAL_CLUSTERS' });
    const { decision, startedAtMillis: readAtMillis } = published;
    await scaleIn(
      { ...dependencies, removals },
      { clusterName, configuration: ofScaleIn, namespace, decision, readAtMillis, nowMillis: clock().getTime(), abortSignal },
    );
  }
}
