import type { EcsEvent } from './ecs-event.js';
import { type Place, taskChanged } from './ecs-event.js';
import type { Cluster, EcsState, Task, TaskContainer } from './ecs-state.js';
import type { TransitionInputs } from './operations.js';
import { beginTask, completeStop, endContainer, moveTask, tellTaskToStop } from './task-lifecycle.js';
import type { Transition } from './transition.js';

/** What whoever runs the containers reports of one task. */
export type TaskReport =
  /** Its network interface is there. */
  | { readonly kind: 'provisioned' }
  | { readonly kind: 'containerStarted'; readonly name: string }
  | {
      readonly kind: 'containerEnded';
      readonly name: string;
      /** Exit code, 0 to 255; absent if it never ran, or ended in a way nobody saw. */
      readonly exitCode?: number;
      /** Why it could not run, or was ended. */
      readonly reason?: string;
      /** Whether it never ran. */
      readonly neverStarted?: boolean;
    }
  /** No container is left; its network interface is being taken away. */
  | { readonly kind: 'deprovisioning' }
  | { readonly kind: 'stopped' };

/** Stopped reason where an essential container has ended (DG, stopped-task-error-codes). */
const ESSENTIAL_EXITED = 'Essential container in task exited';
/** Stopped reason where a container on a host could not start. */
const FAILED_TO_START = 'Task failed to start';

/** Applies a report; what comes too late changes nothing. */
export function applyTaskReport(
  state: EcsState,
  about: { readonly cluster: Cluster; readonly task: Task; readonly report: TaskReport },
  inputs: TransitionInputs,
): readonly EcsEvent[] {
  const transition: Transition = { ...inputs, events: [] };
  const { cluster, task, report } = about;
  if (task.lastStatus !== 'STOPPED') {
    apply({ state, cluster }, { task, report }, transition);
  }
  return transition.events;
}

function apply(place: Place, { task, report }: { task: Task; report: TaskReport }, transition: Transition): void {
  switch (report.kind) {
    case 'provisioned':
      if (task.lastStatus === 'PROVISIONING') {
        moveTask(place, { task, to: 'PENDING' }, transition);
      }
      return;
    case 'containerStarted':
      containerStarted(place, { task, name: report.name }, transition);
      return;
    case 'containerEnded':
      containerEnded(place, { task, report }, transition);
      return;
    case 'deprovisioning':
      moveTask(place, { task, to: 'DEPROVISIONING' }, transition);
      return;
    default:
      completeStop(place, task, transition);
  }
}

function containerStarted(place: Place, { task, name }: { task: Task; name: string }, transition: Transition): void {
  const container = containerOf(task, name);
  if (container === undefined || container.lastStatus !== 'PENDING') {
    return;
  }
  container.lastStatus = 'RUNNING';
  beginIfComplete(place, task, transition);
}

function containerEnded(
  place: Place,
  about: { task: Task; report: Extract<TaskReport, { kind: 'containerEnded' }> },
  transition: Transition,
): void {
  const { task, report } = about;
  const container = containerOf(task, report.name);
  if (container === undefined || container.lastStatus === 'STOPPED') {
    return;
  }
  endContainer(container, report);
  if (container.definition.essential === true && task.desiredStatus === 'RUNNING') {
    const neverStarted = report.neverStarted === true;
    // Fargate names the cause in the task itself, a host's agent in the container only.
    const cause = task.launchType === 'FARGATE' ? (report.reason ?? FAILED_TO_START) : FAILED_TO_START;
    const end = { task, stopCode: neverStarted ? 'TaskFailedToStart' : 'EssentialContainerExited' } as const;
    tellTaskToStop(place, { ...end, reason: neverStarted ? cause : ESSENTIAL_EXITED }, transition);
    return;
  }
  taskChanged(place, task, transition);
  beginIfComplete(place, task, transition);
}

function beginIfComplete(place: Place, task: Task, transition: Transition): void {
  if (task.desiredStatus === 'RUNNING' && task.containers.every(({ lastStatus }) => lastStatus !== 'PENDING')) {
    beginTask(place, task, transition);
  }
}

function containerOf(task: Task, name: string): TaskContainer | undefined {
  return task.containers.find(({ definition }) => definition.name === name);
}
