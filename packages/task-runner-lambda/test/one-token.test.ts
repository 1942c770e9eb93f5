import { physicalResourceIdOf } from '../src/attempt.js';
import type { FakeEcsOptions } from './helpers/fake-ecs.js';
import { LambdaWorld } from './helpers/lambda-world.js';
import { request, STACK_ID } from './helpers/requests.js';
import { VirtualClock } from './helpers/virtual-clock.js';

const ID = physicalResourceIdOf({ StackId: STACK_ID, LogicalResourceId: 'Migration' });
const NOON = Date.UTC(2026, 0, 5, 12);

/** A world whose clock begins so many milliseconds after a window has opened. */
function worldAt(afterMs: number, ecs: FakeEcsOptions) {
  const clock = new VirtualClock(NOON + afterMs);
  const lambda = new LambdaWorld(clock, {
    ecs: { listLagMs: 4_000, describeLagMs: 4_000, ...ecs },
    stackStatus: () => 'UPDATE_IN_PROGRESS',
  });
  const update = () => request({ type: 'Update', physicalResourceId: ID, issuedAt: clock.now() });
  return { clock, lambda, update };
}

function expectOneAtATime({ ecs }: LambdaWorld): void {
  const spans = ecs.tasks.map((task) => ({ from: task.placedAt, to: ecs.endOf(task) })).sort((a, b) => a.from - b.from);
  for (const [index, { from }] of spans.entries()) expect(spans[index - 1]?.to ?? 0).toBeLessThanOrEqual(from);
}

const noRoomUntil = (at: number) => (now: number) => (now < at ? [{ reason: 'RESOURCE:MEMORY' }] : undefined);

/** Offsets between two calls of RunTask, of which some are shorter than the task takes to be listed. */
const OFFSETS = Array.from({ length: 20 }, (_, index) => 13_000 + 1_000 * index);

describe.each([
  ['repeats a failure to its token', true],
  ['tries again', false],
])('where ECS %s', (_, remembersFailures) => {
  test('a stack retry and a late delivery of what failed, both waiting for room, never have two tasks', async () => {
    for (const offset of OFFSETS) {
      const { clock, lambda, update } = worldAt(0, { room: noRoomUntil(NOON + 290_000), remembersFailures });
      const failed = update();
      const late = lambda.deliver(failed);
      const retry = clock.sleep(offset).then(() => lambda.deliver(update()));
      await clock.run(Promise.all([late, retry]));
      expectOneAtATime(lambda);
      const { url } = lambda.answers.find(({ body }) => body.Status === 'SUCCESS') ?? { url: failed.ResponseURL };
      expect(url).not.toBe(failed.ResponseURL);
    }
  });

  test('a fresh delivery and one that waits for room, of the same attempt, place one task', async () => {
    for (const offset of OFFSETS) {
      const { clock, lambda, update } = worldAt(0, { room: noRoomUntil(NOON + 240_000 + offset), remembersFailures });
      const event = update();
      const fresh = clock.sleep(240_000 + offset).then(() => lambda.deliver(event));
      await clock.run(Promise.all([lambda.deliver(event), fresh]));
      expect(lambda.ecs.tasks).toHaveLength(1);
      expect(lambda.answers.map(({ body }) => body.Status)).toEqual(['SUCCESS', 'SUCCESS']);
    }
  });
});

test.each([0, 15_000, 95_000, 110_000, 119_500])('two deliveries at once, %i ms into a window, place one task at once', async (afterMs) => {
  const { clock, lambda, update } = worldAt(afterMs, {});
  const event = update();
  const second = clock.sleep(1_000).then(() => lambda.deliver(event));
  await clock.run(Promise.all([lambda.deliver(event), second]));
  expect(lambda.ecs.tasks).toHaveLength(1);
  expect((lambda.ecs.tasks[0]?.placedAt ?? 0) - NOON - afterMs).toBeLessThan(1_000);
});

test.each([0, 95_000, 105_000, 119_000, 119_500])(
  'so do those of an address that does not tell when it was signed, %i ms in',
  async (afterMs) => {
    const { clock, lambda } = worldAt(afterMs, {});
    const event = request({ type: 'Update', physicalResourceId: ID });
    const second = clock.sleep(1_600).then(() => lambda.deliver(event));
    await clock.run(Promise.all([lambda.deliver(event), second]));
    expect(lambda.ecs.tasks).toHaveLength(1);
  },
);

test('a delivery whose time is over tells what another one has begun in the last moment', async () => {
  const script = () => ({ startMs: 0, runMs: 100, exitCodes: { migrate: 0 } });
  for (let roomAt = 60_000; roomAt < 90_000; roomAt += 500) {
    const { clock, lambda, update } = worldAt(30_000, { room: noRoomUntil(NOON + roomAt), script });
    const properties = { ...(update().ResourceProperties as object), Timeout: '60', ServiceTimeout: '360' };
    const event = { ...update(), ResourceProperties: properties };
    const deliveries = [0, 700, 1_600, 3_100].map((after) => clock.sleep(after).then(() => lambda.deliver(event)));
    await clock.run(Promise.all(deliveries));
    const statuses = new Set(lambda.answers.map(({ body }) => body.Status));
    expect([roomAt, ...statuses]).toEqual([roomAt, lambda.ecs.tasks.length === 1 ? 'SUCCESS' : 'FAILED']);
  }
});

test('a retry within the window of a task that has ended starts its own without a wait', async () => {
  const { clock, lambda, update } = worldAt(1_000, { script: () => ({ startMs: 1_000, runMs: 8_000, exitCodes: { migrate: 1 } }) });
  await clock.run(lambda.deliver(update()));
  const retriedAt = clock.now();
  await clock.run(lambda.deliver(update()));
  expect(lambda.ecs.tasks).toHaveLength(2);
  expect((lambda.ecs.tasks[1]?.placedAt ?? 0) - retriedAt).toBeLessThan(1_000);
});

test('a task that found no room is followed by another in the same window', async () => {
  const noRoom = {
    startMs: 1_000,
    runMs: 0,
    exitCodes: { migrate: undefined },
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'RESOURCE:CPU',
  };
  const good = { startMs: 1_000, runMs: 1_000, exitCodes: { migrate: 0 } };
  const { clock, lambda, update } = worldAt(31_000, { script: (_, nth) => (nth === 0 ? noRoom : good) });
  await clock.run(lambda.deliver(update()));
  expect(lambda.answers[0]?.body.Status).toBe('SUCCESS');
  expect((lambda.ecs.tasks[1]?.placedAt ?? 0) - NOON).toBeLessThan(100_000);
});

test('where the task of a conflict is not listed, it is waited for', async () => {
  const { clock, lambda, update } = worldAt(31_000, {});
  const older = update();
  await clock.run(clock.sleep(1_000));
  const newer = update();
  await clock.run(Promise.all([lambda.deliver(older), lambda.deliver(newer)]));
  expectOneAtATime(lambda);
  expect(lambda.answers.find(({ url }) => url === newer.ResponseURL)?.body.Status).toBe('SUCCESS');
  expect(lambda.answers.find(({ url }) => url === older.ResponseURL)?.body.Status).toBe('FAILED');
});
