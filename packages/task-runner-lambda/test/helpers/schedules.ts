import fc from 'fast-check';
import type { FailureRecord } from '../../src/ports.js';
import { awsError, definitionOf, type TaskScript } from './fake-ecs.js';
import { type CallFault, LambdaWorld, type StoredAnswer } from './lambda-world.js';
import { request } from './requests.js';
import { VirtualClock } from './virtual-clock.js';

/** One random story of a request and what goes wrong in it. Times are seconds. */
export interface Schedule {
  readonly mode: 'direct' | 'long';
  readonly timeout: number;
  readonly dated: boolean;
  readonly script: 'ends' | 'image' | 'no room later';
  readonly startSeconds: number;
  readonly runSeconds: number;
  readonly stopSeconds: number;
  readonly exitCode: number | undefined;
  readonly sidecar: boolean;
  /** No room until then. */
  readonly roomAfter: number;
  readonly noRoom: 'RESOURCE:MEMORY' | 'AGENT' | 'thrown';
  readonly remembersFailures: boolean;
  readonly describeLag: number;
  readonly listLag: number;
  /** Seconds until the same event is delivered once more. */
  readonly duplicateAfter: number | undefined;
  /** Seconds until the stack rolls back, and a Delete with an invented id comes. */
  readonly deleteAfter: number | undefined;
  readonly faults: ReadonlyArray<{ readonly nth: number; readonly kind: FaultName }>;
  readonly log: 'lines' | 'missing' | 'denied' | 'late';
}

type FaultName = 'throttle' | 'server' | 'lost' | 'hangs' | 'crash before' | 'crash after';

/** Random schedules; at most three crashes, as many attempts as Lambda makes. */
export function schedules(): fc.Arbitrary<Schedule> {
  const fault = fc.record({
    nth: fc.nat({ max: 70 }),
    kind: fc.constantFrom<FaultName>('throttle', 'server', 'lost', 'hangs', 'crash before', 'crash after'),
  });
  const undated = fc.record({
    mode: fc.constantFrom('direct' as const, 'long' as const),
    timeout: fc.constantFrom(60, 300, 840),
    dated: fc.constantFrom(true, true, true, false),
    script: fc.constantFrom('ends' as const, 'ends' as const, 'ends' as const, 'image' as const, 'no room later' as const),
    startSeconds: fc.constantFrom(0, 2, 20, 70),
    runSeconds: fc.constantFrom(0, 1, 15, 100, 500, 900, 2_000),
    stopSeconds: fc.constantFrom(1, 10, 30),
    exitCode: fc.constantFrom(0, 0, 0, 1, 137, undefined),
    sidecar: fc.boolean(),
    roomAfter: fc.constantFrom(0, 0, 0, 30, 200, 1_000),
    noRoom: fc.constantFrom('RESOURCE:MEMORY' as const, 'AGENT' as const, 'thrown' as const),
    remembersFailures: fc.boolean(),
    describeLag: fc.constantFrom(0, 0, 3, 20),
    listLag: fc.constantFrom(0, 0, 1, 3),
    duplicateAfter: fc.option(fc.constantFrom(0, 1, 30, 125), { nil: undefined, freq: 3 }),
    deleteAfter: fc.option(fc.constantFrom(1, 25, 150, 700), { nil: undefined, freq: 3 }),
    faults: fc.array(fault, { maxLength: 6 }),
    log: fc.constantFrom('lines' as const, 'missing' as const, 'denied' as const, 'late' as const),
  });
  return undated.map((schedule) => ({
    ...schedule,
    timeout: schedule.mode === 'long' ? schedule.timeout * 4 : schedule.timeout,
    // An address without its date is nobody's but a local imitation's, and that does not deliver twice.
    duplicateAfter: schedule.dated ? schedule.duplicateAfter : undefined,
    faults: schedule.faults.filter(({ kind }, index, all) => !kind.startsWith('crash') || crashesBefore(all, index) < 3),
  }));
}

function crashesBefore(faults: Schedule['faults'], index: number): number {
  return faults.slice(0, index).filter(({ kind }) => kind.startsWith('crash')).length;
}

/** How a schedule ended. */
export interface Played {
  readonly clock: VirtualClock;
  readonly lambda: LambdaWorld;
  readonly issuedAt: number;
  readonly deletedAt: number | undefined;
  readonly answersTo: (requestId: string) => readonly StoredAnswer[];
}

/** An id that CloudFormation makes up for a Create it did not wait for. */
export const INVENTED_ID = 'demo-Migration-INVENTED';

function failedCreate(lambda: LambdaWorld): StoredAnswer | undefined {
  const [first] = lambda.answers.filter(({ body }) => body.RequestId === 'request-1');
  return first?.body.Status === 'FAILED' ? first : undefined;
}

/** Plays a schedule to its end. */
export async function play(schedule: Schedule): Promise<Played> {
  const clock = new VirtualClock();
  const issuedAt = clock.now();
  let deletedAt: number | undefined;
  const lambda: LambdaWorld = new LambdaWorld(clock, {
    mode: schedule.mode,
    ecs: {
      definition: definitionOf({ name: 'migrate' }, ...(schedule.sidecar ? [{ name: 'agent', essential: false }] : [])),
      remembersFailures: schedule.remembersFailures,
      describeLagMs: schedule.describeLag * 1000,
      listLagMs: schedule.listLag * 1000,
      room: (now) => (now < issuedAt + schedule.roomAfter * 1000 ? refusalOf(schedule) : undefined),
      script: (_input, nth) => scriptOf(schedule, nth),
    },
    stackStatus: () => (deletedAt === undefined && failedCreate(lambda) === undefined ? 'CREATE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS'),
    log: (now) => logOf(schedule, now),
    fault: (nth) => faultOf(schedule, nth),
  });
  const dated = schedule.dated ? { issuedAt } : {};
  const event = request({ ...dated, properties: { Timeout: String(schedule.timeout) } });
  const del = async (physicalResourceId: string): Promise<void> => {
    deletedAt = clock.now();
    await clock.sleep(1_000);
    await lambda.deliver(request({ type: 'Delete', requestId: 'request-2', physicalResourceId, issuedAt: clock.now() }));
  };
  // As CloudFormation does: a Create that failed is followed by its Delete.
  const watch = async (): Promise<void> => {
    for (let seconds = 0; seconds < 4_000 && deletedAt === undefined; seconds += 1) {
      const failed = failedCreate(lambda);
      if (failed !== undefined) return del(failed.body.PhysicalResourceId);
      await clock.sleep(1_000);
    }
  };
  const stories = [lambda.deliver(event), watch()];
  if (schedule.duplicateAfter !== undefined) stories.push(clock.sleep(schedule.duplicateAfter * 1000).then(() => lambda.deliver(event)));
  if (schedule.deleteAfter !== undefined) {
    const story = async (after: number): Promise<void> => {
      await clock.sleep(after);
      // Some other resource has failed meanwhile; CloudFormation then waits for this one no longer, and makes up an id.
      if (deletedAt === undefined && lambda.answers.length === 0) await del(INVENTED_ID);
    };
    stories.push(story(schedule.deleteAfter * 1000));
  }
  await clock.run(Promise.all(stories));
  const answersTo = (requestId: string) => lambda.answers.filter(({ body }) => body.RequestId === requestId);
  return { clock, lambda, issuedAt, deletedAt, answersTo };
}

function refusalOf({ noRoom }: Schedule): readonly FailureRecord[] | Error {
  if (noRoom === 'thrown') return awsError('InvalidParameterException', 'No Container Instances were found in your cluster.');
  return [{ arn: 'arn:aws:ecs:eu-west-1:111122223333:container-instance/demo/1', reason: noRoom }];
}

function scriptOf(schedule: Schedule, nth: number): TaskScript {
  const stopMs = schedule.stopSeconds * 1000;
  const startMs = schedule.startSeconds * 1000;
  const sidecar = schedule.sidecar ? { agent: 143 } : {};
  const failed = { startMs, runMs: 0, stopMs, exitCodes: { migrate: undefined, ...sidecar }, stopCode: 'TaskFailedToStart' };
  if (schedule.script === 'image') return { ...failed, stoppedReason: 'CannotPullContainerError: not found' };
  if (schedule.script === 'no room later' && nth === 0) return { ...failed, stoppedReason: 'RESOURCE:MEMORY' };
  return { startMs, runMs: schedule.runSeconds * 1000, stopMs, exitCodes: { migrate: schedule.exitCode, ...sidecar } };
}

function logOf({ log }: Schedule, now: number): readonly string[] | Error {
  if (log === 'missing') return awsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  if (log === 'denied') return awsError('AccessDeniedException', 'not authorized to perform: logs:GetLogEvents');
  return log === 'late' && now % 2_000 < 1_000 ? [] : ['first', '\u001b[31mlast\u001b[0m'];
}

function faultOf({ faults }: Schedule, nth: number): CallFault | undefined {
  const kind = faults.find((fault) => fault.nth === nth)?.kind;
  if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded');
  return kind === 'server' ? awsError('ServerException', 'try again', 500) : kind;
}
