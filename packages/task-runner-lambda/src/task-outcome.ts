import type { TaskRecord } from './ports.js';

/** How a stopped task ended. */
export interface TaskOutcome {
  /** Whether it did what it was run for. */
  readonly success: boolean;
  /** Exit code of the deciding container; undefined if it has none, which is a failure. */
  readonly exitCode: number | undefined;
  readonly stopCode: string | undefined;
  readonly stoppedReason: string | undefined;
  /** What ECS says about the deciding container: `CannotPullContainerError: …`. */
  readonly containerReason: string | undefined;
  /** The other containers that ended with anything but 0, as `name: code`. */
  readonly others: readonly string[];
}

/**
 * Whether a task has come to its end: `STOPPED`, or `DELETED`, which DescribeTasks may tell for a while after it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function hasStopped({ lastStatus }: Pick<TaskRecord, 'lastStatus'>): boolean {
  return lastStatus === 'STOPPED' || lastStatus === 'DELETED';
}

/**
 * Judges a stopped task by its deciding container.
 *
 * It succeeded if that container's exit code is allowed and the task stopped because a container exited. A container that was told to
 * stop and then exits with 0 has not done its work: the stop code says so.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html (`stopCode`)
 */
export function judgeTask(task: TaskRecord, container: string, allowedExitCodes: readonly number[]): TaskOutcome {
  const containers = task.containers ?? [];
  const deciding = containers.find(({ name }) => name === container);
  const exitCode = deciding?.exitCode;
  const endedByItself = task.stopCode === undefined || task.stopCode === 'EssentialContainerExited';
  const others = containers.filter(({ name, exitCode: code }) => name !== container && code !== 0);
  return {
    success: exitCode !== undefined && allowedExitCodes.includes(exitCode) && endedByItself,
    exitCode,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containerReason: deciding?.reason,
    others: others.map(({ name, exitCode: code }) => `${name ?? 'unnamed'}: ${code ?? 'no exit code'}`),
  };
}
