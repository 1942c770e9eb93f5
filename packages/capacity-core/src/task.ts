import type { TaskSize } from './task-size.js';

/** A task that is placed on a host, or waits for one. */
export interface Task {
  /** ARN that names the task. */
  readonly taskArn: string;
  /** ARN of the host it is placed on; absent while it waits. */
  readonly containerInstanceArn?: string;
  /** The group it belongs to: `service:web` or `family:web`. */
  readonly group?: string;
  /**
   * `PROVISIONING`, `PENDING`, `ACTIVATING`, `RUNNING`, `DEACTIVATING`, `STOPPING`, `DEPROVISIONING` or `STOPPED`; others pass through.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
   */
  readonly lastStatus: string;
  /**
   * `RUNNING`, or `STOPPED` for a task that is to stop: it keeps its resources until it has, and `distinctInstance` overlooks it.
   *
   * @default RUNNING
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html
   */
  readonly desiredStatus?: string;
  /** Whether a service of strategy DAEMON started it: such a task does not keep its host from being empty. */
  readonly daemon: boolean;
  /** What it takes of its host. */
  readonly size: TaskSize;
}

/** Whether the task has stopped, so that it takes nothing of a host any more. */
export function isStopped(task: Task): boolean {
  return task.lastStatus === 'STOPPED';
}
