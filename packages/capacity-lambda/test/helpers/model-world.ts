import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { scheduledEvent } from '@plimsoll/test-support';
import type { CapacityConfiguration } from '../../src/configuration/configuration.js';
import type { BatchResponse, CapacityHandler } from '../../src/create-handler.js';
import { createHandler } from '../../src/create-handler.js';
import type { CapacityDependencies } from '../../src/publish-capacity.js';
import { configurationOf } from './configuration.js';
import { stateChange } from './hosts.js';
import { answerOf, changeHost, changeTasks, firstCluster, type ModelCluster, type ModelInput } from './model-cluster.js';
import { recordingLogger } from './recording-logger.js';
import { batchOf } from './sqs.js';
import { size } from './task-sizes.js';

/** What a call that is under way may come to. */
export type CallEnd = 'answer' | 'stale' | 'throttle' | 'lost';

interface Pending {
  readonly environment: number;
  readonly end: (how: CallEnd) => void;
}

interface Flight {
  readonly messages: readonly string[];
  readonly done: Promise<void>;
  dead: boolean;
}

/** Names of the clusters. */
export const CLUSTERS = ['demo', 'shop'] as const;
/** Sizes whose capacity is published. */
export const SIZES = [size('web', 512), size('big', 2048)] as const;
const ENVIRONMENTS = 2;

/**
 * ECS, EventBridge, SQS, CloudWatch and two execution environments of the function, in one process and with a clock of their own.
 *
 * Every call waits until it is told what it comes to, so that invocations interleave in any way.
 */
export class ModelWorld {
  nowMillis = Date.parse('2026-01-01T00:00:00.000Z');
  readonly clusters: Map<string, ModelCluster>;
  readonly published: MetricDatum[] = [];
  readonly pending: Pending[] = [];
  calls = 0;
  #before: ReadonlyMap<string, ModelCluster>;
  #queue: string[] = [];
  #handlers: CapacityHandler[] = [];
  #flights: Array<Flight | undefined> = [];
  readonly #scope: CapacityConfiguration['scope'];

  /** @param readsTasks - whether there are services and tasks, and the function reads them */
  constructor(readsTasks = false) {
    this.#scope = { tasks: readsTasks, discoverServices: readsTasks, discoveredHeadroom: 1 };
    this.clusters = new Map(CLUSTERS.map((name) => [name, firstCluster(name, readsTasks)]));
    this.#before = new Map(this.clusters);
    for (let index = 0; index < ENVIRONMENTS; index += 1) this.#start(index);
  }

  /** Something happens to a host, or one comes or goes; the event is lost, comes once or twice. */
  change(cluster: string, choice: number, copies: number): void {
    const changed = changeHost(cluster, this.#now(cluster), choice);
    this.#set(cluster, changed.cluster);
    for (let copy = 0; copy < copies; copy += 1) this.#queue.push(JSON.stringify(stateChange(changed.told, cluster)));
  }

  /** Something happens to a task or a service, of which no event tells. */
  changeTasks(cluster: string, choice: number): void {
    this.#set(cluster, changeTasks(this.#now(cluster), choice));
  }

  /** The schedule sends its message. */
  tick(): void {
    this.#queue.push(JSON.stringify(scheduledEvent({ time: new Date(this.nowMillis).toISOString() })));
  }

  /** An environment that is free receives some of the messages, in any order. */
  deliver(environment: number, choice: number): boolean {
    if (this.#flights[environment] !== undefined || this.#queue.length === 0) return false;
    const count = 1 + (choice % this.#queue.length);
    const start = choice % (this.#queue.length - count + 1);
    const messages = this.#queue.splice(start, count);
    const flight: Flight = { messages, dead: false, done: this.#invoke(environment, messages) };
    this.#flights[environment] = flight;
    return true;
  }

  /** The environment dies in the middle of its invocation; another takes its place, and the messages come again. */
  crash(environment: number): void {
    const flight = this.#flights[environment];
    if (flight !== undefined) flight.dead = true;
    for (const call of this.pending.filter((one) => one.environment === environment)) call.end('lost');
  }

  /** Lets everything under way go on until it waits again. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** No more changes, faults or losses: every message is delivered, every call answered. */
  async quiesce(): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const delivered = [0, 1].map((environment) => this.deliver(environment, turn));
      const ended = [...this.pending];
      for (const call of ended) call.end('answer');
      await this.settle();
      if (!delivered.includes(true) && ended.length === 0 && this.#queue.length === 0 && this.#flights.every((one) => one === undefined))
        return;
    }
  }

  #start(environment: number): void {
    const send = async (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
      const operation = command.constructor.name.replace('Command', '');
      if (this.#flights[environment]?.dead) throw lost();
      this.calls += 1;
      return new Promise((resolve, reject) => {
        const pending: Pending = {
          environment,
          end: (how) => {
            this.pending.splice(this.pending.indexOf(pending), 1);
            if (how === 'throttle') reject(Object.assign(lost(), { name: 'ThrottlingException' }));
            else if (how === 'lost') reject(lost());
            else resolve(this.#answer(operation, command.input as Input, how === 'stale'));
          },
        };
        this.pending.push(pending);
      });
    };
    const client = { send } as unknown as CapacityDependencies['ecs'] &
      CapacityDependencies['cloudWatch'] &
      CapacityDependencies['autoScaling'];
    this.#handlers[environment] = createHandler({
      ecs: client,
      cloudWatch: client,
      autoScaling: client,
      clock: () => new Date(this.nowMillis),
      logger: recordingLogger(),
      configuration: configurationOf({ clusters: CLUSTERS, taskSizes: SIZES, agentGraceSeconds: 0, scope: this.#scope }),
    });
  }

  async #invoke(environment: number, messages: readonly string[]): Promise<void> {
    let response: BatchResponse | undefined;
    try {
      response = await this.#handlers[environment]?.(batchOf(...messages), { getRemainingTimeInMillis: () => 600_000 });
    } catch {
      response = undefined;
    }
    const flight = this.#flights[environment];
    this.#flights[environment] = undefined;
    const failed = new Set(response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const all = response === undefined || flight?.dead === true;
    this.#queue.push(...messages.filter((_, index) => all || failed.has(`message-${index}`)));
    if (flight?.dead === true) this.#start(environment);
  }

  /** Stale: as it was before the last change, as ECS's reads may be. */
  #answer(operation: string, input: Input, stale: boolean): unknown {
    if (operation === 'PutMetricData') {
      this.published.push(...(input.MetricData ?? []));
      return {};
    }
    const name = String(input.cluster).split('/').at(-1) ?? '';
    return answerOf((stale ? this.#before.get(name) : undefined) ?? this.#now(name), operation, input);
  }

  #now(name: string): ModelCluster {
    return this.clusters.get(name) ?? firstCluster(name, false);
  }

  #set(name: string, cluster: ModelCluster): void {
    this.#before = new Map([...this.#before, [name, this.#now(name)]]);
    this.clusters.set(name, cluster);
  }
}

interface Input extends ModelInput {
  readonly cluster?: string;
  readonly MetricData?: readonly MetricDatum[];
}

function lost(): Error {
  return new RangeError('the call came to nothing');
}
