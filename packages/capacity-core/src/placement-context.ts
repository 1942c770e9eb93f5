import type { AgentGrace } from './host.js';
import type { NetworkInterfaceLimits } from './network-interface-limit.js';
import { needsHost, type Task } from './task.js';
import type { TaskSize } from './task-size.js';

/** What a daemon service starts once on each host; its group tells on which hosts it runs already. */
export type Daemon = TaskSize & { readonly group: string };

/** What is known of a cluster beside its hosts' records. */
export interface PlacementOptions extends AgentGrace {
  /**
   * Every task of the cluster that has not stopped; stopped ones are left out of account.
   *
   * @default unknown: what depends on it makes an answer an upper bound
   */
  readonly tasks?: readonly Task[];
  /**
   * What daemon services start on each host that may take it, each under a group of its own.
   *
   * @default none
   */
  readonly daemons?: readonly Daemon[];
  /**
   * Network interfaces by instance type.
   *
   * @default unknown: `awsvpc` tasks make an answer an upper bound
   */
  readonly networkInterfaceLimits?: NetworkInterfaceLimits;
}

/** {@link PlacementOptions}, made ready for many hosts. */
export interface PlacementContext extends Omit<PlacementOptions, 'tasks' | 'daemons'> {
  /** The tasks of each host that has any; `undefined` where tasks are unknown. */
  readonly tasksOfHost: ReadonlyMap<string, readonly Task[]> | undefined;
  /** None where none were given. */
  readonly daemons: readonly Daemon[];
}

/** Sorts the tasks by host. Linear in tasks. */
export function placementContext(options: PlacementOptions = {}): PlacementContext {
  const { tasks, daemons = [], ...others } = options;
  if (tasks === undefined) return { ...others, daemons, tasksOfHost: undefined };
  const tasksOfHost = new Map<string, Task[]>();
  for (const task of tasks) {
    const { containerInstanceArn: arn } = task;
    if (arn === undefined || !needsHost(task)) continue;
    const known = tasksOfHost.get(arn);
    if (known === undefined) tasksOfHost.set(arn, [task]);
    else known.push(task);
  }
  return { ...others, daemons, tasksOfHost };
}
