import {
  type ContainerLaunch,
  type ContainerScript,
  createInProcessAws,
  createRandom,
  createResponseBucket,
  createSandbox,
  createStackDriver,
  createVirtualTime,
  type DrivenRequest,
  type EcsOutcome,
  FunctionFailedError,
  type InProcessAws,
  type InProcessClient,
  invokeAsync,
  type StackDriver,
  type StackOutcome,
  type VirtualTime,
} from '@plimsoll/simulator';
import { FUNCTION_NAME } from './our-runner.js';
import type { Death, ProofSchedule, StackStep } from './schedule.js';
import type { Subject } from './subjects.js';

/** Name of the container whose exit code decides. */
export const DECIDING = 'migrate';

/** A task as the world saw it, whatever the function knows of it. Milliseconds since 1970. */
export interface SeenTask {
  readonly taskArn: string;
  readonly startedBy: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly placedAt: number;
  ranAt: number | undefined;
  stoppedAt: number | undefined;
  /** Exit code of the deciding container. */
  exitCode: number | undefined;
  /** Whether it ended because somebody called StopTask. */
  wasStopped: boolean;
}

/** A schedule, played to its end. */
export interface PlayedProof {
  readonly schedule: ProofSchedule;
  readonly requests: readonly DrivenRequest[];
  readonly tasks: readonly SeenTask[];
  readonly outcomes: readonly StackOutcome[];
  readonly log: readonly string[];
  /** Calls of AWS, oldest first. */
  readonly calls: ReturnType<InProcessAws['recordedCalls']>;
  readonly invocations: number;
  /** Runs of the function that the schedule let die, by the request they served. Milliseconds since 1970. */
  readonly deaths: readonly { readonly requestId: string; readonly at: number }[];
}

/** Time after the last operation, in which whatever was left behind would show, in milliseconds. */
const AFTERMATH_MS = 3 * 3_600_000;

/** Plays a schedule with a function, in virtual time. */
export async function playProof(schedule: ProofSchedule, subject: Subject): Promise<PlayedProof> {
  const time = createVirtualTime();
  const random = createRandom(schedule.seed ^ 0x5eed);
  const tasks = new Map<string, SeenTask>();
  const log: string[] = [];
  const runs: Promise<void>[] = [];
  const deaths: PlayedProof['deaths'][number][] = [];
  const bucket = createResponseBucket({ scheduler: time, newId: random.id });
  bucket.faults.set(schedule.putFaults);
  let invocations = 0;

  const aws = createInProcessAws({
    scheduler: time,
    newId: random.id,
    seed: schedule.seed,
    faults: schedule.faults,
    latencyMs: () => schedule.latencyMs,
    newTasksHidden: schedule.newTasksHidden,
    containers: {
      scripts: (launch) => scriptFor(schedule, tasks, launch),
      pendingMs: schedule.pendingMs,
      logMs: schedule.logMs,
    },
    onEvent: (event) => {
      if (event['detail-type'] === 'ECS Task State Change') see(tasks, event.detail as unknown as TaskDetail, time.now().getTime());
    },
    functions: {
      // The function's configuration for asynchronous events counts for those it sends itself, too.
      [FUNCTION_NAME]: async (event) => {
        runs.push(invokeAsync(event, { scheduler: time, target: (again) => runOnce(again, true), onFailure }).done);
      },
    },
  });
  const write = (line: string): void => void log.push(`${time.now().toISOString()} ${line}`);

  const nextDeath = (): Death | undefined => {
    invocations += 1;
    return schedule.deaths[invocations - 1];
  };
  const runOnce = async (event: unknown, mayDie: boolean): Promise<void> => {
    const death = mayDie ? nextDeath() : undefined;
    const end = time.now().getTime() + subject.functionMs;
    const sandbox = createSandbox({
      scheduler: time,
      timeoutMs: death?.kind === 'moment' ? Math.min(death.afterMs, subject.functionMs) : subject.functionMs,
      ...(death?.kind === 'call' ? { crash: death } : {}),
    });
    const client = (service: Parameters<InProcessAws['client']>[0]): InProcessClient => ({
      send: sandbox.guard((command: Parameters<InProcessClient['send']>[0]) => aws.client(service).send(command)),
    });
    // The sandbox holds back calls of the dead; their timers are held back here.
    let isAlive = true;
    const outcome = await sandbox.run(() =>
      subject.run(event, {
        client,
        put: sandbox.guard(async ({ url, body }) => {
          await time.sleep(schedule.latencyMs);
          return bucket.put({
            url,
            headers: { 'content-type': '', 'content-length': String(Buffer.byteLength(body)) },
            body: edited(body),
          });
        }),
        now: () => time.now().getTime(),
        after: (milliseconds, call) => time.after(milliseconds, () => (isAlive ? call() : undefined)),
        sleep: sandbox.guard(time.sleep),
        random: random.next,
        remainingMs: () => end - time.now().getTime(),
        mode: schedule.mode,
        log: write,
      }),
    );
    isAlive = false;
    if (outcome.kind !== 'returned') {
      const why = outcome.kind === 'threw' ? String(outcome.error) : outcome.kind;
      if (death !== undefined) deaths.push({ requestId: requestIdOf(event), at: time.now().getTime() });
      write(`run ended: ${why}`);
      throw new FunctionFailedError(why, outcome.kind === 'threw' ? 'Error' : 'Runtime.ExitError');
    }
  };

  /** The destination is a function as well, and tried as often. */
  const onFailure = async (record: unknown): Promise<void> => {
    if (!subject.hasDestination) return;
    await invokeAsync(record, { scheduler: time, target: (again) => runOnce(again, false) }).done;
  };

  /** An Update that seems to make a new resource. */
  const edited = (body: string): string => {
    const answer = JSON.parse(body) as { readonly RequestId: string };
    const firstUpdate = driver.requests.find(({ purpose }) => purpose === 'update');
    const isIt = schedule.replaces && firstUpdate?.event.RequestId === answer.RequestId;
    return isIt ? JSON.stringify({ ...answer, PhysicalResourceId: 'another-id' }) : body;
  };

  let sent = 0;
  const driver = createStackDriver({
    scheduler: time,
    newId: random.id,
    bucket,
    onStatus: aws.stacks.set,
    target: (event) => runOnce(event, true),
    onFailure,
    duplicatesAfterMs: () => {
      const after = schedule.duplicatesAfterMs[sent];
      sent += 1;
      return after === undefined ? [] : [after];
    },
    ...(schedule.serviceTimeoutSeconds === undefined ? {} : { serviceTimeoutSeconds: schedule.serviceTimeoutSeconds }),
  });

  prepare(aws, schedule, time);
  const outcomes = await time.run(async () => {
    const ended: StackOutcome[] = [];
    for (const [index, step] of schedule.steps.entries()) {
      ended.push(...(await operate(driver, step, { Cluster: 'default', TaskDefinition: 'migrate', ...propertiesOf(schedule, index) })));
      await time.sleep(schedule.pauseMs);
    }
    await driver.idle();
    for (const run of runs) await run;
    await time.sleep(AFTERMATH_MS);
    return ended;
  }, 40 * 3_600_000);
  return {
    schedule,
    requests: driver.requests,
    tasks: [...tasks.values()],
    outcomes,
    log,
    calls: aws.recordedCalls(),
    invocations,
    deaths,
  };
}

/** Id of the request that an event is, hands over, or is the record of. */
function requestIdOf(event: unknown): string {
  const { RequestId, request, requestPayload } = event as Readonly<Record<string, unknown>>;
  if (typeof RequestId === 'string') return RequestId;
  return request === undefined && requestPayload === undefined ? '' : requestIdOf(request ?? requestPayload);
}

function propertiesOf({ timeoutSeconds, sidecar }: ProofSchedule, step: number): Readonly<Record<string, unknown>> {
  return {
    Timeout: timeoutSeconds,
    Triggers: { step },
    ...(sidecar === 'essential' ? { ContainerName: DECIDING } : {}),
  };
}

async function operate(
  driver: StackDriver,
  step: StackStep,
  properties: Readonly<Record<string, unknown>>,
): Promise<readonly StackOutcome[]> {
  switch (step.kind) {
    case 'deploy':
      // After a rollback of its creation a stack can only be deleted.
      if (/ROLLBACK_(?:COMPLETE|FAILED)|CREATE_FAILED/.test(driver.status()) && driver.physicalId() === undefined) return [];
      return [
        await driver.deploy(properties, {
          ...(step.otherFailsAfterMs === undefined ? {} : { otherResourceFailsAfterMs: step.otherFailsAfterMs }),
          ...(step.preserve === undefined ? {} : { preserve: step.preserve }),
        }),
      ];
    case 'retry':
      return /^(?:CREATE|UPDATE)_FAILED$/.test(driver.status()) ? [await driver.retry()] : [];
    case 'remove':
      return [await driver.remove()];
  }
}

/** The cluster and the task definition, and what the cluster lacks for a while. */
function prepare(aws: InProcessAws, { lacks, sidecar }: ProofSchedule, time: VirtualTime): void {
  accepted(aws.ecs('CreateCluster', {}));
  const host = (memory: number): string =>
    (
      accepted(aws.ecs('RegisterContainerInstance', { totalResources: resources(memory) })).containerInstance as {
        containerInstanceArn: string;
      }
    ).containerInstanceArn;
  const later = (call: () => void): void => void time.after(lacks.forMs, call);
  switch (lacks.what) {
    case 'nothing':
      host(100_000);
      break;
    case 'hosts':
      later(() => host(100_000));
      break;
    case 'room':
      host(64);
      later(() => host(100_000));
      break;
    case 'agent': {
      const arn = host(100_000);
      aws.setAgentConnected(arn, false);
      later(() => aws.setAgentConnected(arn, true));
    }
  }
  const logConfiguration = { logDriver: 'awslogs', options: { 'awslogs-group': 'migrate', 'awslogs-stream-prefix': 'run' } };
  accepted(
    aws.ecs('RegisterTaskDefinition', {
      family: 'migrate',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: DECIDING, image: 'none', logConfiguration },
        ...(sidecar === 'none' ? [] : [{ name: 'side', image: 'none', essential: sidecar === 'essential' }]),
      ],
    }),
  );
}

function resources(memory: number) {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: 100_000 },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
  ];
}

function accepted(outcome: EcsOutcome): Readonly<Record<string, unknown>> {
  if (!outcome.ok) throw new RangeError(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.response;
}

function scriptFor({ tasks: scripts }: ProofSchedule, tasks: ReadonlyMap<string, SeenTask>, launch: ContainerLaunch): ContainerScript {
  const order = [...tasks.keys()].indexOf(launch.taskArn);
  const script = scripts[Math.min(Math.max(order, 0), scripts.length - 1)] ?? scripts[0];
  const seen = tasks.get(launch.taskArn);
  if (launch.name !== DECIDING) return { onTerminate: { afterMs: 500 } };
  if (seen !== undefined) Object.assign(seen, { environment: launch.environment, startedBy: launch.startedBy ?? '' });
  return script;
}

interface TaskDetail {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly stopCode?: string;
  readonly startedBy?: string;
  readonly containers: readonly { readonly name: string; readonly exitCode?: number }[];
  readonly overrides?: {
    readonly containerOverrides?: readonly { readonly environment?: readonly { readonly name: string; readonly value: string }[] }[];
  };
}

function see(tasks: Map<string, SeenTask>, detail: TaskDetail, now: number): void {
  const variables = (detail.overrides?.containerOverrides ?? []).flatMap(({ environment = [] }) => environment);
  const seen: SeenTask = tasks.get(detail.taskArn) ?? {
    taskArn: detail.taskArn,
    startedBy: detail.startedBy ?? '',
    environment: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    placedAt: now,
    ranAt: undefined,
    stoppedAt: undefined,
    exitCode: undefined,
    wasStopped: false,
  };
  tasks.set(detail.taskArn, seen);
  if (detail.lastStatus === 'RUNNING') seen.ranAt ??= now;
  if (detail.lastStatus === 'STOPPED') {
    seen.stoppedAt ??= now;
    seen.wasStopped = detail.stopCode === 'UserInitiated';
    seen.exitCode = detail.containers.find(({ name }) => name === DECIDING)?.exitCode;
  }
}
