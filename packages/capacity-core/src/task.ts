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
  /** Set where the record tells neither CPU nor memory, so that `size` lacks them. */
  readonly sizeUnknown?: true;
  /** `EC2`, `EXTERNAL`, `FARGATE` or `MANAGED_INSTANCES`; a task on FARGATE takes nothing of the cluster's hosts. */
  readonly launchType?: string;
  /**
   * Counts the changes of this task; the greater of two records is the newer. Integer, at least 0.
   *
   * @default 0
   */
  readonly version?: number;
}

/** Whether the task takes room on a host, or is to: it has not stopped, and is not on Fargate. */
export function needsHost(task: Task): boolean {
  return task.lastStatus !== 'STOPPED' && task.launchType !== 'FARGATE';
}
