import { randomUUID } from 'node:crypto';
import type { ContainerLaunch, ContainerRunner } from '../containers/container-runner.js';
import type { LogTarget } from '../containers/log-target.js';
import { type ProcessResolver, processContainers } from '../containers/process-containers.js';
import { type ContainerScript, scriptedContainers } from '../containers/scripted-containers.js';
import { createTaskSupervisor, type TaskDelays, type TaskSupervisor } from '../containers/task-supervisor.js';
import { UnknownResourceError } from '../endpoint/endpoint-error.js';
import { createEventQueue } from '../endpoint/event-queue.js';
import type { Scheduler } from '../virtual-time/scheduler.js';
import type { EcsEvent } from './ecs-event.js';
import { createEcsState, type EcsState, type Task } from './ecs-state.js';
import { findTask } from './identifiers.js';
import { applyEcsCall, type EcsCall, type EcsOutcome, setAgentConnected, startPendingTask, type TransitionInputs } from './operations.js';
import { createRequestQuota, ECS_QUOTAS, type QuotaGroup } from './request-quota.js';
import { type ServiceSetting, setService } from './service-setting.js';
import { applyTaskReport } from './task-reports.js';
import type { ContainerOrder } from './transition.js';

/** What runs the containers of tasks. */
export interface TaskContainersOptions extends TaskDelays {
  /**
   * Containers are processes of this machine: `true` for their own entry point
   * and command, or a function that chooses the process of each.
   *
   * @default none is
   */
  readonly processes?: boolean | ProcessResolver;
  /** Containers run in the model alone; undefined for one that is to be a process. @default none does */
  readonly scripts?: (launch: ContainerLaunch) => ContainerScript | undefined;
}

/** How the model of ECS is to be; the same for the endpoint and in process. */
export interface EcsModelOptions {
  /** Region in ARNs and events. @default 'us-east-1' */
  readonly region?: string;
  /** Account in ARNs and events, 12 digits. @default '111122223333' */
  readonly accountId?: string;
  /** Source of identifiers, each as unique as a UUID. @default random UUIDs */
  readonly newId?: () => string;
  /** Seed of random placement. Integer, 0 to 4294967295. @default 1 */
  readonly seed?: number;
  /** Whether a task runs at once, or stays PENDING until `startPendingTask`. @default 'immediate' */
  readonly taskStart?: 'immediate' | 'held';
  /** What runs the containers of tasks. @default nothing: a task ends only when stopped */
  readonly containers?: TaskContainersOptions;
  /**
   * How long a new task is MISSING to DescribeTasks: a time, a number of calls,
   * or until both are over; ListTasks heeds the time only. @default not at all
   */
  readonly newTasksHidden?: { readonly milliseconds?: number; readonly calls?: number };
  /** How long a stopped task can be described, in milliseconds. @default 3600000, one hour */
  readonly stoppedTaskLifeMs?: number;
  /** Stopped tasks kept describable in a cluster; the oldest go first. Integer, at least 0. @default 10000 */
  readonly retainedStoppedTasks?: number;
  /** Whether requests are throttled: by ECS's own quotas, or by these. @default false */
  readonly throttling?: boolean | readonly QuotaGroup[];
  /** Receives ECS's events in order, each after its change and before the answer that caused it. */
  readonly onEvent?: (event: EcsEvent) => void;
}

/** What the model is joined to. */
export interface EcsModelSurroundings {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Makes a log stream. */
  readonly openLog: (target: LogTarget) => void;
  /** Adds a line to a log stream. */
  readonly log: (target: LogTarget, text: string) => void;
}

/** A model of ECS with its clock and its containers. */
export interface EcsModel {
  /** What it knows; for reading. */
  readonly state: EcsState;
  /** Carries out an operation. */
  call(call: EcsCall, limits?: { readonly throttled: boolean }): EcsOutcome;
  /** Connects or disconnects an agent. @throws UnknownResourceError */
  setAgentConnected(containerInstanceArn: string, connected: boolean): void;
  /** Lets a held task start. @throws UnknownResourceError */
  startPendingTask(taskArn: string): void;
  /** Shows a service. @throws UnknownResourceError */
  setService(setting: ServiceSetting): void;
  /** Ends every container; settles when all have ended. */
  close(): Promise<void>;
}

/** Container instances kept describable after deregistration, in a cluster. */
const RETAINED_INACTIVE_HOSTS = 1000;
/** Account id of AWS's own examples. */
const EXAMPLE_ACCOUNT = '111122223333';
/** How long ECS shows a stopped task at least, in milliseconds (DG, task-lifecycle-explanation). */
const ONE_HOUR_MS = 3_600_000;

/** Creates a model of an empty account. */
export function createEcsModel(options: EcsModelOptions, surroundings: EcsModelSurroundings): EcsModel {
  const { scheduler } = surroundings;
  const state = createEcsState({
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? EXAMPLE_ACCOUNT,
    seed: options.seed ?? 1,
    taskStart: options.taskStart ?? 'immediate',
    containers: options.containers === undefined ? 'none' : 'reported',
    newTasksHidden: { milliseconds: options.newTasksHidden?.milliseconds ?? 0, calls: options.newTasksHidden?.calls ?? 0 },
    stoppedTaskLifeMs: options.stoppedTaskLifeMs ?? ONE_HOUR_MS,
    retainedStoppedTasks: options.retainedStoppedTasks ?? 10_000,
    retainedInactiveHosts: RETAINED_INACTIVE_HOSTS,
  });
  const newId = options.newId ?? randomUUID;
  const quota = createRequestQuota(quotasOf(options.throttling ?? false));
  const tell = createEventQueue(options.onEvent ?? (() => undefined));

  /** Lets a transition happen, tells its events, and has its orders carried out. */
  const happen = <Result>(transition: (inputs: TransitionInputs) => Result, eventsOf: (result: Result) => readonly EcsEvent[]): Result => {
    const orders: ContainerOrder[] = [];
    const result = transition({ now: scheduler.now(), newId, orders });
    for (const order of orders) {
      supervisor?.obey(order);
    }
    tell(eventsOf(result));
    return result;
  };
  const supervisor = superviseBy(options, surroundings, (about) =>
    happen(
      (inputs) => applyTaskReport(state, about, inputs),
      (events) => events,
    ),
  );
  const happenTo = (arn: string, transition: (inputs: TransitionInputs) => readonly EcsEvent[] | undefined): void => {
    if (happen(transition, (events) => events ?? []) === undefined) {
      throw new UnknownResourceError(arn);
    }
  };
  return {
    state,
    call: (call, limits = { throttled: false }) => {
      if (limits.throttled && !quota.admits(call.operation, scheduler.now())) {
        return { ok: false, error: { code: 'ThrottlingException', message: 'Rate exceeded' }, events: [] };
      }
      return happen(
        (inputs) => applyEcsCall(state, call, inputs),
        (outcome) => outcome.events,
      );
    },
    setAgentConnected: (containerInstanceArn, connected) =>
      happenTo(containerInstanceArn, (inputs) => setAgentConnected(state, { containerInstanceArn, connected }, inputs)),
    startPendingTask: (taskArn) => {
      if (supervisor === undefined) {
        happenTo(taskArn, (inputs) => startPendingTask(state, taskArn, inputs));
        return;
      }
      supervisor.release(taskNamed(state, taskArn));
    },
    setService: (setting) => {
      const refused = setService(state, setting, scheduler.now());
      if (refused !== undefined) {
        throw new UnknownResourceError(refused.missing);
      }
    },
    close: async () => supervisor?.close(),
  };
}

function taskNamed(state: EcsState, taskArn: string): Task {
  for (const cluster of state.clusters.values()) {
    const task = findTask(cluster, taskArn);
    if (task !== undefined) {
      return task;
    }
  }
  throw new UnknownResourceError(taskArn);
}

function quotasOf(throttling: boolean | readonly QuotaGroup[]): readonly QuotaGroup[] {
  if (typeof throttling === 'boolean') {
    return throttling ? ECS_QUOTAS : [];
  }
  return throttling;
}

function superviseBy(
  { containers, taskStart }: EcsModelOptions,
  surroundings: EcsModelSurroundings,
  apply: (about: Parameters<typeof applyTaskReport>[1]) => void,
): TaskSupervisor | undefined {
  return containers === undefined
    ? undefined
    : createTaskSupervisor({
        ...surroundings,
        runner: runnerOf(containers, surroundings.scheduler),
        delays: containers,
        held: taskStart === 'held',
        report: (cluster, task, report) => apply({ cluster, task, report }),
      });
}

/** A script where there is one, else a process where those are wanted, else a container that does nothing. */
function runnerOf({ processes = false, scripts }: TaskContainersOptions, scheduler: Scheduler): ContainerRunner {
  const asProcess = processes === false ? undefined : processContainers(processes === true ? undefined : processes);
  return (launch, listener) => {
    const script = scripts?.(launch);
    if (script === undefined && asProcess !== undefined) {
      return asProcess(launch, listener);
    }
    return scriptedContainers(scheduler, () => script ?? {})(launch, listener);
  };
}
