import { parseCustomResourceRequest } from '@plimsoll/event-schemas/custom-resource-request';
import { propertyParameters } from '@plimsoll/test-support';
import * as fc from 'fast-check';
import {
  type CustomResourceRequest,
  createRandom,
  createResponseBucket,
  createStackDriver,
  createVirtualTime,
  type FailureRecord,
  type ResponseBucket,
  type StackDriver,
  type StackDriverOptions,
  type VirtualTime,
} from '../../src/index.js';

interface Session {
  readonly time: VirtualTime;
  readonly bucket: ResponseBucket;
  readonly driver: StackDriver;
  readonly statuses: string[];
}

type Handler = (event: CustomResourceRequest, tools: { readonly time: VirtualTime; readonly answer: Answer }) => Promise<unknown>;
type Answer = (event: CustomResourceRequest, members?: object) => Promise<void>;

function open(handler: Handler, options: Partial<StackDriverOptions> = {}): Session {
  const time = createVirtualTime();
  const random = createRandom(1);
  const bucket = createResponseBucket({ scheduler: time, newId: random.id });
  const statuses: string[] = [];
  const answer: Answer = async (event, members = {}) => {
    await put(bucket, event, JSON.stringify(bodyOf(event, members)));
  };
  const driver = createStackDriver({
    scheduler: time,
    newId: random.id,
    bucket,
    target: (event) => handler(event as CustomResourceRequest, { time, answer }),
    onStatus: ({ status }) => statuses.push(status),
    ...options,
  });
  return { time, bucket, driver, statuses };
}

function bodyOf(event: CustomResourceRequest, members: object): object {
  const { StackId, RequestId, LogicalResourceId } = event;
  return { Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId ?? 'made', StackId, RequestId, LogicalResourceId, ...members };
}

async function put(bucket: ResponseBucket, event: CustomResourceRequest, body: string): Promise<number> {
  const headers = { 'content-type': '', 'content-length': String(Buffer.byteLength(body)) };
  return (await bucket.put({ url: event.ResponseURL, headers, body })).status;
}

const FAILED = { Status: 'FAILED', Reason: 'exit code 1' };
const succeed: Handler = (event, { answer }) => answer(event);
const typesOf = ({ requests }: StackDriver): readonly string[] => requests.map(({ event }) => event.RequestType);

describe('a stack', () => {
  test('creates, updates what differs, and deletes; scalars are text', async () => {
    const { time, driver, statuses } = open(succeed, { serviceTimeoutSeconds: 900 });

    await time.run(() => driver.deploy({ Timeout: 60, Flag: true, List: [80], Nested: { A: 1, Gone: null } }));
    const again = await time.run(() => driver.deploy({ Timeout: 60, Flag: true, List: [80], Nested: { A: 1, Gone: null } }));
    await time.run(() => driver.deploy({ Timeout: 61 }));
    const removed = await time.run(() => driver.remove());

    expect(again).toEqual({ status: 'UPDATE_COMPLETE', reason: '' });
    expect(removed.status).toBe('DELETE_COMPLETE');
    expect(typesOf(driver)).toEqual(['Create', 'Update', 'Delete']);
    const [create, update, remove] = driver.requests.map(({ event }) => event);
    expect(create?.ResourceProperties).toEqual({
      ServiceToken: expect.any(String),
      ServiceTimeout: '900',
      Timeout: '60',
      Flag: 'true',
      List: ['80'],
      Nested: { A: '1' },
    });
    expect(create).not.toHaveProperty('PhysicalResourceId');
    expect(create).not.toHaveProperty('OldResourceProperties');
    expect(update).toMatchObject({
      PhysicalResourceId: 'made',
      ResourceProperties: { Timeout: '61' },
      OldResourceProperties: { Timeout: '60' },
    });
    expect(remove).toMatchObject({ PhysicalResourceId: 'made', ResourceProperties: { Timeout: '61' } });
    expect(new Set(driver.requests.map(({ event }) => event.RequestId)).size).toBe(3);
    expect(statuses).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_COMPLETE',
      'UPDATE_COMPLETE',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
      'DELETE_IN_PROGRESS',
      'DELETE_COMPLETE',
    ]);
  });

  test('a failed Create is followed by a Delete of the id that was answered', async () => {
    const { time, driver, statuses } = open((event, { answer }) =>
      answer(event, event.RequestType === 'Create' ? { ...FAILED, PhysicalResourceId: 'half' } : {}),
    );

    const outcome = await time.run(() => driver.deploy({}));

    expect(outcome).toEqual({ status: 'ROLLBACK_COMPLETE', reason: 'exit code 1' });
    expect(driver.requests[1]?.event).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'half' });
    expect(statuses).toEqual(['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE']);
    expect(driver.physicalId()).toBeUndefined();
  });

  test('a failed Update is followed by an Update with the properties reversed', async () => {
    const { time, driver, statuses } = open((event, { answer }) => answer(event, event.ResourceProperties.V === 'bad' ? FAILED : {}));
    await time.run(() => driver.deploy({ V: 'good' }));

    const outcome = await time.run(() => driver.deploy({ V: 'bad' }));

    expect(outcome).toEqual({ status: 'UPDATE_ROLLBACK_COMPLETE', reason: 'exit code 1' });
    expect(driver.requests[2]?.event).toMatchObject({
      RequestType: 'Update',
      PhysicalResourceId: 'made',
      ResourceProperties: { V: 'good' },
      OldResourceProperties: { V: 'bad' },
    });
    expect(statuses.slice(-3)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE']);
  });

  test('a rollback that fails leaves UPDATE_ROLLBACK_FAILED, and can be retried', async () => {
    let broken = true;
    const { time, driver } = open((event, { answer }) => answer(event, event.RequestType === 'Update' && broken ? FAILED : {}));
    await time.run(() => driver.deploy({ V: 1 }));
    expect((await time.run(() => driver.deploy({ V: 2 }))).status).toBe('UPDATE_ROLLBACK_FAILED');
    broken = false;
    expect((await time.run(() => driver.retry())).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('a new id on Update is a replacement: the old one is deleted with its own properties', async () => {
    const { time, driver, statuses } = open((event, { answer }) =>
      answer(event, event.RequestType === 'Update' ? { PhysicalResourceId: 'next' } : {}),
    );
    await time.run(() => driver.deploy({ V: 1 }));
    await time.run(() => driver.deploy({ V: 2 }));

    expect(driver.requests[2]?.event).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'made', ResourceProperties: { V: '1' } });
    expect(statuses.slice(-3)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']);
    expect(driver.physicalId()).toBe('next');
  });

  test('where another resource fails after a replacement, the Update is reversed and the new id deleted', async () => {
    const { time, driver } = open((event, { answer }) =>
      answer(
        event,
        event.RequestType === 'Update' ? { PhysicalResourceId: `of-${event.ResourceProperties.V}` } : { PhysicalResourceId: 'of-1' },
      ),
    );
    await time.run(() => driver.deploy({ V: 1 }));

    const outcome = await time.run(() => driver.deploy({ V: 2 }, { otherResourceFailsAfterMs: 5000 }));

    expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(driver.requests.slice(2).map(({ event }) => [event.RequestType, event.PhysicalResourceId])).toEqual([
      ['Update', 'of-2'],
      ['Delete', 'of-2'],
    ]);
    expect(driver.physicalId()).toBe('of-1');
  });

  test('where another resource fails while the Create runs, a Delete with an invented id arrives in the middle of it', async () => {
    const running: string[] = [];
    const { time, driver } = open(async (event, { time: clock, answer }) => {
      running.push(`${event.RequestType} begins`);
      await clock.sleep(event.RequestType === 'Create' ? 10_000 : 1);
      running.push(`${event.RequestType} ends`);
      await answer(event);
    });

    const outcome = await time.run(() => driver.deploy({}, { otherResourceFailsAfterMs: 5000 }));
    await time.run(() => driver.idle());

    expect(outcome.status).toBe('ROLLBACK_COMPLETE');
    expect(running).toEqual(['Create begins', 'Delete begins', 'Delete ends', 'Create ends']);
    const [create, remove] = driver.requests;
    expect(create).toMatchObject({ endedBy: 'abandoned', answers: [{ verdict: 'late' }] });
    expect(remove?.event.PhysicalResourceId).toMatch(/^shop-Migration-[0-9A-F]{12}$/);
  });

  test('where another resource fails after the Create, its id is deleted', async () => {
    const { time, driver } = open(succeed);
    const outcome = await time.run(() => driver.deploy({}, { otherResourceFailsAfterMs: 5000 }));
    expect(outcome.status).toBe('ROLLBACK_COMPLETE');
    expect(driver.requests.map(({ event }) => [event.RequestType, event.PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Delete', 'made'],
    ]);
  });

  test('a retried operation sends the same RequestId with a fresh ResponseURL', async () => {
    let tries = 0;
    const { time, driver, statuses } = open((event, { answer }) => {
      tries += 1;
      return answer(event, tries === 1 ? FAILED : {});
    });

    expect((await time.run(() => driver.deploy({ V: 1 }, { preserve: true }))).status).toBe('CREATE_FAILED');
    expect((await time.run(() => driver.retry())).status).toBe('CREATE_COMPLETE');

    const [first, second] = driver.requests.map(({ event }) => event);
    expect(second).toEqual({ ...first, ResponseURL: expect.any(String) });
    expect(second?.ResponseURL).not.toBe(first?.ResponseURL);
    expect(statuses).toEqual(['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  });

  test('one operation at a time, and a retry only after a failure', async () => {
    const { time, driver } = open(succeed);
    await expect(driver.retry()).rejects.toMatchObject({ code: 'STACK_BUSY' });
    await time.run(async () => {
      const first = driver.deploy({});
      await expect(driver.remove()).rejects.toMatchObject({ code: 'STACK_BUSY' });
      await first;
    });
    await expect(driver.retry()).rejects.toMatchObject({ code: 'STACK_BUSY' });
  });
});

test('every request is one that event-schemas reads', async () => {
  const { time, driver } = open((event, { answer }) => answer(event, event.ResourceProperties.V === '2' ? FAILED : {}));
  await time.run(() => driver.deploy({ V: 1 }));
  await time.run(() => driver.deploy({ V: 2 }));
  await time.run(() => driver.remove());
  expect(driver.requests.map(({ event }) => parseCustomResourceRequest(event))).toEqual(
    driver.requests.map(() => expect.objectContaining({ ok: true })),
  );
  expect(driver.requests).toHaveLength(4);
});

describe('waiting for an answer', () => {
  test.each([
    { serviceTimeoutSeconds: 90, waitsMs: 90_000 },
    { serviceTimeoutSeconds: undefined, waitsMs: 3_600_000 },
  ])('ends after $waitsMs ms; the Delete has an invented id, since none was answered', async ({ serviceTimeoutSeconds, waitsMs }) => {
    const { time, driver } = open(
      (event, { answer }) => (event.RequestType === 'Delete' ? answer(event) : Promise.resolve()),
      serviceTimeoutSeconds === undefined ? {} : { serviceTimeoutSeconds },
    );
    const begin = time.now().getTime();

    const outcome = await time.run(() => driver.deploy({}));

    expect(time.now().getTime() - begin).toBe(waitsMs);
    expect(outcome.reason).toContain('did not receive a response from your Custom Resource');
    expect(driver.requests[0]).toMatchObject({ endedBy: 'timeout', answers: [] });
    expect(driver.requests[1]?.event.PhysicalResourceId).toMatch(/^shop-Migration-/);
  });

  test('the first answer decides, and only that one', async () => {
    const { time, driver } = open(async (event, { answer }) => {
      await answer(event, { PhysicalResourceId: 'first' });
      await answer(event, FAILED);
    });
    expect((await time.run(() => driver.deploy({}))).status).toBe('CREATE_COMPLETE');
    await time.run(() => driver.idle());
    expect(driver.requests[0]?.answers.map(({ verdict }) => verdict)).toEqual(['effective', 'late']);
    expect(driver.physicalId()).toBe('first');
  });

  test.each([
    { what: 'no JSON', body: () => 'nonsense', reason: 'Response is not valid JSON' },
    {
      what: 'no id',
      body: (e: CustomResourceRequest) => JSON.stringify({ ...bodyOf(e, {}), PhysicalResourceId: undefined }),
      reason: 'Invalid PhysicalResourceId',
    },
    { what: 'one byte too many', body: (e: CustomResourceRequest) => padded(e, 4097), reason: 'Response object is too long.' },
    {
      what: 'another request',
      body: (e: CustomResourceRequest) => JSON.stringify(bodyOf(e, { RequestId: 'x' })),
      reason: 'RequestId of the response is not that of the request',
    },
    {
      what: 'FAILED without reason',
      body: (e: CustomResourceRequest) => JSON.stringify(bodyOf(e, { Status: 'FAILED' })),
      reason: 'Reason must be text, and is required when Status is FAILED',
    },
    {
      what: 'Data that is no object',
      body: (e: CustomResourceRequest) => JSON.stringify(bodyOf(e, { Data: ['x'] })),
      reason: 'Data must be an object',
    },
  ])('$what fails the resource, or is passed over on demand', async ({ body, reason }) => {
    const sessions = (['fail', 'ignore'] as const).map((invalidAnswers) => {
      const session: Session = open(
        async (event, { answer }) => {
          if (event.RequestType === 'Create') {
            await put(session.bucket, event, body(event));
          }
          await answer(event);
        },
        { invalidAnswers },
      );
      return session;
    });
    const outcomes = await Promise.all(sessions.map(({ time, driver }) => time.run(() => driver.deploy({}))));
    expect(outcomes).toEqual([
      { status: 'ROLLBACK_COMPLETE', reason },
      { status: 'CREATE_COMPLETE', reason: '' },
    ]);
  });

  test('4096 bytes are taken, and control characters noted', async () => {
    const session: Session = open(async (event) => put(session.bucket, event, padded(event, 4096)));
    expect((await session.time.run(() => session.driver.deploy({}))).status).toBe('CREATE_COMPLETE');
    const noted = open((event, { answer }) => answer(event, { Reason: '\u001b[31mred' }));
    await noted.time.run(() => noted.driver.deploy({}));
    expect(noted.driver.requests[0]?.answers[0]?.complaints).toEqual(['Reason has control characters']);
  });
});

describe('deliveries', () => {
  test('an error brings two more attempts of the same event, after 1 and 2 minutes, then the on-failure destination', async () => {
    const records: FailureRecord[] = [];
    const { time, driver, bucket } = open(
      (event) =>
        event.RequestType === 'Create' ? Promise.reject(new TypeError('crashed')) : put(bucket, event, JSON.stringify(bodyOf(event, {}))),
      {
        onFailure: async (record) => {
          records.push(record);
          const event = record.requestPayload as CustomResourceRequest;
          await put(bucket, event, JSON.stringify(bodyOf(event, { ...FAILED, Reason: 'every attempt died' })));
        },
      },
    );
    const begin = time.now().getTime();

    const outcome = await time.run(() => driver.deploy({}));

    expect(outcome.reason).toBe('every attempt died');
    const [create] = driver.requests;
    expect(
      create?.invocation.deliveries.map(({ attempt, startedAt, duplicate }) => [attempt, startedAt.getTime() - begin, duplicate]),
    ).toEqual([
      [1, 0, false],
      [2, 60_000, false],
      [3, 180_000, false],
    ]);
    expect(records).toMatchObject([
      {
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: create?.event,
        responsePayload: { errorType: 'TypeError', errorMessage: 'crashed' },
      },
    ]);
  });

  test('duplicates arrive though nothing failed, and their answers are late', async () => {
    const { time, driver } = open(succeed, { duplicatesAfterMs: () => [1000, 500] });
    await time.run(() => driver.deploy({}));
    await time.run(() => driver.idle());
    expect(driver.requests[0]?.answers.map(({ verdict }) => verdict)).toEqual(['effective', 'late', 'late']);
    expect(driver.requests[0]?.invocation.deliveries.map(({ duplicate }) => duplicate)).toEqual([false, true, true]);
  });

  test('what one run does to its event the next does not see', async () => {
    const seen: unknown[] = [];
    const { time, driver } = open(
      async (event, { answer }) => {
        seen.push(event.ResourceProperties.V);
        Object.assign(event.ResourceProperties, { V: 'changed' });
        await answer(event);
      },
      { duplicatesAfterMs: () => [1] },
    );
    await time.run(() => driver.deploy({ V: 1 }));
    await time.run(() => driver.idle());
    expect(seen).toEqual(['1', '1']);
  });
});

describe('a function that always answers', () => {
  test('whatever it answers and whatever happens, each request that is waited for gets one answer, and the stack comes to rest', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            op: fc.constantFrom('deploy', 'deploy', 'deploy', 'remove', 'retry'),
            v: fc.nat(2),
            preserve: fc.boolean(),
            otherMs: fc.option(fc.nat(3000), { nil: undefined }),
          }),
          { maxLength: 8 },
        ),
        fc.array(fc.record({ fails: fc.boolean(), takesMs: fc.nat(2000), renames: fc.boolean() }), { minLength: 1, maxLength: 10 }),
        async (operations, behaviours) => {
          let calls = 0;
          const { time, driver, statuses } = open(async (event, { time: clock, answer }) => {
            const how = behaviours[calls % behaviours.length] ?? { fails: false, takesMs: 0, renames: false };
            calls += 1;
            await clock.sleep(how.takesMs);
            const id = how.renames && event.RequestType !== 'Delete' ? { PhysicalResourceId: `id-${calls}` } : {};
            await answer(event, { ...id, ...(how.fails ? FAILED : {}) });
          });
          for (const { op, v, preserve, otherMs } of operations) {
            await time.run(async () => {
              const other = otherMs === undefined ? {} : { otherResourceFailsAfterMs: otherMs };
              const done = op === 'deploy' ? driver.deploy({ V: v }, { preserve, ...other }) : driver[op as 'remove' | 'retry']();
              await done.catch((error: unknown) => expect(error).toMatchObject({ code: 'STACK_BUSY' }));
            });
            expect(driver.status()).not.toMatch(/IN_PROGRESS/);
          }
          await time.run(() => driver.idle());
          for (const request of driver.requests) {
            const effective = request.answers.filter(({ verdict }) => verdict === 'effective');
            expect(effective).toHaveLength(request.endedBy === 'abandoned' ? 0 : 1);
            expect(request.answers).toHaveLength(1);
            expect((request.endedAt ?? request.deadline) <= request.deadline).toBe(true);
          }
          // Every id that was ever made is the stack's own, was deleted, or belongs to a request that nobody waited for or that failed.
          expect(driver.physicalId() === undefined || driver.requests.length > 0).toBe(true);
          expect(time.pendingTimers()).toBe(0);
          expect(statuses.length).toBeGreaterThanOrEqual(driver.requests.length);
        },
      ),
      propertyParameters(200),
    ));

  test('a new id that takes the place of an old one is followed by exactly one Delete of the old', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 10 }), async (renames) => {
        const { time, driver } = open((event, { answer }) =>
          answer(
            event,
            event.RequestType === 'Update' && renames[Number(event.ResourceProperties.V)] === true
              ? { PhysicalResourceId: `id-${event.ResourceProperties.V}` }
              : {},
          ),
        );
        await time.run(() => driver.deploy({ V: 'first' }));
        for (const version of renames.keys()) {
          await time.run(() => driver.deploy({ V: version }));
        }
        const deleted = driver.requests.filter(({ event }) => event.RequestType === 'Delete').map(({ event }) => event.PhysicalResourceId);
        const ids = ['made', ...[...renames.entries()].filter(([, renamed]) => renamed).map(([version]) => `id-${version}`)];
        expect(deleted).toEqual(ids.slice(0, -1));
        expect(driver.physicalId()).toBe(ids.at(-1));
      }),
      propertyParameters(50),
    ));
});

test('an address tells when it was signed, in basic ISO 8601', () => {
  const scheduler = createVirtualTime(new Date('2026-02-03T04:05:06.789Z'));
  const url = createResponseBucket({ scheduler, newId: createRandom(1).id }).sign(() => undefined);
  expect(new URL(url).searchParams.get('X-Amz-Date')).toBe('20260203T040506Z');
});

function padded(event: CustomResourceRequest, bytes: number): string {
  const empty = JSON.stringify(bodyOf(event, { Data: { Padding: '' } }));
  return JSON.stringify(bodyOf(event, { Data: { Padding: 'x'.repeat(bytes - Buffer.byteLength(empty)) } }));
}
