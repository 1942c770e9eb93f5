import { hostChanged, type Place, taskChanged } from './ecs-event.js';
import type { Task, TaskContainer, TaskStatus } from './ecs-state.js';
import { release } from './host-resources.js';
import type { Transition } from './transition.js';

/** Exit code of a container that ends on SIGTERM, 128 + 15, as it does on StopTask. */
const TERMINATED = 143;

/** Lets a PENDING task run, its containers with it. ECS tells no container instance event of this step. */
export function beginTask(place: Place, task: Task, transition: Transition): void {
  if (task.lastStatus !== 'PENDING') {
    return;
  }
  if (place.state.settings.containers === 'none') {
    for (const container of task.containers) {
      container.lastStatus = 'RUNNING';
    }
  }
  task.startedAt = transition.now;
  moveTask(place, { task, to: 'RUNNING' }, transition);
}

/** Moves a task from one status to the next. */
export function moveTask(place: Place, step: { readonly task: Task; readonly to: TaskStatus }, transition: Transition): void {
  step.task.lastStatus = step.to;
  taskChanged(place, step.task, transition);
}

/** How a task ends. */
export interface TaskEnd {
  /** The task. */
  readonly task: Task;
  /** Kind of stop. */
  readonly stopCode: NonNullable<Task['stopCode']>;
  /** Reason in words. */
  readonly reason: string;
}

/** Tells a task to stop: from here on ECS wants it STOPPED. */
export function tellTaskToStop(place: Place, end: TaskEnd, transition: Transition): void {
  const { task } = end;
  if (task.desiredStatus === 'STOPPED') {
    return;
  }
  task.desiredStatus = 'STOPPED';
  task.stoppingAt = transition.now;
  task.stopCode = end.stopCode;
  task.stoppedReason = end.reason;
  if (place.state.settings.containers === 'reported' && task.containers.some(({ lastStatus }) => lastStatus === 'RUNNING')) {
    task.lastStatus = 'STOPPING';
  }
  leaveGroup(task);
  taskChanged(place, task, transition);
  transition.orders?.push({ kind: 'stop', cluster: place.cluster, task });
}

/** Ends a task that was told to stop: its resources return to the host. */
export function completeStop(place: Place, task: Task, transition: Transition): void {
  for (const container of task.containers) {
    endContainer(container, container.lastStatus === 'RUNNING' ? { exitCode: TERMINATED } : {});
  }
  task.lastStatus = 'STOPPED';
  task.stoppedAt = transition.now;
  taskChanged(place, task, transition);
  freeHost(place, task, transition);
  forgetOldest(place, task);
}

/** Both steps at once. */
export function endTask(place: Place, end: TaskEnd, transition: Transition): void {
  tellTaskToStop(place, end, transition);
  completeStop(place, end.task, transition);
  transition.orders?.push({ kind: 'kill', cluster: place.cluster, task: end.task });
}

/** Records that a container runs no longer, or never will. */
export function endContainer(container: TaskContainer, end: { readonly exitCode?: number; readonly reason?: string }): void {
  if (container.lastStatus === 'STOPPED') {
    return;
  }
  container.lastStatus = 'STOPPED';
  container.exitCode = end.exitCode;
  container.reason = end.reason;
}

function leaveGroup({ host, group }: Task): void {
  const left = (host?.groups.get(group) ?? 1) - 1;
  if (left === 0) {
    host?.groups.delete(group);
  } else {
    host?.groups.set(group, left);
  }
}

function freeHost(place: Place, task: Task, transition: Transition): void {
  const { host } = task;
  if (host === undefined) {
    return;
  }
  for (const { hostPort, protocol } of task.containers.flatMap(({ networkBindings }) => networkBindings)) {
    // A fixed port of the number and of another protocol may be bound beside it.
    if (host.dynamicPorts.get(hostPort) === protocol) {
      host.dynamicPorts.delete(hostPort);
    }
  }
  host.tasks.delete(task.id);
  const gpuIds = task.containers.flatMap((container) => container.gpuIds);
  host.remaining = release(host, task.demand, gpuIds);
  hostChanged(place, host, transition);
}

/** ECS keeps a stopped task for about an hour; the model keeps a number of them besides. */
function forgetOldest(place: Place, latest: Task): void {
  const { stoppedTasks, tasks } = place.cluster;
  stoppedTasks.push(latest.id);
  while (stoppedTasks.length > place.state.settings.retainedStoppedTasks) {
    tasks.delete(stoppedTasks.shift() ?? '');
  }
}
