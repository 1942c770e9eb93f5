import type { Server } from 'node:http';
import { createCloudFormation } from '../cloudformation/cloudformation.js';
import type { StackStore } from '../cloudformation/stack-store.js';
import { createCloudWatchLogs } from '../cloudwatch-logs/cloudwatch-logs.js';
import type { LogStore } from '../cloudwatch-logs/log-store.js';
import { createControlService } from '../control/control-service.js';
import { createEcsModel, type EcsModelOptions } from '../ecs/ecs-model.js';
import { createEcsService } from '../ecs/ecs-service.js';
import type { EcsOutcome } from '../ecs/operations.js';
import type { ServiceSetting } from '../ecs/service-setting.js';
import { type AuthorizedCall, iamContextOf } from '../faults/authorized-call.js';
import { createFaultPlan, type FaultPlan, type FaultRule } from '../faults/fault-rule.js';
import { iamActionsOf } from '../faults/iam-action.js';
import { injectedFault } from '../faults/injected-by-rule.js';
import { machineScheduler, type Scheduler } from '../virtual-time/scheduler.js';
import { createCallRecord } from './call-record.js';
import { createFront } from './http-front.js';
import type { InjectedFault, RecordedCall } from './injected-fault.js';
import { closeServer, listenOnLoopback } from './loopback-server.js';
import type { Service } from './service.js';

/** How a local endpoint is to be. */
export interface LocalEndpointOptions extends EcsModelOptions {
  /** Port on 127.0.0.1, 0 to 65535; 0 takes any free one. @default 0 */
  readonly port?: number;
  /** The clock all moments are read from. @default the scheduler's */
  readonly clock?: () => Date;
  /** Clock and timers of what takes time, such as containers that end. @default the machine's */
  readonly scheduler?: Scheduler;
  /** Further services, asked after ECS, CloudWatch Logs and CloudFormation in the order given. @default none */
  readonly services?: readonly Service[];
  /** Faults by rule; further ones by `faults` of the endpoint, or over the control API. @default none */
  readonly faults?: readonly FaultRule[];
  /** Called for each request that no rule has a fault for, before it is carried out; may name a fault. Called too for one no service takes. */
  readonly intercept?: (call: RecordedCall) => InjectedFault | undefined;
  /** Whether `calls()` remembers requests; a server that runs for long has no use for it. @default true */
  readonly recordCalls?: boolean;
}

/** A running local endpoint. */
export interface LocalEndpoint {
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Its port. */
  readonly port: number;
  /** Its region. */
  readonly region: string;
  /** Environment that points an AWS client here; the credentials are dummies. */
  readonly environment: Readonly<Record<string, string>>;
  /** The latest requests received over HTTP, oldest first; at most 100,000, none where `recordCalls` is false. */
  calls(): readonly RecordedCall[];
  /** As {@link LocalEndpoint.calls}, with the permissions that each needs. */
  recordedCalls(): readonly AuthorizedCall[];
  /** Rules of faults in force. */
  readonly faults: FaultPlan;
  /** Log groups and their streams. */
  readonly logs: LogStore;
  /** Stacks as DescribeStacks shows them. */
  readonly stacks: StackStore;
  /** Forgets the requests received so far. */
  clearCalls(): void;
  /**
   * Carries out an ECS operation without HTTP, to prepare thousands of hosts at
   * once. Not recorded among the calls, without faults and not throttled; events are told as ever.
   */
  ecs(operation: string, input: unknown): EcsOutcome;
  /**
   * Connects or disconnects the agent of a container instance; ECS has no API for it.
   *
   * @throws UnknownResourceError when no registered container instance has the ARN
   */
  setAgentConnected(containerInstanceArn: string, connected: boolean): void;
  /**
   * Lets a PENDING task run, where `taskStart` is `held`.
   *
   * @throws UnknownResourceError when no task has the ARN
   */
  startPendingTask(taskArn: string): void;
  /**
   * Shows a service to ListServices and DescribeServices, or shows the one of that name anew; nothing starts or stops its tasks.
   *
   * @throws UnknownResourceError when its cluster or task definition is not there
   */
  setService(setting: ServiceSetting): void;
  /** Stops listening, ends every connection, requests under way included, and every container that is a process. */
  close(): Promise<void>;
}

/** Account id of AWS's own examples. */
const EXAMPLE_ACCOUNT = '111122223333';

/**
 * Starts a local endpoint on 127.0.0.1.
 *
 * @throws PortInUseError when the port is taken
 * @throws ListenError when the port cannot be listened on
 * @example
 * const endpoint = await startLocalEndpoint();
 * endpoint.ecs('CreateCluster', {});
 * await endpoint.close();
 */
export async function startLocalEndpoint(options: LocalEndpointOptions = {}): Promise<LocalEndpoint> {
  const region = options.region ?? 'us-east-1';
  const scheduler = schedulerOf(options);
  const { logs, cloudFormation, model } = createBackends(options, scheduler);
  const record = createCallRecord();
  const faults = createFaultPlan(options.faults);
  const iamContext = iamContextOf(model.state, (name) => cloudFormation.stacks.find(name)?.stackId);
  const front = createFront({
    services: [createEcsService((call) => model.call(call, { throttled: true })), logs, cloudFormation, ...(options.services ?? [])],
    control: createControlService({ faults, stacks: cloudFormation.stacks, recordedCalls: record.list, clearCalls: record.clear }),
    clock: scheduler.now,
    intercept: (call) => {
      const effect = faults.effectOn(call);
      return effect === undefined ? options.intercept?.(call) : injectedFault(effect, call);
    },
    mayFault: () => options.intercept !== undefined || faults.rules().length > 0,
    iamActionsOf: (call) => iamActionsOf(call, iamContext),
    record,
    recordCalls: options.recordCalls ?? true,
  });
  const { server, port } = await listenOnLoopback(front.handle, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    region,
    environment: environmentFor(url, region),
    calls: () => record.list().map(({ iamActions: _, ...call }) => call),
    recordedCalls: record.list,
    clearCalls: record.clear,
    faults,
    logs: logs.store,
    stacks: cloudFormation.stacks,
    ecs: (operation, input) => model.call({ operation, input }),
    setAgentConnected: model.setAgentConnected,
    startPendingTask: model.startPendingTask,
    setService: model.setService,
    close: closing(server, async () => {
      front.stop();
      await model.close();
    }),
  };
}

/** The machine's timers with the clock given, unless both are. */
function schedulerOf({ clock, scheduler = machineScheduler({ keepsAlive: false }) }: LocalEndpointOptions): Scheduler {
  return clock === undefined ? scheduler : { now: clock, after: scheduler.after };
}

/** CloudFormation's and CloudWatch Logs' part of an endpoint, and the model of ECS. */
function createBackends(options: LocalEndpointOptions, scheduler: Scheduler) {
  const account = {
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? EXAMPLE_ACCOUNT,
    clock: scheduler.now,
    ...(options.newId === undefined ? {} : { newId: options.newId }),
  };
  const logs = createCloudWatchLogs(account);
  const cloudFormation = createCloudFormation(account);
  const model = createEcsModel(options, {
    scheduler,
    openLog: ({ logGroupName, logStreamName }) => logs.store.createStream(logGroupName, logStreamName),
    log: (target, text) => logs.store.append(target, text),
  });
  return { logs, cloudFormation, model };
}

function environmentFor(url: string, region: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}

function closing(server: Server, stop: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= Promise.all([stop(), closeServer(server)]).then(() => undefined);
    return closed;
  };
}
