import { propertyParameters } from '@plimsoll/test-support';
import * as fc from 'fast-check';
import {
  type CustomResourceRequest,
  createInProcessAws,
  createRandom,
  createResponseBucket,
  createSandbox,
  createStackDriver,
  createVirtualTime,
  type FaultRule,
  type InProcessAws,
  type InProcessClient,
  type PutRequest,
  type PutResponse,
} from '../../src/index.js';
import { expectAccepted } from '../helpers/hosts.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';

/** Everything through which an attempt of the small runner below reaches the world. */
interface World {
  readonly send: (operation: string, input: object) => Promise<Readonly<Record<string, never>>>;
  readonly put: (request: PutRequest) => Promise<PutResponse>;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A runner of the least that works: one task an address, found again after a crash. Not the product's. */
async function attempt(event: CustomResourceRequest, { send, put, sleep }: World): Promise<void> {
  const insist = async <T>(call: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await call();
      } catch {
        await sleep(1000);
      }
    }
  };
  const answer = (members: object): Promise<unknown> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'run', StackId, RequestId, LogicalResourceId, ...members });
    return insist(async () => {
      await put({ url: event.ResponseURL, headers: { 'content-length': String(Buffer.byteLength(body)) }, body });
    });
  };
  if (event.RequestType === 'Delete') {
    const { taskArns } = (await insist(() => send('ListTasks', {}))) as unknown as { taskArns: string[] };
    for (const task of taskArns) {
      await insist(() => send('StopTask', { task, reason: 'deleted' }));
    }
    await answer({});
    return;
  }
  const clientToken = event.ResponseURL.slice(-36);
  const { tasks } = (await insist(() => send('RunTask', { taskDefinition: 'job', clientToken }))) as unknown as {
    tasks: { taskArn: string }[];
  };
  for (;;) {
    const seen = (await insist(() => send('DescribeTasks', { tasks: [tasks[0]?.taskArn] }))) as unknown as {
      tasks: { lastStatus: string; containers: { exitCode?: number }[] }[];
    };
    const [task] = seen.tasks;
    if (task?.lastStatus === 'STOPPED') {
      const code = task.containers[0]?.exitCode;
      await answer(code === 0 ? {} : { Status: 'FAILED', Reason: `exit code ${code ?? 'absent'}` });
      return;
    }
    await sleep(5000);
  }
}

async function play(schedule: {
  readonly faults: readonly FaultRule[];
  readonly crashes: readonly ({ readonly step: number; readonly performed: boolean } | undefined)[];
  readonly exitCode: number;
}): Promise<{ readonly aws: InProcessAws; readonly answers: readonly number[]; readonly left: number; readonly timers: number }> {
  const time = createVirtualTime();
  const random = createRandom(1);
  const aws = createInProcessAws({
    scheduler: time,
    faults: schedule.faults,
    newTasksHidden: { calls: 1 },
    latencyMs: () => 50,
    containers: { scripts: () => ({ exitsAfterMs: 30_000, exitCode: schedule.exitCode }) },
  });
  makeCluster(aws);
  registerJob(aws, [{}]);
  const bucket = createResponseBucket({ scheduler: time, newId: random.id });
  const client: InProcessClient = aws.client('ecs');
  let attempts = 0;
  const driver = createStackDriver({
    scheduler: time,
    newId: random.id,
    bucket,
    onStatus: aws.stacks.set,
    target: async (event) => {
      const crash = schedule.crashes[attempts];
      attempts += 1;
      const sandbox = createSandbox({ scheduler: time, timeoutMs: 840_000, ...(crash === undefined ? {} : { crash }) });
      const world: World = {
        send: sandbox.guard((operation: string, input: object) => client.send(new (commandNamed(operation))(input))),
        put: sandbox.guard(bucket.put),
        sleep: sandbox.guard(time.sleep),
      };
      const outcome = await sandbox.run(() => attempt(event as CustomResourceRequest, world));
      if (outcome.kind !== 'returned') {
        throw new TypeError(outcome.kind);
      }
    },
  });
  await time.run(async () => {
    await driver.deploy({});
    await driver.remove();
    await driver.idle();
  });
  await time.advance(60_000);
  const listed = expectAccepted(aws.ecs('ListTasks', {}));
  return {
    aws,
    answers: driver.requests.map(({ answers }) => answers.filter(({ verdict }) => verdict === 'effective').length),
    left: (listed.taskArns as readonly string[]).length,
    timers: time.pendingTimers(),
  };
}

function commandNamed(operation: string): new (input: unknown) => { readonly input: unknown } {
  const name = `${operation}Command`;
  return {
    [name]: class {
      readonly input: unknown;
      constructor(input: unknown) {
        this.input = input;
      }
    },
  }[name] as never;
}

const fault = fc.record({
  operation: fc.constantFrom('RunTask', 'DescribeTasks', 'StopTask', 'ListTasks'),
  nth: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom('throttle' as const, 'lostRequest' as const, 'lostResponse' as const),
});
const crash = fc.option(fc.record({ step: fc.integer({ min: 1, max: 12 }), performed: fc.boolean() }), { nil: undefined });

test('a small runner answers every request once and leaves no task, under faults, crashes and late sight of tasks', async () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({ faults: fc.array(fault, { maxLength: 4 }), crashes: fc.tuple(crash, crash), exitCode: fc.constantFrom(0, 1, 137) }),
      async (schedule) => {
        const { aws, answers, left, timers } = await play(schedule);
        expect(answers.every((count) => count === 1)).toBe(true);
        expect(left).toBe(0);
        expect(timers).toBe(0);
        const stopped = aws.ecs('ListTasks', { desiredStatus: 'STOPPED' });
        expect(stopped).toMatchObject({ response: { taskArns: [expect.any(String)] } });
      },
    ),
    propertyParameters(300),
  ));
