import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { EcsEvent } from '../ecs/ecs-event.js';
import { createEcsService, type EcsBackend } from '../ecs/ecs-service.js';
import { createEcsState } from '../ecs/ecs-state.js';
import { applyEcsCall, type EcsOutcome, setAgentConnected, startPendingTask, type TransitionInputs } from '../ecs/operations.js';
import { UnknownResourceError } from './endpoint-error.js';
import { createEventQueue } from './event-queue.js';
import { createFront } from './http-front.js';
import type { InjectedFault, RecordedCall } from './injected-fault.js';
import { closeServer, listenOnLoopback } from './loopback-server.js';
import type { Service } from './service.js';

/** How a local endpoint is to be. */
export interface LocalEndpointOptions {
  /** Port on 127.0.0.1, 0 to 65535; 0 takes any free one. @default 0 */
  readonly port?: number;
  /** Region in ARNs and events. @default 'us-east-1' */
  readonly region?: string;
  /** Account in ARNs and events, 12 digits. @default '111122223333' */
  readonly accountId?: string;
  /** The clock all moments are read from. @default the machine's */
  readonly clock?: () => Date;
  /** Source of identifiers, each as unique as a UUID. @default random UUIDs */
  readonly newId?: () => string;
  /** Seed of random placement. Integer, 0 to 4294967295. @default 1 */
  readonly seed?: number;
  /** Whether a task runs at once, or stays PENDING until `startPendingTask`. @default 'immediate' */
  readonly taskStart?: 'immediate' | 'held';
  /** Stopped tasks kept describable in a cluster; the oldest go first. Integer, at least 0. @default 10000 */
  readonly retainedStoppedTasks?: number;
  /** Receives ECS's events in order, each after its change and before the answer that caused it. */
  readonly onEvent?: (event: EcsEvent) => void;
  /** Further services, asked after ECS in the order given. @default none */
  readonly services?: readonly Service[];
  /** Called for each request before it is carried out; may name a fault. Called too for one no service takes. */
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
  /** Forgets the requests received so far. */
  clearCalls(): void;
  /**
   * Carries out an ECS operation without HTTP, to prepare thousands of hosts at
   * once. Not recorded among the calls; events are told as ever.
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
  /** Stops listening and ends every connection, requests under way included. */
  close(): Promise<void>;
}

/** Container instances kept describable after deregistration, in a cluster. */
const RETAINED_INACTIVE_HOSTS = 1000;
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
  const clock = options.clock ?? (() => new Date());
  const backend = createBackend({ ...options, region, clock });
  const services = [createEcsService(backend.ecs), ...(options.services ?? [])];
  const front = createFront({ services, clock, intercept: options.intercept, recordCalls: options.recordCalls ?? true });
  const { server, port } = await listenOnLoopback(front.handle, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    region,
    environment: environmentFor(url, region),
    calls: front.calls,
    clearCalls: front.clearCalls,
    ecs: (operation, input) => backend.ecs({ operation, input }),
    setAgentConnected: backend.setAgentConnected,
    startPendingTask: backend.startPendingTask,
    close: closing(server, front.stop),
  };
}

interface Backend {
  readonly ecs: EcsBackend;
  readonly setAgentConnected: LocalEndpoint['setAgentConnected'];
  readonly startPendingTask: LocalEndpoint['startPendingTask'];
}

function createBackend(options: LocalEndpointOptions & { readonly region: string; readonly clock: () => Date }): Backend {
  const state = createEcsState({
    region: options.region,
    accountId: options.accountId ?? EXAMPLE_ACCOUNT,
    seed: options.seed ?? 1,
    taskStart: options.taskStart ?? 'immediate',
    retainedStoppedTasks: options.retainedStoppedTasks ?? 10_000,
    retainedInactiveHosts: RETAINED_INACTIVE_HOSTS,
  });
  const newId = options.newId ?? randomUUID;
  const inputs = (): TransitionInputs => ({ now: options.clock(), newId });
  const tell = createEventQueue(options.onEvent ?? (() => undefined));
  const tellOf = (arn: string, events: readonly EcsEvent[] | undefined): void => {
    if (events === undefined) {
      throw new UnknownResourceError(arn);
    }
    tell(events);
  };
  return {
    ecs: (call) => {
      const outcome = applyEcsCall(state, call, inputs());
      tell(outcome.events);
      return outcome;
    },
    setAgentConnected: (containerInstanceArn, connected) =>
      tellOf(containerInstanceArn, setAgentConnected(state, { containerInstanceArn, connected }, inputs())),
    startPendingTask: (taskArn) => tellOf(taskArn, startPendingTask(state, taskArn, inputs())),
  };
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

function closing(server: Server, stop: () => void): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    stop();
    closed ??= closeServer(server);
    return closed;
  };
}
