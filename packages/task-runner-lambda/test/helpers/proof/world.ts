import {
  createInProcessAws,
  createRandom,
  createResponseBucket,
  createSandbox,
  createStackDriver,
  createVirtualTime,
  type DrivenRequest,
  FunctionFailedError,
  type InProcessAws,
  type InProcessClient,
  invokeAsync,
  type SandboxOptions,
  type SandboxOutcome,
  type StackDriver,
  type StackOutcome,
} from '@plimsoll/simulator';
import { DECIDING, prepare, type SeenTask, scriptFor, see, type TaskDetail } from './cluster.js';
import { FUNCTION_NAME } from './our-runner.js';
import { repeatingFailures } from './repeated-failures.js';
import type { Death, ProofSchedule, StackStep } from './schedule.js';
import type { Subject } from './subjects.js';

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
  const repeating = schedule.repeatsFailures ? repeatingFailures(time.sleep, schedule.latencyMs) : (client: InProcessClient) => client;
  const write = (line: string): void => void log.push(`${time.now().toISOString()} ${line}`);

  const nextDeath = (): Death | undefined => {
    invocations += 1;
    return schedule.deaths[invocations - 1];
  };
  const runOnce = async (event: unknown, mayDie: boolean): Promise<void> => {
    const death = mayDie ? nextDeath() : undefined;
    const end = time.now().getTime() + subject.functionMs;
    const sandbox = createSandbox({ scheduler: time, timeoutMs: subject.functionMs, ...dying(death, subject.functionMs) });
    const client = (service: Parameters<InProcessAws['client']>[0]): InProcessClient => ({
      send: sandbox.guard((command: Parameters<InProcessClient['send']>[0]) => repeating(aws.client(service)).send(command)),
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
      if (death !== undefined) deaths.push({ requestId: requestIdOf(event), at: time.now().getTime() });
      const failure = failureOf(outcome);
      write(`run ended: ${failure.message}`);
      throw failure;
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

  const outcomes = await time.run(async () => {
    await time.sleep(schedule.phaseMs);
    prepare(aws, schedule, time);
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

/** When a run dies of itself, for its sandbox. */
function dying(death: Death | undefined, functionMs: number): Pick<SandboxOptions, 'crash' | 'timeoutMs'> {
  if (death === undefined) return {};
  return death.kind === 'call' ? { crash: death } : { timeoutMs: Math.min(death.afterMs, functionMs) };
}

function failureOf(outcome: SandboxOutcome<void>): FunctionFailedError {
  return outcome.kind === 'threw'
    ? new FunctionFailedError(String(outcome.error), 'Error')
    : new FunctionFailedError(outcome.kind, 'Runtime.ExitError');
}

/** Id of the request that an event is, hands over, or is the record of. */
export function requestIdOf(event: unknown): string {
  const { RequestId, request, requestPayload } = event as Readonly<Record<string, unknown>>;
  if (typeof RequestId === 'string') return RequestId;
  return request === undefined && requestPayload === undefined ? '' : requestIdOf(request ?? requestPayload);
}

/** Properties of the resource at a step. */
export function propertiesOf({ timeoutSeconds, sidecar, runsOnRollback }: ProofSchedule, step: number): Readonly<Record<string, unknown>> {
  return {
    Timeout: timeoutSeconds,
    Triggers: { step },
    ...(runsOnRollback ? { RunOnRollback: true } : {}),
    ...(sidecar === 'essential' ? { ContainerName: DECIDING } : {}),
  };
}

/** Does a step of the story, where the stack is in a state that allows it. */
export async function operate(
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
