import { epochSeconds } from './describe-host.js';
import { describeTask } from './describe-task.js';
import { accepted, type EcsResult, invalidParameter, refused } from './ecs-error.js';
import { hostChanged, type Place, taskAppeared } from './ecs-event.js';
import { type Cluster, type Host, nextSequence, type RememberedRun, type Task, type TaskDefinition } from './ecs-state.js';
import { allocate } from './host-resources.js';
import { arnOf, findCluster, freshId } from './identifiers.js';
import { afterPlacementOn, chooseHost, findCandidates, type PlacementRequest, rejectionBy } from './placement.js';
import type { RunTaskRequest } from './request-schemas.js';
import { planRun, type RunPlan } from './run-task-rules.js';
import { buildContainers } from './task-containers.js';
import { findTaskDefinition } from './task-definition-operations.js';
import { beginTask } from './task-lifecycle.js';
import { demandOfTask } from './task-size.js';
import type { EcsOperation, Transition } from './transition.js';

/** How long a client token is good for, in milliseconds: 24 hours (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html). */
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;
/** Client tokens remembered in a cluster. */
const MOST_TOKENS = 10_000;
/** Failures of one answer: a host each, and no more hosts than this. */
const MOST_FAILURES = 100;

/**
 * Places and starts up to ten tasks.
 *
 * Want of room is no error: the answer then has fewer tasks, and one failure
 * for each host that refused the first task left over (of 100 at most).
 */
export const runTask: EcsOperation<RunTaskRequest> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const definition = findTaskDefinition(state, request.taskDefinition);
  if (definition === undefined) {
    return refused('ClientException', 'TaskDefinition not found.');
  }
  const plan = planRun(request, definition);
  if (!plan.ok) {
    return plan;
  }
  const { clientToken, ...asked } = request;
  const fingerprint = JSON.stringify(asked);
  const remembered = clientToken === undefined ? undefined : recall(cluster.value, { clientToken, fingerprint, now: transition.now });
  if (remembered !== undefined) {
    return remembered;
  }
  const active = [...cluster.value.hosts.values()].filter(({ status }) => status === 'ACTIVE');
  if (active.length === 0) {
    return invalidParameter('No Container Instances were found in your cluster.');
  }
  const response = place({ state, cluster: cluster.value }, { request, definition, plan: plan.value, active }, transition);
  if (clientToken !== undefined && response.tasks.length > 0) {
    remember(cluster.value, clientToken, { at: transition.now, fingerprint, response });
  }
  return accepted({ ...response });
};

interface Run {
  readonly request: RunTaskRequest;
  readonly definition: TaskDefinition;
  readonly plan: RunPlan;
  readonly active: readonly Host[];
}

function place(where: Place, run: Run, transition: Transition): RememberedRun['response'] {
  const placement: PlacementRequest = { ...run.plan, demand: demandOfTask(run.definition, run.plan.overrides) };
  const tasks: Task[] = [];
  let candidates = findCandidates(run.active, placement);
  let host = chooseHost(where.state, candidates, placement);
  while (host !== undefined) {
    tasks.push(startOn(where, host, { ...run, placement }, transition));
    candidates = afterPlacementOn(host, candidates, placement);
    host = tasks.length < run.plan.count ? chooseHost(where.state, candidates, placement) : undefined;
  }
  const short = tasks.length < run.plan.count;
  const failures = short
    ? run.active.slice(0, MOST_FAILURES).map((refusing) => ({ arn: refusing.arn, reason: rejectionBy(refusing, placement) }))
    : [];
  const described = tasks.map((task) => ({ ...describeTask({ cluster: where.cluster, task }, epochSeconds), tags: task.tags }));
  if (where.state.settings.taskStart === 'immediate') {
    for (const task of tasks) {
      beginTask(where, task, transition);
    }
  }
  return { tasks: described, failures };
}

function startOn(where: Place, host: Host, run: Run & { placement: PlacementRequest }, transition: Transition): Task {
  const { definition, plan, request } = run;
  const id = freshId(transition);
  const { remaining, gpuIds } = allocate(host.remaining, run.placement.demand);
  host.remaining = remaining;
  const task: Task = {
    id,
    arn: arnOf(where.state.settings, 'task', `${where.cluster.name}/${id}`),
    sequence: nextSequence(where.state),
    host,
    definition,
    demand: run.placement.demand,
    containers: buildContainers(
      { state: where.state, clusterName: where.cluster.name, taskId: id, host, definition, overrides: plan.overrides, gpuIds },
      transition,
    ),
    overrides: plan.overrides,
    group: plan.group,
    startedBy: request.startedBy,
    enableExecuteCommand: request.enableExecuteCommand ?? false,
    tags: request.tags ?? [],
    createdAt: transition.now,
    lastStatus: 'PENDING',
    desiredStatus: 'RUNNING',
    startedAt: undefined,
    stoppingAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    version: 1,
  };
  host.tasks.set(id, task);
  host.groups.set(plan.group, (host.groups.get(plan.group) ?? 0) + 1);
  where.cluster.tasks.set(id, task);
  taskAppeared(where, task, transition);
  hostChanged(where, host, transition);
  return task;
}

function recall(
  cluster: Cluster,
  token: { clientToken: string; fingerprint: string; now: Date },
): EcsResult<Readonly<Record<string, unknown>>> | undefined {
  const earlier = cluster.runs.get(token.clientToken);
  if (earlier === undefined || token.now.getTime() - earlier.at.getTime() > TOKEN_LIFE_MS) {
    return undefined;
  }
  if (earlier.fingerprint === token.fingerprint) {
    return accepted({ ...earlier.response });
  }
  return {
    ok: false,
    error: {
      code: 'ConflictException',
      message: 'clientToken was used for a different RunTask request; use a new one',
      resourceIds: earlier.response.tasks.map(({ taskArn }) => taskArn),
    },
  };
}

function remember(cluster: Cluster, clientToken: string, run: RememberedRun): void {
  cluster.runs.delete(clientToken);
  cluster.runs.set(clientToken, run);
  const [oldest] = cluster.runs.keys();
  if (cluster.runs.size > MOST_TOKENS && oldest !== undefined) {
    cluster.runs.delete(oldest);
  }
}
