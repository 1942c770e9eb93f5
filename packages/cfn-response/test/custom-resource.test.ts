import { inspect } from 'node:util';
import {
  CREATE_FAILED_PHYSICAL_RESOURCE_ID,
  type CustomResourceHandlers,
  type CustomResourceOptions,
  customResource,
  derivePhysicalResourceId,
  type HandlerContext,
  HandlerFailure,
  type HandlerResult,
} from '../src';
import { fail, HOSTILE } from './helpers/hostile-values';
import { all, answered, invoke, unexpected } from './helpers/invoke';
import { event, RESPONSE_URL, SECRETS, STACK_ID } from './helpers/requests';

const identifiers = { StackId: STACK_ID, RequestId: '00000000-0000-4000-8000-000000000002', LogicalResourceId: 'Migration' };
const derived = derivePhysicalResourceId(identifiers);

describe('success', () => {
  test.each([
    ['Create', derived],
    ['Update', 'migration-1'],
    ['Delete', 'migration-1'],
  ] as const)('%s that returns nothing keeps or derives the id', async (type, PhysicalResourceId) => {
    const { bodies, rejection } = await invoke({ event: event(type), handlers: all(() => undefined) });
    expect(rejection).toBeUndefined();
    expect(bodies).toEqual([{ Status: 'SUCCESS', PhysicalResourceId, ...identifiers }]);
  });

  test('what the handler returns is answered', async () => {
    const result = { PhysicalResourceId: 'mine', Data: { Port: 5432 }, NoEcho: true, Reason: 'made' };
    const { bodies } = await invoke({ handlers: { create: async () => result } });
    expect(bodies).toEqual([{ Status: 'SUCCESS', ...identifiers, ...result }]);
  });

  test('each request reaches its own handler, with its request and without its address', async () => {
    for (const type of ['Create', 'Update', 'Delete'] as const) {
      const seen: unknown[] = [];
      const handlers = { ...unexpected, [type.toLowerCase()]: (...args: unknown[]) => void seen.push(args) };
      const { bodies } = await invoke({ event: event(type), handlers });
      expect(bodies).toMatchObject([{ Status: 'SUCCESS' }]);
      const { ResponseURL, ServiceToken, ...request } = event(type);
      expect(seen).toEqual([[request, expect.objectContaining({ attemptId: expect.stringMatching(/^[0-9a-f]{64}$/) })]]);
      for (const secret of SECRETS) expect(inspect(seen, { depth: 9, showHidden: true })).not.toContain(secret);
    }
  });

  test('an Update may name another id; a Delete may not, and its Data is left out', async () => {
    const result = () => ({ PhysicalResourceId: 'other', Data: { A: 1 } });
    expect((await invoke({ event: event('Update'), handlers: { update: result } })).bodies).toMatchObject([
      { PhysicalResourceId: 'other', Data: { A: 1 } },
    ]);
    const { bodies } = await invoke({ event: event('Delete'), handlers: { delete: result } });
    expect(bodies).toEqual([{ Status: 'SUCCESS', PhysicalResourceId: 'migration-1', ...identifiers }]);
  });

  test("NoEcho: the option where the handler is silent, the handler's word where not", async () => {
    const noEcho = async (option: boolean, result: HandlerResult | undefined) =>
      (await invoke({ handlers: { create: () => result }, options: { noEcho: option } })).bodies[0]?.NoEcho;
    expect(await noEcho(true, undefined)).toBe(true);
    expect(await noEcho(true, { NoEcho: false })).toBeUndefined();
    expect(await noEcho(false, { NoEcho: true })).toBe(true);
  });

  test('one line of log: what was answered, with its request', async () => {
    const { log } = await invoke({ handlers: { create: () => {} } });
    expect(log).toEqual([
      {
        level: 'INFO',
        code: 'RESPONSE_DELIVERED',
        message: 'answered SUCCESS',
        ...identifiers,
        status: 'SUCCESS',
        bytes: expect.any(Number),
        tries: 1,
      },
    ]);
  });

  test("the context: derived id, remaining time, Lambda's own", async () => {
    let context: HandlerContext | undefined;
    await invoke({
      handlers: {
        create: (_request, given) => {
          context = given;
        },
      },
      remainingMs: 60_000,
    });
    expect(context?.physicalResourceId).toBe(derived);
    expect(context?.remainingMs()).toBe(50_000);
    expect(context?.lambda.logStreamName).toBe('2030/01/01/[$LATEST]0123');
    expect(context?.signal.aborted).toBe(false);
  });
});

describe('failure', () => {
  test.each([
    ['Create', derived],
    ['Update', 'migration-1'],
    ['Delete', 'migration-1'],
  ] as const)('%s that throws', async (type, PhysicalResourceId) => {
    const { bodies, rejection, log } = await invoke({
      event: event(type),
      handlers: all(() => {
        throw new RangeError('\u001b[31mno room\u001b[0m');
      }),
    });
    expect(rejection).toBeUndefined();
    expect(bodies).toEqual([
      { Status: 'FAILED', Reason: 'RangeError: no room (log stream 2030/01/01/[$LATEST]0123)', PhysicalResourceId, ...identifiers },
    ]);
    expect(log[0]).toMatchObject({
      level: 'ERROR',
      code: 'HANDLER_FAILED',
      message: 'RangeError: no room',
      stack: expect.stringContaining('custom-resource.test'),
    });
  });

  test.each(HOSTILE)('a handler that throws %s: FAILED, once, with a reason', async (_name, make) => {
    for (const run of [
      () => {
        throw make();
      },
      () => Promise.reject(make()),
    ]) {
      const { bodies, rejection } = await invoke({ handlers: all(run) });
      expect(rejection).toBeUndefined();
      expect(bodies).toHaveLength(1);
      expect(bodies[0]).toMatchObject({
        Status: 'FAILED',
        Reason: expect.stringMatching(/\S/),
        PhysicalResourceId: derived,
      });
    }
  });

  test.each(HOSTILE)('a handler that returns %s: an answer, once', async (_name, make) => {
    const { bodies, rejection } = await invoke({ handlers: all(make) });
    expect(rejection).toBeUndefined();
    expect(bodies).toHaveLength(1);
  });

  test.each<[string, unknown, string]>([
    ['a string', 'done', 'the handler returned string instead of an object'],
    ['a list', [], 'the handler returned array instead of an object'],
    ['NoEcho as a string', { NoEcho: 'false' }, 'with string as NoEcho'],
    ['Reason as a number', { Reason: 7 }, 'with number as Reason'],
    ['an empty id', { PhysicalResourceId: '' }, 'PhysicalResourceId is empty string'],
    ['Data as a list', { Data: [] }, 'Data is or holds array instead of an object'],
    [
      'getters that throw',
      {
        get Data() {
          throw new TypeError('x');
        },
      },
      'an object that cannot be read',
    ],
  ])('a handler that returns %s: FAILED, and the Delete that follows reaches the handler', async (_name, result, words) => {
    const { bodies } = await invoke({ handlers: all(() => result) });
    expect(bodies).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining(words), PhysicalResourceId: derived }]);
  });

  test('HandlerFailure: its words alone, and the id of what exists', async () => {
    const fail = (physicalResourceId?: string) =>
      all(() => {
        throw new HandlerFailure('exit code 1', physicalResourceId === undefined ? {} : { physicalResourceId });
      });
    const reason = 'exit code 1 (log stream 2030/01/01/[$LATEST]0123)';
    expect((await invoke({ handlers: fail() })).bodies).toMatchObject([{ Reason: reason, PhysicalResourceId: derived }]);
    expect((await invoke({ handlers: fail('task-7') })).bodies).toMatchObject([{ Reason: reason, PhysicalResourceId: 'task-7' }]);
    expect((await invoke({ handlers: fail('x'.repeat(1025)) })).bodies).toMatchObject([{ PhysicalResourceId: derived }]);
    expect((await invoke({ event: event('Delete'), handlers: fail('task-7') })).bodies).toMatchObject([
      { PhysicalResourceId: 'migration-1' },
    ]);
  });

  test('a HandlerFailure of another copy of this package counts as one', async () => {
    const { bodies } = await invoke({
      handlers: all(() => Promise.reject({ code: 'HANDLER_FAILURE', message: 'exit code 1', physicalResourceId: 'task-7' })),
    });
    expect(bodies).toMatchObject([{ Reason: expect.stringMatching(/^exit code 1 \(/), PhysicalResourceId: 'task-7' }]);
  });

  test('a reason far too long keeps its facts and the log stream', async () => {
    const { bodies } = await invoke({ handlers: all(() => Promise.reject(new TypeError(`exit code 1\n${'é✓🚢'.repeat(100_000)}`))) });
    expect(bodies).toMatchObject([
      { Reason: expect.stringMatching(/^TypeError: exit code 1\né✓🚢[\s\S]*… \(log stream 2030\/01\/01\/\[\$LATEST\]0123\)$/u) },
    ]);
  });
});

describe('Data that does not fit', () => {
  const large = { PhysicalResourceId: 'mine', Data: { Text: 'x'.repeat(5000) } };

  test('FAILED with the sizes, and the id by which the Delete finds it', async () => {
    const { bodies, log } = await invoke({ handlers: { create: () => large } });
    expect(bodies).toMatchObject([
      {
        Status: 'FAILED',
        PhysicalResourceId: 'mine',
        Reason: expect.stringMatching(/^Data is 5011 bytes of JSON, but \d{4} bytes are left/),
      },
    ]);
    expect(bodies[0]).not.toHaveProperty('Data');
    expect(log[0]).toMatchObject({ level: 'ERROR', code: 'RESULT_UNFIT' });
  });

  test('on Update too', async () => {
    const { bodies } = await invoke({ event: event('Update'), handlers: { update: () => ({ Data: large.Data }) } });
    expect(bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'migration-1' }]);
  });

  test('the handler can measure before it answers', async () => {
    const { bodies } = await invoke({
      handlers: {
        create: (_request, { measure }) => {
          const measured = measure(large);
          return { Data: { Verdict: measured.ok ? 'fits' : measured.error.code } };
        },
      },
    });
    expect(bodies).toMatchObject([{ Status: 'SUCCESS', Data: { Verdict: 'DATA_TOO_LARGE' } }]);
  });

  test.each([
    ['resolves', () => Promise.resolve({ Data: { a: '1' } })],
    ['rejects', () => Promise.reject(new TypeError('no'))],
  ])('onUnfit that is asynchronous and %s: FAILED, and no rejection is left', async (_name, onUnfit) => {
    const { bodies } = await invoke({
      handlers: { create: () => ({ Data: 5 as never }) },
      options: { onUnfit: onUnfit as unknown as () => undefined },
    });
    expect(bodies).toMatchObject([{ Status: 'FAILED' }]);
  });

  test('a log that rejects leaves the answer as it is, and no rejection', async () => {
    const { bodies, rejection } = await invoke({
      handlers: { create: () => ({ PhysicalResourceId: 'made' }) },
      options: { log: () => Promise.reject(new TypeError('no')) as unknown as undefined },
    });
    expect(rejection).toBeUndefined();
    expect(bodies).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'made' }]);
  });

  test('onUnfit makes another result', async () => {
    const seen: unknown[] = [];
    const onUnfit = (error: { readonly code: string }) => {
      seen.push(error.code);
      return { PhysicalResourceId: 'mine', Data: { Parameter: '/harbour/text' } };
    };
    const { bodies, log } = await invoke({ handlers: { create: () => large }, options: { onUnfit } });
    expect(bodies).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'mine', Data: { Parameter: '/harbour/text' } }]);
    expect(seen).toEqual(['DATA_TOO_LARGE']);
    expect(log[0]).toMatchObject({ level: 'WARN', code: 'RESULT_UNFIT' });
  });

  test.each<[string, () => HandlerResult | undefined]>([
    ['nothing', () => undefined],
    ['what does not fit either', () => large],
    [
      'an exception',
      () => {
        throw new TypeError('x');
      },
    ],
  ])('onUnfit that gives %s: FAILED', async (_name, onUnfit) => {
    const { bodies } = await invoke({ handlers: { create: () => large }, options: { onUnfit } });
    expect(bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'mine' }]);
  });
});

describe('what onUnfit leaves as it was', () => {
  const Data = { Text: 'x'.repeat(5000) };
  const THEN = 'then';
  const less = { Data: { Parameter: '/harbour/text' } };

  test.each(['Create', 'Update'] as const)('%s: the id and NoEcho of the first result, unless the other names its own', async (type) => {
    const handlers = all(() => ({ PhysicalResourceId: 'bucket-43', NoEcho: true, Data }));
    const answer = async (onUnfit: () => HandlerResult) => (await invoke({ event: event(type), handlers, options: { onUnfit } })).bodies;
    expect(await answer(() => less)).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'bucket-43', NoEcho: true, ...less }]);
    const [own] = await answer(() => ({ ...less, PhysicalResourceId: 'bucket-44', NoEcho: false }));
    expect(own).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'bucket-44', ...less });
    expect(own).not.toHaveProperty('NoEcho');
    expect(await answer(() => ({ ...less, PhysicalResourceId: '' }))).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: 'bucket-43' },
    ]);
  });

  test('an id that is read twice is the first one both times', async () => {
    let reads = 0;
    const flipping = {
      get PhysicalResourceId() {
        reads += 1;
        return reads === 1 ? 'real-1' : 'other-2';
      },
      Data,
    };
    for (const onUnfit of [() => less, () => undefined]) {
      reads = 0;
      const { bodies } = await invoke({ handlers: { create: () => flipping }, options: { onUnfit } });
      expect(bodies).toMatchObject([{ PhysicalResourceId: 'real-1' }]);
    }
  });

  test.each<[string, unknown]>([
    ['an empty id', { PhysicalResourceId: '', Data }],
    ['a number as id', { PhysicalResourceId: 42, Data: {} }],
    ['null as id', { PhysicalResourceId: null, Data }],
    ['the id of what was never created', { PhysicalResourceId: CREATE_FAILED_PHYSICAL_RESOURCE_ID, Data }],
    ['a NoEcho that is no boolean', { NoEcho: 'true', Data }],
    ['no object', 'made'],
    ['an id in small letters', { physicalResourceId: 'made', Data }],
  ])('%s is not repaired, nor is onUnfit asked', async (_name, result) => {
    const onUnfit = jest.fn(() => less);
    const { bodies } = await invoke({ handlers: { create: () => result as HandlerResult }, options: { onUnfit } });
    expect(bodies).toMatchObject([{ Status: 'FAILED' }]);
    expect(onUnfit).not.toHaveBeenCalled();
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a thenable', { [THEN]: (settle: (value: unknown) => void) => settle(less) }],
    ['a thenable with what looks like a result', { ...less, [THEN]: () => {} }],
    ['a thenable that throws', { [THEN]: fail }],
    ['a promise', Promise.resolve(less)],
    ['a list', []],
    ['a Proxy that throws', new Proxy({}, { get: fail, ownKeys: fail })],
  ])('%s from it: FAILED, not SUCCESS without Data', async (_name, given) => {
    const { bodies } = await invoke({
      handlers: { create: () => ({ PhysicalResourceId: 'mine', Data }) },
      options: { onUnfit: () => given as undefined },
    });
    expect(bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'mine', Reason: expect.stringMatching(/^Data is 5011 bytes/) }]);
  });
});

describe('a result in other letters', () => {
  test.each([
    ['physicalResourceId', 'PhysicalResourceId'],
    ['physical_resource_id', 'PhysicalResourceId'],
    ['PhysicalResourceID', 'PhysicalResourceId'],
    ['data', 'Data'],
    ['noEcho', 'NoEcho'],
    ['reason', 'Reason'],
  ])('%s is refused and told how it is spelt', async (key, field) => {
    const { bodies } = await invoke({ handlers: { create: () => ({ [key]: 'real-1' }) as HandlerResult } });
    const Reason = expect.stringMatching(
      new RegExp(`^the handler returned an object with ${key}, which would be ignored: name it ${field} \\(log`),
    );
    expect(bodies).toMatchObject([{ Status: 'FAILED', Reason }]);
    // What exists is found by its Delete.
    if (field === 'PhysicalResourceId') expect(bodies).toMatchObject([{ PhysicalResourceId: 'real-1' }]);
  });

  test('an id that is right goes before one that is not; other keys are ignored', async () => {
    const both = { physicalResourceId: 'wrong', PhysicalResourceId: 'right' };
    expect((await invoke({ handlers: { create: () => both } })).bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'right' }]);
    const extra = { Data: { a: 1 }, $metadata: {}, dataSet: 7 };
    expect((await invoke({ handlers: { create: () => extra } })).bodies).toMatchObject([{ Status: 'SUCCESS', Data: { a: 1 } }]);
  });
});

describe('handlers and options that are none', () => {
  const handlers = { create: () => {}, update: () => {}, delete: () => {} };

  test.each<[string, unknown, unknown, RegExp]>([
    ['no handlers', undefined, {}, /^create is undefined: give a function/],
    ['null as handlers', null, {}, /^create is undefined/],
    ['handlers that throw', new Proxy({}, { get: fail }), {}, /^create is undefined/],
    ['null as options', handlers, null, /^the options are null: give an object, or nothing/],
    ['text as options', handlers, 'x', /^the options are string/],
    ['put', handlers, { put: 'x' }, /^put is string: give a function, or leave it out/],
    ['log', handlers, { log: 5 }, /^log is number/],
    ['onUnfit', handlers, { onUnfit: 5 }, /^onUnfit is number/],
    ['random', handlers, { random: 0.5 }, /^random is number/],
    ['clock', handlers, { clock: Date.now }, /^clock is function: give an object/],
    ['a clock without after', handlers, { clock: { now: Date.now } }, /^clock\.after is null: give a function/],
    ['noEcho', handlers, { noEcho: 'false' }, /^noEcho is string: give a boolean/],
    ['marginMs', handlers, { marginMs: '5' }, /^marginMs is string: give a finite number/],
  ])('%s: OPTION_INVALID when the function starts', (_name, given, options, message) => {
    expect(() => customResource(given as CustomResourceHandlers, options as CustomResourceOptions)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(message) }),
    );
  });
});

describe('a request that cannot be read', () => {
  test('is answered FAILED if it says where, without the handler', async () => {
    const { bodies, rejection, log } = await invoke({ event: { RequestType: 'Create', ResponseURL: RESPONSE_URL, StackId: STACK_ID } });
    expect(rejection).toBeUndefined();
    expect(bodies).toEqual([
      {
        Status: 'FAILED',
        Reason: expect.stringContaining('RequestId must be a non-empty string but is undefined'),
        PhysicalResourceId: CREATE_FAILED_PHYSICAL_RESOURCE_ID,
        StackId: STACK_ID,
        RequestId: '',
        LogicalResourceId: '',
      },
    ]);
    expect(log.map(({ code }) => code)).toEqual(['REQUEST_INVALID', 'RESPONSE_DELIVERED']);
  });

  test('keeps its PhysicalResourceId', async () => {
    const { bodies } = await invoke({ event: event('Update', { ResourceProperties: 'x', PhysicalResourceId: 'kept' }) });
    expect(bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'kept' }]);
  });

  test.each([undefined, null, 'x', [], {}, event('Create', { ResponseURL: 'nowhere' })])('has nowhere to go: %j', async (given) => {
    const { puts, rejection } = await invoke({ event: given });
    expect(puts).toHaveLength(0);
    expect(rejection).toMatchObject({ name: 'UnanswerableRequestError', code: 'REQUEST_UNANSWERABLE', source: 'caller' });
  });

  test('identifiers of 4,096 bytes and more cannot be answered', async () => {
    const { puts, rejection } = await invoke({ event: event('Create', { StackId: 's'.repeat(5000) }), handlers: { create: () => {} } });
    expect(puts).toHaveLength(0);
    expect(rejection).toMatchObject({ code: 'REQUEST_UNANSWERABLE' });
  });
});

describe('what is injected', () => {
  test('a log that throws changes nothing', async () => {
    const { bodies, rejection } = await invoke({
      handlers: all(() => Promise.reject(new TypeError('x'))),
      options: {
        log: () => {
          throw new TypeError('disk full');
        },
      },
    });
    expect([bodies.length, rejection]).toEqual([1, undefined]);
  });

  test.each<[string, object, object]>([
    ['marginMs is -1', { marginMs: -1 }, {}],
    ['marginMs is NaN', { marginMs: Number.NaN }, {}],
    ['tryTimeoutMs is 0', { tryTimeoutMs: 0 }, {}],
    ['tryTimeoutMs is Infinity', { tryTimeoutMs: Number.POSITIVE_INFINITY }, {}],
    ['update is undefined', {}, { update: undefined }],
  ])('%s: refused when the function starts', (message, options, handlers) => {
    const make = () => customResource({ ...unexpected, ...handlers } as CustomResourceHandlers, options);
    expect(make).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }));
  });

  test('without a log of its own it writes lines of JSON to standard output', async () => {
    const written: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const handler = customResource({ ...unexpected, create: () => {} }, { put: async () => answered(200) });
    await handler(event('Create'), { getRemainingTimeInMillis: () => 3000 });
    write.mockRestore();
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/\n$/);
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ code: 'RESPONSE_DELIVERED' });
  });
});
