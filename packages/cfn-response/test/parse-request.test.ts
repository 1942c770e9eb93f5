import { inspect } from 'node:util';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { parseRequest } from '../src';
import { fail, HOSTILE } from './helpers/hostile-values';
import { event, RESPONSE_URL, SECRETS, STACK_ID } from './helpers/requests';

describe('a request that is read', () => {
  test.each(['Create', 'Update', 'Delete'] as const)("%s, in the documentation's names", (type) => {
    const given = event(type);
    const parsed = parseRequest(given);
    const { ResponseURL, ServiceToken, ...rest } = given;
    expect(parsed).toMatchObject({ ok: true, value: { request: rest } });
    if (!parsed.ok) return;
    expect(Object.keys(parsed.value.request).sort()).toEqual(Object.keys(rest).sort());
    expect(parsed.value.responseUrl.reveal()).toBe(ResponseURL);
  });

  test('is a copy frozen to its depths; the event stays as it is', () => {
    const shared = { Deep: ['a'] };
    const given = event('Update', { ResourceProperties: { List: [shared, { At: shared }] }, OldResourceProperties: shared });
    const parsed = parseRequest(given);
    if (!parsed.ok || parsed.value.request.RequestType !== 'Update') throw new TypeError('not read');
    const { request } = parsed.value;
    const [first] = request.ResourceProperties.List as (typeof shared)[];
    for (const object of [
      request,
      request.ResourceProperties,
      request.ResourceProperties.List,
      first,
      first?.Deep,
      request.OldResourceProperties,
    ]) {
      expect(Object.isFrozen(object)).toBe(true);
    }
    expect(() => first?.Deep.push('b')).toThrow(TypeError);
    shared.Deep.push('b');
    expect(request.OldResourceProperties).toEqual({ Deep: ['a'] });
    expect([Object.isFrozen(given), Object.isFrozen(shared), Object.isFrozen(shared.Deep)]).toEqual([false, false, false]);
  });

  test('what JSON cannot make passes as it is, a circle as a circle, a member named __proto__ as a member', () => {
    const circle: Record<string, unknown> = { At: new Date(0), Holes: Object.assign([], { length: 2 ** 32 - 1 }), ['__proto__']: { a: 1 } };
    circle.Self = circle;
    Object.defineProperty(circle, 'Broken', { get: fail, enumerable: true });
    const parsed = parseRequest(event('Create', { ResourceProperties: circle }));
    if (!parsed.ok) throw new TypeError('not read');
    const copy = parsed.value.request.ResourceProperties;
    expect(Object.keys(copy)).toEqual(['At', 'Holes', '__proto__', 'Self']);
    expect([copy.At, copy.Self]).toEqual([circle.At, copy]);
    expect(Object.getOwnPropertyDescriptor(copy, '__proto__')?.value).toEqual({ a: 1 });
    expect((copy as { readonly a?: unknown }).a).toBeUndefined();
  });

  test('100,000 levels are copied', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
    expect(parseRequest(event('Create', { ResourceProperties: { deep } })).ok).toBe(true);
  });

  test('properties that never end are refused, with one error', () => {
    const endless = (): object =>
      new Proxy(
        {},
        {
          ownKeys: () => ['a'],
          getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
          get: (_target, key) => (key === 'a' ? endless() : undefined),
        },
      );
    const parsed = parseRequest(event('Create', { ResourceProperties: endless() }));
    if (parsed.ok) throw new TypeError('not refused');
    expect(parsed.error.issues).toEqual([
      { path: 'ResourceProperties', expected: 'an object of at most 262144 members at all depths', found: 'an object of more' },
    ]);
    expect(parsed.error.responseUrl?.reveal()).toBe(RESPONSE_URL);
  });

  test.each(HOSTILE)('%s as properties or among them: an outcome, no exception', (_name, make) => {
    for (const ResourceProperties of [make(), { a: make() }, { a: [make()] }]) {
      expect(parseRequest(event('Create', { ResourceProperties }))).toHaveProperty('ok');
    }
  });

  test.each([undefined, null])('properties that are %s read as {}', (absent) => {
    const parsed = parseRequest(event('Update', { ResourceProperties: absent, OldResourceProperties: absent, ResourceType: undefined }));
    expect(parsed).toMatchObject({ ok: true, value: { request: { ResourceProperties: {}, OldResourceProperties: {} } } });
    expect(parsed.ok && 'ResourceType' in parsed.value.request).toBe(false);
  });

  test('unknown fields pass and are left out; a Create has no PhysicalResourceId', () => {
    const parsed = parseRequest(event('Create', { PhysicalResourceId: 7, Novelty: { deep: [] } }));
    expect(parsed.ok && Object.keys(parsed.value.request)).not.toContain('PhysicalResourceId');
    expect(parsed.ok && Object.keys(parsed.value.request)).not.toContain('Novelty');
  });

  test('prints nowhere its address', () => {
    const parsed = parseRequest(event('Create'));
    for (const text of [inspect(parsed, { depth: 9, showHidden: true }), JSON.stringify(parsed)]) {
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    }
  });
});

describe('a request that is refused', () => {
  test.each<[string, Record<string, unknown>, string, string, string]>([
    ['RequestType missing', { RequestType: undefined }, 'RequestType', "'Create', 'Update' or 'Delete'", 'undefined'],
    ['RequestType in small letters', { RequestType: 'create' }, 'RequestType', "'Create', 'Update' or 'Delete'", 'another string'],
    ['RequestType in a list', { RequestType: ['Create'] }, 'RequestType', "'Create', 'Update' or 'Delete'", 'array'],
    ['no ResponseURL', { ResponseURL: undefined }, 'ResponseURL', 'an http(s) URL', 'undefined'],
    ['ResponseURL of another protocol', { ResponseURL: 'ftp://harbour.test/x' }, 'ResponseURL', 'an http(s) URL', 'another string'],
    [
      'ResponseURL with credentials',
      { ResponseURL: 'https://user:pass@harbour.test/x' },
      'ResponseURL',
      'an http(s) URL',
      'another string',
    ],
    ['empty StackId', { StackId: '' }, 'StackId', 'a non-empty string', 'empty string'],
    ['number as RequestId', { RequestId: 7 }, 'RequestId', 'a non-empty string', 'number'],
    ['null LogicalResourceId', { LogicalResourceId: null }, 'LogicalResourceId', 'a non-empty string', 'null'],
    ['ResourceType as number', { ResourceType: 7 }, 'ResourceType', 'a string', 'number'],
    ['properties in a list', { ResourceProperties: [] }, 'ResourceProperties', 'an object', 'array'],
    ['properties as text', { ResourceProperties: '{}' }, 'ResourceProperties', 'an object', 'another string'],
    ['old properties as text', { OldResourceProperties: 'x' }, 'OldResourceProperties', 'an object', 'another string'],
    ['no PhysicalResourceId', { PhysicalResourceId: undefined }, 'PhysicalResourceId', 'a non-empty string', 'undefined'],
  ])('%s', (_name, changes, path, expected, found) => {
    const parsed = parseRequest(event('Update', changes));
    expect(parsed).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' } });
    if (parsed.ok) return;
    const issues = path === 'RequestType' ? parsed.error.issues.slice(0, 1) : parsed.error.issues;
    expect(issues).toEqual([{ path, expected, found }]);
    expect(parsed.error.message).toContain(`${path} must be ${expected} but is ${found}`);
  });

  test('names every fault, and keeps what an answer needs', () => {
    const parsed = parseRequest({ RequestType: 'Delete', ResponseURL: RESPONSE_URL, StackId: STACK_ID, PhysicalResourceId: 'left-over' });
    if (parsed.ok) throw new TypeError('not refused');
    expect(parsed.error.issues.map(({ path }) => path)).toEqual(['RequestId', 'LogicalResourceId']);
    expect(parsed.error.responseUrl?.reveal()).toBe(RESPONSE_URL);
    expect(parsed.error.identifiers).toEqual({ StackId: STACK_ID, RequestId: '', LogicalResourceId: '', PhysicalResourceId: 'left-over' });
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['empty string', ''],
    ['string', 'Create'],
    ['number', 7],
    ['array', []],
    ['function', () => {}],
  ])('%s instead of an object', (found, value) => {
    const parsed = parseRequest(value);
    expect(parsed).toMatchObject({ ok: false, error: { issues: [{ path: '', expected: 'an object', found }], responseUrl: undefined } });
  });

  test('fields of a prototype do not count', () => {
    const parsed = parseRequest(Object.create(event('Create')));
    expect(parsed.ok).toBe(false);
  });

  test('getters that throw and revoked Proxies count as missing', () => {
    const hostile = Object.defineProperty(event('Create'), 'StackId', {
      get: () => {
        throw new TypeError('no');
      },
    });
    expect(parseRequest(hostile)).toMatchObject({ ok: false, error: { issues: [{ path: 'StackId', found: 'undefined' }] } });
    const { proxy, revoke } = Proxy.revocable(event('Create'), {});
    revoke();
    expect(parseRequest(proxy).ok).toBe(false);
  });
});

describe('properties', () => {
  const pieces = fc.oneof(fc.anything(), fc.constantFrom('Create', 'Update', 'Delete', '', null, RESPONSE_URL, {}));

  test('whatever is put into a request, it is read or refused with every issue in place, and not changed', () => {
    const keys = Object.keys(event('Update'));
    fc.assert(
      fc.property(fc.constantFrom('Create', 'Update', 'Delete'), fc.dictionary(fc.constantFrom(...keys), pieces), (type, changes) => {
        const given = event(type as 'Create', changes);
        const before = inspect(given, { depth: 9 });
        const parsed = parseRequest(given);
        expect(inspect(given, { depth: 9 })).toBe(before);
        if (parsed.ok) return;
        expect(parsed.error.issues.length).toBeGreaterThan(0);
        for (const { path } of parsed.error.issues) expect([...keys, '']).toContain(path);
        for (const secret of SECRETS) expect(parsed.error.message).not.toContain(secret);
      }),
      propertyParameters(2000),
    );
  });

  test('requests broken at any depth: JSON in, an outcome out, in bounded time', () => {
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom('__proto__', 'x'.repeat(10_000), Number.MAX_VALUE, []));
    const paths = Object.keys(event('Update'));
    const mutations = fc.array(fc.tuple(fc.constantFrom(...paths, 'ResourceProperties.Wait', '__proto__', 'Records'), values), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(mutations, fc.boolean(), (changes, dropAll) => {
        const given = JSON.parse(JSON.stringify(dropAll ? {} : event('Update'))) as Record<string, unknown>;
        for (const [path, value] of changes) given[path] = value;
        const parsed = parseRequest(JSON.parse(JSON.stringify(given)));
        expect(parsed.ok ? parsed.value.request.StackId : parsed.error.issues.length).toBeTruthy();
      }),
      propertyParameters(5000),
    );
  });

  test('anything at all', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withObjectString: true, withBigInt: true, withSparseArray: true }), (value) => {
        expect(parseRequest(value).ok).toBe(false);
      }),
      propertyParameters(2000),
    );
  });
});
