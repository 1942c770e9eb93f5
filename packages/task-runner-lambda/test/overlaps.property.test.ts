import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { physicalResourceIdOf } from '../src/attempt.js';
import { awsError, definitionOf } from './helpers/fake-ecs.js';
import { type CallFault, LambdaWorld } from './helpers/lambda-world.js';
import { request, STACK_ID } from './helpers/requests.js';
import { VirtualClock } from './helpers/virtual-clock.js';

/** A request, and a second one while the first may still be served. Times are seconds; an operation is not retried within the first ones. */
interface Overlap {
  /** How far into a window of the clock it begins. */
  readonly phase: number;
  /** The rollback of the first, or the same stack operation once more. */
  readonly second: 'rollback' | 'rollback that runs' | 'retry';
  readonly after: number;
  readonly runSeconds: number;
  readonly stopSeconds: number;
  readonly listLag: number;
  readonly describeLag: number;
  /** No room until then. */
  readonly roomAfter: number;
  /** Whether ECS says again what it said to a token, when it had no room. */
  readonly remembersFailures: boolean;
  /** Until the first is delivered once more. */
  readonly lateAfter: number | undefined;
  readonly faults: ReadonlyArray<{ readonly nth: number; readonly kind: 'throttle' | 'lost' | 'hangs' | 'crash after' | 'server' }>;
}

const overlaps: fc.Arbitrary<Overlap> = fc.record({
  phase: fc.nat({ max: 119 }),
  second: fc.constantFrom('rollback', 'rollback that runs', 'retry'),
  after: fc.constantFrom(1.1, 4, 15, 40, 100, 400),
  runSeconds: fc.constantFrom(1, 50, 300, 900),
  stopSeconds: fc.constantFrom(1, 30, 100),
  listLag: fc.constantFrom(0, 2, 4),
  describeLag: fc.constantFrom(0, 3),
  roomAfter: fc.constantFrom(0, 0, 20, 130, 300),
  remembersFailures: fc.boolean(),
  lateAfter: fc.constantFrom(undefined, 0.04, 16, 41, 125),
  faults: fc
    .array(fc.record({ nth: fc.nat({ max: 60 }), kind: fc.constantFrom('throttle', 'lost', 'hangs', 'crash after', 'server') }), {
      maxLength: 4,
    })
    .map((faults) =>
      faults.filter(({ kind }, index, all) => kind !== 'crash after' || all.findIndex((fault) => fault.kind === kind) === index),
    ),
});

async function play(overlap: Overlap) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5, 12) + overlap.phase * 1000);
  const start = clock.now();
  let status = 'UPDATE_IN_PROGRESS';
  const lambda = new LambdaWorld(clock, {
    ecs: {
      definition: definitionOf({ name: 'migrate', stopTimeout: overlap.stopSeconds }),
      listLagMs: overlap.listLag * 1000,
      describeLagMs: overlap.describeLag * 1000,
      room: (now) => (now < start + overlap.roomAfter * 1000 ? [{ reason: 'RESOURCE:MEMORY' }] : undefined),
      remembersFailures: overlap.remembersFailures,
      script: () => ({ startMs: 1_000, runMs: overlap.runSeconds * 1000, stopMs: overlap.stopSeconds * 1000, exitCodes: { migrate: 0 } }),
    },
    stackStatus: () => status,
    fault: (nth) => faultOf(overlap, nth),
  });
  const update = {
    type: 'Update',
    physicalResourceId: physicalResourceIdOf({ StackId: STACK_ID, LogicalResourceId: 'Migration' }),
  } as const;
  const properties = { RunOnRollback: String(overlap.second === 'rollback that runs') };
  const event = request({ ...update, properties, issuedAt: start });
  const stories = [lambda.deliver(event)];
  const { lateAfter } = overlap;
  if (lateAfter !== undefined) stories.push(clock.sleep(lateAfter * 1000).then(() => lambda.deliver(event)));
  const after = overlap.second === 'retry' ? Math.max(overlap.after, 15) : overlap.after;
  const then = clock.sleep(after * 1000).then(() => {
    const requestId = overlap.second === 'retry' ? 'request-1' : 'request-2';
    if (overlap.second !== 'retry') status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    return lambda.deliver(request({ ...update, properties, requestId, issuedAt: clock.now() }));
  });
  await clock.run(Promise.all([...stories, then]));
  return { lambda, start };
}

function faultOf({ faults }: Overlap, nth: number): CallFault | undefined {
  const kind = faults.find((fault) => fault.nth === nth)?.kind;
  if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded');
  return kind === 'server' ? awsError('ServerException', 'try again', 500) : kind;
}

test('two requests never have two tasks running at once, and both are answered', async () => {
  const property = fc.asyncProperty(overlaps, async (overlap) => {
    const { lambda, start } = await play(overlap);
    const { ecs, answers } = lambda;
    const spans = ecs.tasks.map((task) => ({ from: task.placedAt, to: ecs.endOf(task) })).sort((a, b) => a.from - b.from);
    for (const [index, { from }] of spans.entries()) expect(spans[index - 1]?.to ?? 0).toBeLessThanOrEqual(from);
    expect(spans.length).toBeLessThanOrEqual(2);
    const urls = new Set(answers.map(({ url }) => url));
    expect(urls.size).toBe(2);
    const second = answers.find(({ url }) => !url.includes(`X-Amz-Date=${new Date(start).toISOString().replace(/[-:]|\.\d+/g, '')}`));
    expect(second).toBeDefined();
    if (overlap.second === 'rollback') expect(second?.body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: 'true' } });
    const last = Math.max(...answers.map(({ at }) => at));
    for (const { to } of spans) expect(to).toBeLessThanOrEqual(last);
  });
  await fc.assert(property, propertyParameters(150));
}, 600_000);
