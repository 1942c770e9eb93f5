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
import { type RunTarget, readTarget } from './run-task-target.js';
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
  const target = readTarget(cluster.value, request, definition);
  if (!target.ok) {
    return target;
  }
  const { clientToken, ...asked } = request;
  const fingerprint = JSON.stringify(asked);
  const remembered = clientToken === undefined ? undefined : recall(cluster.value, { clientToken, fingerprint, now: transition.now });
  if (remembered !== undefined) {
    return remembered;
  }
  const active = [...cluster.value.hosts.values()].filter(({ status }) => status === 'ACTIVE');
  if (active.length === 0 && target.value.launchType === 'EC2') {
    return invalidParameter('No Container Instances were found in your cluster.');
  }
  const run = { request, definition, plan: plan.value, target: target.value, active };
  const response = carryOut({ state, cluster: cluster.value }, run, transition);
  if (clientToken !== undefined && response.tasks.length > 0) {
    remember(cluster.value, clientToken, { at: transition.now, fingerprint, response });
  }
  return accepted({ ...response });
};

interface Run {
  readonly request: RunTaskRequest;
  readonly definition: TaskDefinition;
  readonly plan: RunPlan;
  readonly target: RunTarget;
  readonly active: readonly Host[];
}

function carryOut(where: Place, run: Run, transition: Transition): RememberedRun['response'] {
  const { tasks, failures } = run.target.launchType === 'FARGATE' ? onFargate(where, run, transition) : onHosts(where, run, transition);
  const described = tasks.map((task) => ({ ...describeTask({ cluster: where.cluster, task }, epochSeconds), tags: task.tags }));
  if (where.state.settings.containers === 'none' && where.state.settings.taskStart === 'immediate') {
    for (const task of tasks) {
      beginTask(where, task, transition);
    }
  }
  return { tasks: described, failures };
}

interface Placed {
  readonly tasks: readonly Task[];
  readonly failures: RememberedRun['response']['failures'];
}

/** Fargate has room for every task; want of it is a matter of injected faults. */
function onFargate(where: Place, run: Run, transition: Transition): Placed {
  const placement: PlacementRequest = { ...run.plan, demand: demandOfTask(run.definition, run.plan.overrides) };
  const tasks = Array.from({ length: run.plan.count }, () => startTask(where, undefined, { ...run, placement }, transition));
  return { tasks, failures: [] };
}

function onHosts(where: Place, run: Run, transition: Transition): Placed {
  const placement: PlacementRequest = { ...run.plan, demand: demandOfTask(run.definition, run.plan.overrides) };
  const tasks: Task[] = [];
  let candidates = findCandidates(run.active, placement);
  let host = chooseHost(where.state, candidates, placement);
  while (host !== undefined) {
    tasks.push(startTask(where, host, { ...run, placement }, transition));
    candidates = afterPlacementOn(host, candidates, placement);
    host = tasks.length < run.plan.count ? chooseHost(where.state, candidates, placement) : undefined;
  }
  const short = tasks.length < run.plan.count;
  const failures = short
    ? run.active.slice(0, MOST_FAILURES).map((refusing) => ({ arn: refusing.arn, reason: rejectionBy(refusing, placement) }))
    : [];
  return { tasks, failures };
}

function startTask(where: Place, host: Host | undefined, run: Run & { placement: PlacementRequest }, transition: Transition): Task {
  const { definition, plan, request } = run;
  const id = freshId(transition);
  const { remaining, gpuIds } = allocate(host?.remaining ?? [], run.placement.demand);
  if (host !== undefined) {
    host.remaining = remaining;
  }
  const task: Task = {
    id,
    arn: arnOf(where.state.settings, 'task', `${where.cluster.name}/${id}`),
    sequence: nextSequence(where.state),
    host,
    ...run.target,
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
    lastStatus: firstStatus(where, definition),
    desiredStatus: 'RUNNING',
    startedAt: undefined,
    stoppingAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    hiddenReads: where.state.settings.newTasksHidden.calls,
    version: 1,
  };
  host?.tasks.set(id, task);
  host?.groups.set(plan.group, (host.groups.get(plan.group) ?? 0) + 1);
  where.cluster.tasks.set(id, task);
  taskAppeared(where, task, transition);
  if (host !== undefined) {
    hostChanged(where, host, transition);
  }
  transition.orders?.push({ kind: 'start', cluster: where.cluster, task });
  return task;
}

/** A task that is given a network interface is PROVISIONING first (DG, task-lifecycle-explanation). */
function firstStatus(where: Place, definition: TaskDefinition): Task['lastStatus'] {
  return where.state.settings.containers === 'reported' && definition.content.networkMode === 'awsvpc' ? 'PROVISIONING' : 'PENDING';
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
