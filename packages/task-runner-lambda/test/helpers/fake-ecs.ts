import type { EcsPort, FailureRecord, RunTaskParameters, TaskDefinitionRecord, TaskRecord } from '../../src/ports.js';
import type { VirtualClock } from './virtual-clock.js';

/** How a task behaves, in milliseconds from being placed. */
export interface TaskScript {
  /** Until its code runs; a task stopped before has no exit code. */
  readonly startMs: number;
  /** Until it ends by itself, from its start. */
  readonly runMs: number;
  /** Exit codes by container; undefined is absent. */
  readonly exitCodes: Readonly<Record<string, number | undefined>>;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly containerReason?: string;
  /** Until it has stopped, once told to; it then exits with 143. */
  readonly stopMs?: number;
}

/** A task that ends well. */
export const GOOD: TaskScript = { startMs: 2_000, runMs: 20_000, exitCodes: { migrate: 0 } };

interface FakeTask {
  readonly arn: string;
  readonly input: RunTaskParameters;
  readonly placedAt: number;
  readonly script: TaskScript;
  toldToStop?: { readonly at: number; readonly reason: string };
}

/** An exception as the SDK throws it. */
export function awsError(name: string, message = '', status = 400, more: object = {}): Error {
  return Object.assign(new RangeError(message), { name, $metadata: { httpStatusCode: status }, ...more });
}

/** What FakeEcs does beside obeying. */
export interface FakeEcsOptions {
  readonly definition?: TaskDefinitionRecord;
  /** Whether a placement that failed is answered again for its token, as a pessimist reads the documentation. */
  readonly remembersFailures?: boolean;
  /** Until a placed task is described, in milliseconds. */
  readonly describeLagMs?: number;
  /** Until a placed task is listed, in milliseconds. */
  readonly listLagMs?: number;
  /** What RunTask says at a moment, if it places nothing: failures, or a thrown exception. */
  readonly room?: (now: number) => readonly FailureRecord[] | Error | undefined;
  /** How the next task behaves. */
  readonly script?: (input: RunTaskParameters, nth: number) => TaskScript;
}

/**
 * A small Amazon ECS in memory and virtual time.
 *
 * Contract: tasks run by their script and stop when told to; a client token repeats its answer, or is a conflict with other parameters;
 * a stopped task stays visible; lists and descriptions lag by what the options say. Hosts, roles and networks do not exist.
 */
export class FakeEcs implements EcsPort {
  public readonly tasks: FakeTask[] = [];
  public readonly calls: string[] = [];
  readonly #clock: VirtualClock;
  readonly #options: FakeEcsOptions;
  readonly #tokens = new Map<
    string,
    { readonly parameters: string; readonly arn?: string; readonly failures?: readonly FailureRecord[] }
  >();

  public constructor(clock: VirtualClock, options: FakeEcsOptions = {}) {
    this.#clock = clock;
    this.#options = options;
  }

  public async describeTaskDefinition() {
    this.calls.push('DescribeTaskDefinition');
    return { taskDefinition: this.#options.definition ?? definitionOf({ name: 'migrate' }) };
  }

  public async runTask(input: RunTaskParameters) {
    this.calls.push('RunTask');
    const { clientToken, ...rest } = input;
    const parameters = JSON.stringify(rest);
    const known = this.#tokens.get(String(clientToken));
    if (known !== undefined) {
      const resourceIds = known.arn === undefined ? [] : [known.arn];
      if (known.parameters !== parameters) throw awsError('ConflictException', 'token in use', 400, { resourceIds });
      return known.arn === undefined ? { tasks: [], failures: known.failures ?? [] } : { tasks: [{ taskArn: known.arn }], failures: [] };
    }
    const refusal = this.#options.room?.(this.#clock.now());
    if (refusal instanceof Error) throw refusal;
    if (refusal !== undefined) {
      if (this.#options.remembersFailures) this.#tokens.set(String(clientToken), { parameters, failures: refusal });
      return { tasks: [], failures: refusal };
    }
    const arn = `arn:aws:ecs:eu-west-1:111122223333:task/demo/${String(this.tasks.length + 1).padStart(8, '0')}`;
    const script = this.#options.script?.(input, this.tasks.length) ?? GOOD;
    this.tasks.push({ arn, input, placedAt: this.#clock.now(), script });
    this.#tokens.set(String(clientToken), { parameters, arn });
    return { tasks: [{ taskArn: arn, lastStatus: 'PENDING' }], failures: [] };
  }

  public async listTasks({ startedBy, desiredStatus }: { readonly startedBy: string; readonly desiredStatus: string }) {
    this.calls.push('ListTasks');
    const now = this.#clock.now();
    const visible = this.tasks.filter(
      (task) => task.input.startedBy === startedBy && now >= task.placedAt + (this.#options.listLagMs ?? 0),
    );
    return { taskArns: visible.filter((task) => this.record(task).desiredStatus === desiredStatus).map(({ arn }) => arn) };
  }

  public async describeTasks({ tasks }: { readonly tasks: readonly string[] }) {
    this.calls.push('DescribeTasks');
    const now = this.#clock.now();
    const found = tasks.flatMap(
      (arn) => this.tasks.find((task) => task.arn === arn && now >= task.placedAt + (this.#options.describeLagMs ?? 0)) ?? [],
    );
    const missing = tasks.filter((arn) => !found.some((task) => task.arn === arn));
    return { tasks: found.map((task) => this.record(task)), failures: missing.map((arn) => ({ arn, reason: 'MISSING' })) };
  }

  public async stopTask({ task: arn, reason }: { readonly task: string; readonly reason: string }) {
    this.calls.push('StopTask');
    const task = this.tasks.find((candidate) => candidate.arn === arn);
    if (task === undefined) throw awsError('InvalidParameterException', 'The referenced task was not found.');
    if (this.endOf(task) > this.#clock.now()) task.toldToStop ??= { at: this.#clock.now(), reason };
    return {};
  }

  /** When a task has stopped or will have. */
  public endOf({ placedAt, script, toldToStop }: FakeTask): number {
    const byItself = placedAt + script.startMs + script.runMs;
    return toldToStop === undefined ? byItself : Math.min(byItself, toldToStop.at + (script.stopMs ?? 5_000));
  }

  /** Whether its own code ends it, rather than being told to stop. */
  public endsByItself(task: FakeTask): boolean {
    return this.endOf(task) === task.placedAt + task.script.startMs + task.script.runMs;
  }

  /** A task as it is described now. */
  public record(task: FakeTask): TaskRecord {
    const now = this.#clock.now();
    const { arn: taskArn, script, placedAt, toldToStop, input } = task;
    const startedAt = placedAt + script.startMs;
    const overrides = input.overrides as NonNullable<TaskRecord['overrides']>;
    const started =
      now >= startedAt && startedAt <= this.endOf(task) && script.stopCode !== 'TaskFailedToStart'
        ? { startedAt: new Date(startedAt) }
        : {};
    const common = { taskArn, overrides, ...started };
    if (now < this.endOf(task)) {
      const lastStatus = now < startedAt ? 'PENDING' : 'RUNNING';
      return { ...common, lastStatus, desiredStatus: toldToStop === undefined ? 'RUNNING' : 'STOPPED' };
    }
    const stopped = { ...common, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' };
    if (!this.endsByItself(task)) {
      const ran = startedAt < this.endOf(task);
      const containers = Object.keys(script.exitCodes).map((name) => ({ name, ...(ran ? { exitCode: 143 } : {}) }));
      return { ...stopped, stopCode: 'UserInitiated', stoppedReason: toldToStop?.reason, containers };
    }
    const reason = script.containerReason === undefined ? {} : { reason: script.containerReason };
    return {
      ...stopped,
      stopCode: script.stopCode ?? 'EssentialContainerExited',
      stoppedReason: script.stoppedReason ?? 'Essential container in task exited',
      containers: Object.entries(script.exitCodes).map(([name, exitCode]) => ({ name, exitCode, ...reason })),
    };
  }
}

/** A task definition with a log for each container. */
export function definitionOf(
  ...containers: ReadonlyArray<{ readonly name: string; readonly essential?: boolean; readonly stopTimeout?: number }>
): TaskDefinitionRecord {
  const logConfiguration = {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/demo', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'run' },
  };
  return { containerDefinitions: containers.map((container) => ({ logConfiguration, ...container })) };
}
