import { MOST_DESCRIBED } from './cluster-operations.js';
import { epochSeconds } from './describe-host.js';
import { describeTask } from './describe-task.js';
import { accepted, type EcsResult, invalidParameter } from './ecs-error.js';
import type { Cluster, EcsState, Task } from './ecs-state.js';
import { findCluster, findHost, findTask, missingArn } from './identifiers.js';
import { pageOf } from './pagination.js';
import type { EcsRequest } from './request-schemas.js';
import { completeStop, tellTaskToStop } from './task-lifecycle.js';
import type { EcsOperation } from './transition.js';

/** Most characters of StopTask's reason (SDK model of 2022, `StopTaskRequest.reason`; later models name no limit). */
const LONGEST_REASON = 255;

const DESIRED_STATUSES = ['RUNNING', 'PENDING', 'STOPPED'];
const LAUNCH_TYPES = ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'];

/** Stops a task. The answer shows it told to stop; by then it has stopped. */
export const stopTask: EcsOperation<EcsRequest<'StopTask'>> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const task = findTask(cluster.value, request.task ?? '');
  if (task === undefined) {
    return invalidParameter('The referenced task was not found.');
  }
  if ((request.reason ?? '').length > LONGEST_REASON) {
    return invalidParameter(`reason has ${request.reason?.length} characters; use at most ${LONGEST_REASON}`);
  }
  const place = { state, cluster: cluster.value };
  const running = task.lastStatus !== 'STOPPED';
  if (running) {
    tellTaskToStop(place, { task, stopCode: 'UserInitiated', reason: request.reason ?? 'Task stopped by user' }, transition);
  }
  const described = describe(cluster.value, task, { tags: true });
  if (running && state.settings.containers === 'none') {
    completeStop(place, task, transition);
  }
  return accepted({ task: described });
};

/** Lists tasks in order of creation; without `desiredStatus`, those ECS wants RUNNING. */
export const listTasks: EcsOperation<EcsRequest<'ListTasks'>> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const filter = readFilter(cluster.value, request);
  if (!filter.ok) {
    return filter;
  }
  const { cluster: _cluster, maxResults: _maxResults, nextToken: _nextToken, ...filters } = request;
  const visible = { state, cluster: cluster.value, now: transition.now };
  const page = pageOf(matching(visible, filter.value), {
    ...request,
    filters: JSON.stringify(['tasks', cluster.value.name, filters]),
  });
  if (!page.ok) {
    return page;
  }
  const { items, nextToken } = page.value;
  return accepted({ taskArns: items.map(({ arn }) => arn), ...(nextToken === undefined ? {} : { nextToken }) });
};

/** Describes up to 100 tasks; one that is not there is a failure MISSING. */
export const describeTasks: EcsOperation<EcsRequest<'DescribeTasks'>> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const wanted = [...new Set(request.tasks ?? [])];
  if (wanted.length === 0) {
    return invalidParameter('Tasks cannot be empty.');
  }
  if (wanted.length > MOST_DESCRIBED) {
    return invalidParameter(`tasks has ${wanted.length} entries; name at most ${MOST_DESCRIBED}`);
  }
  return accepted(lookUp(state, cluster.value, { wanted, tags: request.include?.includes('TAGS') === true, now: transition.now }));
};

function lookUp(
  state: EcsState,
  cluster: Cluster,
  query: { wanted: readonly string[]; tags: boolean; now: Date },
): { tasks: object[]; failures: object[] } {
  const tasks = new Set<Task>();
  const failures = [];
  for (const idOrArn of query.wanted) {
    const task = findTask(cluster, idOrArn);
    if (task === undefined || task.hiddenReads > 0 || !isVisible(state, task, query.now)) {
      countDown(task);
      failures.push({ arn: missingArn(state, 'task', { cluster, idOrArn }), reason: 'MISSING' });
    } else {
      tasks.add(task);
    }
  }
  return { tasks: [...tasks].map((task) => describe(cluster, task, query)), failures };
}

function describe(cluster: Cluster, task: Task, include: { readonly tags: boolean }): object {
  return { ...describeTask({ cluster, task }, epochSeconds), tags: include.tags ? task.tags : [] };
}

interface TaskFilter {
  readonly desiredStatus: string;
  readonly hostId: string | undefined;
  readonly family: string | undefined;
  readonly startedBy: string | undefined;
  readonly group: string | undefined;
  readonly launchType: string | undefined;
}

function readFilter(cluster: Cluster, request: EcsRequest<'ListTasks'>): EcsResult<TaskFilter> {
  const { containerInstance, desiredStatus = 'RUNNING', family, launchType, serviceName, startedBy } = request;
  if (!DESIRED_STATUSES.includes(desiredStatus)) {
    return invalidParameter(`desiredStatus is ${desiredStatus}; use one of ${DESIRED_STATUSES.join(', ')}`);
  }
  if (launchType !== undefined && !LAUNCH_TYPES.includes(launchType)) {
    return invalidParameter(`launchType is ${launchType}; use one of ${LAUNCH_TYPES.join(', ')}`);
  }
  if (
    startedBy !== undefined &&
    [containerInstance, family, serviceName, launchType, request.daemonName].some((other) => other !== undefined)
  ) {
    return invalidParameter('startedBy is given together with another filter; give it alone');
  }
  const host = containerInstance === undefined ? undefined : findHost(cluster, containerInstance);
  if (containerInstance !== undefined && host === undefined) {
    return invalidParameter('containerInstance names none of this cluster; name one that ListContainerInstances gives');
  }
  const group = serviceName === undefined ? undefined : `service:${serviceName.slice(serviceName.lastIndexOf('/') + 1)}`;
  return accepted({ desiredStatus, hostId: host?.id, family, startedBy, group, launchType });
}

function* matching(where: { state: EcsState; cluster: Cluster; now: Date }, filter: TaskFilter): Generator<Task> {
  for (const task of where.cluster.tasks.values()) {
    if (isVisible(where.state, task, where.now) && matches(task, filter)) {
      yield task;
    }
  }
}

function matches(task: Task, filter: TaskFilter): boolean {
  return (
    task.desiredStatus === filter.desiredStatus &&
    same(filter.hostId, task.host?.id) &&
    same(filter.launchType, task.launchType) &&
    same(filter.family, task.definition.family) &&
    same(filter.startedBy, task.startedBy) &&
    same(filter.group, task.group)
  );
}

function same(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}

/** Whether a new task is known already, and a stopped one still. */
function isVisible({ settings }: EcsState, task: Task, now: Date): boolean {
  const ageMs = now.getTime() - task.createdAt.getTime();
  const stoppedMs = task.stoppedAt === undefined ? 0 : now.getTime() - task.stoppedAt.getTime();
  return ageMs >= settings.newTasksHidden.milliseconds && stoppedMs <= settings.stoppedTaskLifeMs;
}

function countDown(task: Task | undefined): void {
  if (task !== undefined) {
    task.hiddenReads -= 1;
  }
}
