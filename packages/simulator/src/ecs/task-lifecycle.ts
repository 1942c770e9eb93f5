import { hostChanged, type Place, taskChanged } from './ecs-event.js';
import type { Task } from './ecs-state.js';
import { release } from './host-resources.js';
import type { Transition } from './transition.js';

/** Exit code of a container that ends on SIGTERM, 128 + 15, as it does on StopTask. */
const TERMINATED = 143;

/** Lets a PENDING task run. ECS tells no container instance event of this step. */
export function beginTask(place: Place, task: Task, transition: Transition): void {
  if (task.lastStatus !== 'PENDING') {
    return;
  }
  task.lastStatus = 'RUNNING';
  task.startedAt = transition.now;
  taskChanged(place, task, transition);
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
  task.desiredStatus = 'STOPPED';
  task.stoppingAt = transition.now;
  task.stopCode = end.stopCode;
  task.stoppedReason = end.reason;
  const left = (task.host.groups.get(task.group) ?? 1) - 1;
  if (left === 0) {
    task.host.groups.delete(task.group);
  } else {
    task.host.groups.set(task.group, left);
  }
  taskChanged(place, task, transition);
}

/** Ends a task that was told to stop: its resources return to the host. */
export function completeStop(place: Place, task: Task, transition: Transition): void {
  for (const container of task.containers) {
    container.exitCode = task.lastStatus === 'RUNNING' ? TERMINATED : undefined;
    for (const { hostPort, protocol } of container.networkBindings) {
      // A fixed port of the number and of another protocol may be bound beside it.
      if (task.host.dynamicPorts.get(hostPort) === protocol) {
        task.host.dynamicPorts.delete(hostPort);
      }
    }
  }
  task.lastStatus = 'STOPPED';
  task.stoppedAt = transition.now;
  task.host.tasks.delete(task.id);
  task.host.remaining = release(
    task.host,
    task.demand,
    task.containers.flatMap(({ gpuIds }) => gpuIds),
  );
  taskChanged(place, task, transition);
  hostChanged(place, task.host, transition);
  forgetOldest(place, task);
}

/** Both steps at once. */
export function endTask(place: Place, end: TaskEnd, transition: Transition): void {
  tellTaskToStop(place, end, transition);
  completeStop(place, end.task, transition);
}

/** ECS keeps a stopped task for about an hour; the model keeps a number of them. */
function forgetOldest(place: Place, latest: Task): void {
  const { stoppedTasks, tasks } = place.cluster;
  stoppedTasks.push(latest.id);
  while (stoppedTasks.length > place.state.settings.retainedStoppedTasks) {
    tasks.delete(stoppedTasks.shift() ?? '');
  }
}
