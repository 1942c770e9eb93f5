import type { Task, TaskSize } from '@plimsoll/capacity-core';
import type { SimulatedHost } from './simulated-host.js';

/** What a task is doing. */
export type TaskState = 'WAITING' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED';

/** ECS's own words for it. */
const LAST_STATUS = {
  WAITING: 'PROVISIONING',
  STARTING: 'PENDING',
  RUNNING: 'RUNNING',
  STOPPING: 'STOPPING',
  STOPPED: 'STOPPED',
} as const satisfies Record<TaskState, string>;

/** A task of the model. */
export class SimulatedTask {
  public state: TaskState = 'WAITING';
  public host: SimulatedHost | undefined;
  /** When it was asked for, in milliseconds. */
  public createdMillis = 0;
  /** When it was last placed, in milliseconds. */
  public startedMillis = 0;
  /** When it last began to wait, in milliseconds. */
  public waitingSince = 0;
  /** What it has waited so far, in milliseconds. */
  public waitedMillis = 0;
  /** Rises with each placement, so that what was to happen to an earlier one is told apart. */
  public attempt = 0;
  /** Rises with each change, as in ECS's events. */
  public version = 0;
  readonly #record: Pick<Task, 'taskArn' | 'group' | 'daemon' | 'size' | 'launchType'>;
  #view: Task | undefined;

  /**
   * @param kind - tasks of one kind are alike to placement
   * @param durationMillis - how long it runs; infinite for a service's task
   * @param revision - version of its service that it is of
   */
  public constructor(
    public readonly id: number,
    public readonly kind: number,
    public readonly size: TaskSize,
    public readonly durationMillis: number,
    { daemon = false, group, revision = 0 }: { readonly daemon?: boolean; readonly group: string; readonly revision?: number },
    arnPrefix: string,
  ) {
    this.revision = revision;
    this.#record = { taskArn: `${arnPrefix}${id.toString(16).padStart(32, '0')}`, group, daemon, size, launchType: 'EC2' };
  }

  /** Version of its service that it is of. */
  public readonly revision: number;

  public get arn(): string {
    return this.#record.taskArn;
  }

  public get group(): string {
    return this.#record.group ?? '';
  }

  public get daemon(): boolean {
    return this.#record.daemon;
  }

  /** Notes that it changed. */
  public changed(): void {
    this.version += 1;
    this.#view = undefined;
  }

  /** The task as a decision sees it. */
  public view(): Task {
    this.#view ??= {
      ...this.#record,
      lastStatus: LAST_STATUS[this.state],
      desiredStatus: this.state === 'STOPPING' || this.state === 'STOPPED' ? 'STOPPED' : 'RUNNING',
      version: this.version,
      ...(this.host === undefined ? {} : { containerInstanceArn: this.host.arn }),
    };
    return this.#view;
  }
}
