import type { Cluster, Task, TaskContainer } from '../ecs/ecs-state.js';
import type { TaskReport } from '../ecs/task-reports.js';
import type { ContainerOrder } from '../ecs/transition.js';
import type { Scheduler } from '../virtual-time/scheduler.js';
import { type ContainerProgress, mayStart } from './container-order.js';
import { type ContainerRunner, launchOf, type RunningContainer } from './container-runner.js';
import { type LogTarget, logTargetOf } from './log-target.js';

/** How long the steps of a task take, in milliseconds, at least 0 each. */
export interface TaskDelays {
  /** PROVISIONING: a network interface is made. Tasks in `awsvpc` mode only. @default 0 */
  readonly provisioningMs?: number;
  /** PENDING: images are pulled. @default 0 */
  readonly pendingMs?: number;
  /** DEPROVISIONING: the network interface is taken away. Tasks in `awsvpc` mode only. @default 0 */
  readonly deprovisioningMs?: number;
  /** Time between SIGTERM and SIGKILL where the container definition has no `stopTimeout`. @default 30000 */
  readonly stopTimeoutMs?: number;
  /** Time from a line's writing until GetLogEvents has it. @default 0 */
  readonly logMs?: number;
}

/** Time between SIGTERM and SIGKILL (SDK model, `ContainerDefinition.stopTimeout`: 30 seconds by default). */
const STOP_TIMEOUT_MS = 30_000;

/** What a supervisor works with. */
export interface SupervisorOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Starts containers. */
  readonly runner: ContainerRunner;
  /** How long the steps take. */
  readonly delays: TaskDelays;
  /** Whether a task waits for `release`. */
  readonly held: boolean;
  /** Told what happened; answers once it is applied. */
  readonly report: (cluster: Cluster, task: Task, report: TaskReport) => void;
  /** Makes a log stream. */
  readonly openLog: (target: LogTarget) => void;
  /** Adds a line to a log stream. */
  readonly log: (target: LogTarget, text: string) => void;
}

/** Runs the containers of tasks, as an agent does. */
export interface TaskSupervisor {
  /** Does what the model orders. */
  obey(order: ContainerOrder): void;
  /** Lets a task start that waits for it. */
  release(task: Task): void;
  /** Ends every container at once and starts no further one; settles when all have ended. */
  close(): Promise<void>;
}

interface Supervised {
  readonly cluster: Cluster;
  readonly task: Task;
  readonly running: Map<string, RunningContainer>;
  /** Containers that have not been launched. */
  readonly waiting: Set<TaskContainer>;
  readonly progress: Map<string, ContainerProgress>;
  readonly timers: Set<() => void>;
  held: boolean;
  finishing: boolean;
}

/** Creates a supervisor without tasks. */
export function createTaskSupervisor(options: SupervisorOptions): TaskSupervisor {
  const supervised = new Map<string, Supervised>();
  const ended = new Set<() => void>();
  let alive = 0;
  let closed = false;

  const later = (of: Supervised, milliseconds: number, call: () => void): void => {
    const cancel = options.scheduler.after(milliseconds, () => {
      of.timers.delete(cancel);
      call();
    });
    of.timers.add(cancel);
  };
  const tell = (of: Supervised, report: TaskReport): void => {
    if (supervised.get(of.task.arn) === of) {
      // A listener of events may throw; the task goes on all the same.
      try {
        options.report(of.cluster, of.task, report);
      } finally {
        finishIfDone(of);
      }
    }
  };
  const oneEnded = (of: Supervised, name: string): void => {
    of.running.delete(name);
    alive -= 1;
    if (alive === 0) {
      for (const call of ended) {
        call();
      }
    }
  };

  const start = (of: Supervised): void => {
    if (of.held || of.finishing) {
      return;
    }
    const provisioningMs = of.task.lastStatus === 'PROVISIONING' ? (options.delays.provisioningMs ?? 0) : 0;
    later(of, provisioningMs, () => {
      tell(of, { kind: 'provisioned' });
      later(of, options.delays.pendingMs ?? 0, () => launchAll(of));
    });
  };
  const launchAll = (of: Supervised): void => {
    for (const container of of.task.containers) {
      of.waiting.add(container);
    }
    launchReady(of);
  };
  const launchReady = (of: Supervised): void => {
    for (const container of of.waiting) {
      const answer = mayStart(container.definition.dependsOn ?? [], of.progress);
      if (answer === 'wait' || closed || of.task.desiredStatus !== 'RUNNING') {
        continue;
      }
      of.waiting.delete(container);
      if (answer === 'start') {
        launch(of, container);
      } else {
        const name = container.definition.name ?? '';
        tell(of, { kind: 'containerEnded', name, reason: 'a container that it depends on did not succeed', neverStarted: true });
      }
    }
  };
  const progressed = (of: Supervised, name: string, progress: ContainerProgress): void => {
    of.progress.set(name, progress);
    launchReady(of);
  };
  const launch = (of: Supervised, container: TaskContainer): void => {
    const name = container.definition.name ?? '';
    const target = logTargetOf({ definition: container.definition, containerArn: container.arn, taskId: of.task.id });
    alive += 1;
    const handle = options.runner(launchOf(of.task, container.definition), {
      started: () => {
        if (target !== undefined && handle.hasLogStream !== false) {
          options.openLog(target);
        }
        tell(of, { kind: 'containerStarted', name });
        progressed(of, name, { kind: 'started' });
      },
      line: (text) => {
        if (target !== undefined && handle.hasLogStream !== false) {
          logLine(target, text);
        }
      },
      ended: (end) => {
        oneEnded(of, name);
        tell(of, { kind: 'containerEnded', name, ...end });
        progressed(of, name, { kind: 'ended', exitCode: end.exitCode });
      },
      failed: (reason) => {
        oneEnded(of, name);
        tell(of, { kind: 'containerEnded', name, reason, neverStarted: true });
        progressed(of, name, { kind: 'ended', exitCode: undefined });
      },
    });
    of.running.set(name, handle);
  };
  const logLine = (target: LogTarget, text: string): void => {
    const delayMs = options.delays.logMs ?? 0;
    if (delayMs === 0) {
      options.log(target, text);
    } else {
      options.scheduler.after(delayMs, () => options.log(target, text));
    }
  };

  const stop = (of: Supervised): void => {
    for (const cancel of of.timers) {
      cancel();
    }
    of.timers.clear();
    for (const [name, container] of of.running) {
      container.signal('SIGTERM');
      const { stopTimeout } = of.task.containers.find(({ definition }) => definition.name === name)?.definition ?? {};
      const timeoutMs = stopTimeout === undefined ? (options.delays.stopTimeoutMs ?? STOP_TIMEOUT_MS) : stopTimeout * 1000;
      later(of, timeoutMs, () => of.running.get(name)?.signal('SIGKILL'));
    }
    // The answer to StopTask shows the task told to stop, not yet stopped.
    later(of, 0, () => finishIfDone(of));
  };
  const finishIfDone = (of: Supervised): void => {
    if (of.finishing || of.running.size > 0 || of.task.desiredStatus !== 'STOPPED') {
      return;
    }
    of.finishing = true;
    for (const cancel of of.timers) {
      cancel();
    }
    if (of.task.definition.content.networkMode === 'awsvpc') {
      tell(of, { kind: 'deprovisioning' });
      later(of, options.delays.deprovisioningMs ?? 0, () => forget(of));
    } else {
      forget(of);
    }
  };
  const forget = (of: Supervised): void => {
    tell(of, { kind: 'stopped' });
    supervised.delete(of.task.arn);
  };
  const kill = (of: Supervised): void => {
    supervised.delete(of.task.arn);
    for (const cancel of of.timers) {
      cancel();
    }
    for (const container of of.running.values()) {
      container.signal('SIGKILL');
    }
  };

  return {
    obey: ({ kind, cluster, task }) => {
      if (kind === 'start') {
        const fresh = {
          cluster,
          task,
          running: new Map(),
          waiting: new Set<TaskContainer>(),
          progress: new Map(),
          timers: new Set<() => void>(),
          held: options.held,
          finishing: false,
        };
        supervised.set(task.arn, fresh);
        start(fresh);
        return;
      }
      const of = supervised.get(task.arn);
      if (of !== undefined) {
        (kind === 'stop' ? stop : kill)(of);
      }
    },
    release: (task) => {
      const of = supervised.get(task.arn);
      if (of?.held === true) {
        of.held = false;
        start(of);
      }
    },
    close: () => {
      closed = true;
      for (const of of [...supervised.values()]) {
        kill(of);
      }
      return alive === 0 ? Promise.resolve() : new Promise((resolve) => ended.add(resolve));
    },
  };
}
