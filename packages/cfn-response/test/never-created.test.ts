import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import {
  CREATE_FAILED_PHYSICAL_RESOURCE_ID,
  type CustomResourceHandlers,
  derivePhysicalResourceId,
  HandlerFailure,
  type HandlerReturn,
} from '../src';
import { all, answered, invoke } from './helpers/invoke';
import { event, RESPONSE_URL, STACK_ID } from './helpers/requests';

const MARKER = CREATE_FAILED_PHYSICAL_RESOURCE_ID;
const identifiers = { StackId: STACK_ID, RequestId: '00000000-0000-4000-8000-000000000002', LogicalResourceId: 'Migration' };
const derived = derivePhysicalResourceId(identifiers);
const nothing = () => Promise.reject(new HandlerFailure('Port must be a whole number', { nothingExists: true }));

/** A service in which a handler makes things and removes them by id, as CloudFormation would have it. */
function service(create: (made: Set<string>, id: string) => HandlerReturn) {
  const made = new Set<string>();
  const handlers: Partial<CustomResourceHandlers> = {
    create: (_request, { physicalResourceId }) => create(made, physicalResourceId),
    delete: ({ PhysicalResourceId }) => void made.delete(PhysicalResourceId),
  };
  return { made, handlers };
}

describe('a Delete that follows a failed Create', () => {
  test('reaches the handler, for the first delivery may have made what the second fails to make again', async () => {
    const { made, handlers } = service((things, id) => {
      if (things.has(id)) throw new TypeError('it exists already');
      things.add(id);
      return undefined;
    });
    const lost = await invoke({ handlers, outcomes: [answered(403)] });
    expect([lost.rejection, made.size]).toEqual([expect.objectContaining({ code: 'RESPONSE_NOT_DELIVERED' }), 1]);
    const again = await invoke({ handlers });
    expect(again.bodies).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('it exists already') }]);
    const removal = await invoke({ event: event('Delete', { PhysicalResourceId: again.bodies[0]?.PhysicalResourceId }), handlers });
    expect(removal.bodies).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(made.size).toBe(0);
  });

  test('reaches the handler, for what threw may have made half of it', async () => {
    const { made, handlers } = service((things, id) => {
      things.add(id);
      throw new TypeError('the second half failed');
    });
    const { bodies } = await invoke({ handlers });
    await invoke({ event: event('Delete', { PhysicalResourceId: bodies[0]?.PhysicalResourceId }), handlers });
    expect(made.size).toBe(0);
  });

  test.each<[string, Record<string, unknown>, () => unknown]>([
    ['the handler says that nothing exists', event('Create'), nothing],
    [
      'another copy of this package says so',
      event('Create'),
      () => Promise.reject({ code: 'HANDLER_FAILURE', message: 'x', nothingExists: true }),
    ],
    [
      'the request is invalid, so no handler was ever called',
      event('Create', { ResourceProperties: 'x', PhysicalResourceId: 'odd' }),
      () => {},
    ],
  ])('is answered without the handler where %s', async (_name, given, run) => {
    const failedCreate = await invoke({ event: given, handlers: all(run) });
    expect(failedCreate.bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: MARKER }]);
    const { bodies, log } = await invoke({ event: event('Delete', { PhysicalResourceId: MARKER }) });
    expect(bodies).toEqual([{ Status: 'SUCCESS', PhysicalResourceId: MARKER, ...identifiers }]);
    expect(log.map(({ code }) => code)).toEqual(['DELETE_SKIPPED', 'RESPONSE_DELIVERED']);
  });

  test.each<[string, unknown, string]>([
    ['it names an id as well', new HandlerFailure('x', { nothingExists: true, physicalResourceId: 'mine' }), 'mine'],
    ['the id it names cannot be answered', new HandlerFailure('x', { nothingExists: true, physicalResourceId: 'x'.repeat(1025) }), derived],
    ['it is no HandlerFailure', Object.assign(new TypeError('x'), { nothingExists: true }), derived],
    ['it says so in another way', { code: 'HANDLER_FAILURE', message: 'x', nothingExists: 'true' }, derived],
  ])('nothingExists counts for nothing where %s', async (_name, thrown, PhysicalResourceId) => {
    expect((await invoke({ handlers: all(() => Promise.reject(thrown)) })).bodies).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId },
    ]);
  });

  test.each(['Update', 'Delete'] as const)('nothingExists counts for nothing on %s', async (type) => {
    const { bodies } = await invoke({ event: event(type), handlers: all(nothing) });
    expect(bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'migration-1' }]);
  });

  test('a Delete with an id CloudFormation invented reaches the handler', async () => {
    const PhysicalResourceId = 'harbour-Migration-1ABCDEFGHIJKL';
    const { bodies } = await invoke({ event: event('Delete', { PhysicalResourceId }), handlers: { delete: () => {} } });
    expect(bodies).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }]);
  });

  test.each(['x'.repeat(1500), 'odd\u001b'])(
    'an id CloudFormation could not have been told is repeated all the same',
    async (PhysicalResourceId) => {
      const { bodies } = await invoke({ event: event('Delete', { PhysicalResourceId }), handlers: { delete: () => {} } });
      expect(bodies).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }]);
    },
  );
});

/** What one delivery of a Create does, and whether its answer arrives. */
type Run = 'makes' | 'makes, then throws' | 'throws' | 'makes, then hangs' | 'makes, returns too much';

test('however often a Create is delivered and whatever each run does: what exists after the answer that arrives is deleted', async () => {
  const runs = fc.array(
    fc.tuple(fc.constantFrom<Run[]>('makes', 'makes, then throws', 'throws', 'makes, then hangs', 'makes, returns too much'), fc.boolean()),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(runs, async (deliveries) => {
      let run: Run = 'throws';
      const { made, handlers } = service((things, id) => {
        if (run === 'throws' || things.has(id)) throw new TypeError(run);
        things.add(id);
        if (run === 'makes, then throws') throw new TypeError(run);
        if (run === 'makes, then hangs') return new Promise(() => {});
        return run === 'makes' ? undefined : { Data: { Text: 'x'.repeat(5000) } };
      });
      for (const [what, arrives] of deliveries) {
        run = what;
        const { bodies, rejection } = await invoke({ handlers, outcomes: [answered(arrives ? 200 : 403)] });
        if (rejection !== undefined) continue;
        // CloudFormation deletes what failed at once, and anything else one day.
        await invoke({ event: event('Delete', { PhysicalResourceId: bodies[0]?.PhysicalResourceId }), handlers });
        expect(made.size).toBe(0);
        return;
      }
    }),
    propertyParameters(200),
  );
});

describe('the id of what was never created is no id of a resource', () => {
  test.each<[string, () => unknown]>([
    ['returned', () => ({ PhysicalResourceId: MARKER })],
    ['thrown', () => Promise.reject(new HandlerFailure('x', { physicalResourceId: MARKER }))],
  ])('%s by a Create: FAILED, and the Delete reaches the handler', async (_name, run) => {
    expect((await invoke({ handlers: all(run) })).bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: derived }]);
  });

  test('returned by an Update: FAILED, unchanged; by a Delete: as every id a Delete returns, ignored', async () => {
    const run = () => ({ PhysicalResourceId: MARKER });
    expect((await invoke({ event: event('Update'), handlers: all(run) })).bodies).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: 'migration-1', Reason: expect.stringContaining('the id of what was never created') },
    ]);
    expect((await invoke({ event: event('Delete'), handlers: all(run) })).bodies).toMatchObject([
      { Status: 'SUCCESS', PhysicalResourceId: 'migration-1' },
    ]);
  });

  test('an Update of it is refused without the handler, so that there still is nothing', async () => {
    const { bodies, log } = await invoke({ event: event('Update', { PhysicalResourceId: MARKER }) });
    expect(bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: MARKER, Reason: expect.stringContaining('never created') }]);
    expect(log.map(({ code }) => code)).toEqual(['UPDATE_REFUSED', 'RESPONSE_DELIVERED']);
  });

  test.each([
    ['Update', {}, derived],
    ['Delete', {}, derived],
    ['Remove', {}, derived],
    ['Remove', { PhysicalResourceId: 'kept' }, 'kept'],
  ])('an invalid %s with %j is not answered with it, for something may exist', async (RequestType, id, PhysicalResourceId) => {
    const given = { RequestType, ResponseURL: RESPONSE_URL, ...identifiers, ...id };
    expect((await invoke({ event: given })).bodies).toMatchObject([{ Status: 'FAILED', PhysicalResourceId }]);
  });
});

test.each(['x'.repeat(1500), 'odd\u001b'])('an Update may return the id it came with, whatever that is', async (PhysicalResourceId) => {
  const { bodies } = await invoke({ event: event('Update', { PhysicalResourceId }), handlers: { update: () => ({ PhysicalResourceId }) } });
  expect(bodies).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }]);
});
