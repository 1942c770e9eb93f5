import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import {
  type CustomResourceResponse,
  type FailedResponse,
  type FittedResponse,
  fitResponse,
  MAX_PHYSICAL_RESOURCE_ID_BYTES,
  MAX_RESPONSE_BYTES,
  type SuccessResponse,
} from '../src';
import { fail, HOSTILE } from './helpers/hostile-values';
import { STACK_ID } from './helpers/requests';

const identifiers = { PhysicalResourceId: 'migration-1', StackId: STACK_ID, RequestId: 'r-1', LogicalResourceId: 'Migration' };
const success = (more: Partial<SuccessResponse> = {}): SuccessResponse => ({ Status: 'SUCCESS', ...identifiers, ...more });
const failed = (Reason: string, more: Partial<FailedResponse> = {}): FailedResponse => ({
  Status: 'FAILED',
  Reason,
  ...identifiers,
  ...more,
});

function fitted(response: CustomResourceResponse): FittedResponse & { readonly json: Record<string, unknown> } {
  const fit = fitResponse(response);
  if (!fit.ok) throw new TypeError(fit.error.message);
  expect(fit.value.bytes).toBe(Buffer.byteLength(fit.value.body));
  expect(fit.value.bytes).toBeLessThanOrEqual(MAX_RESPONSE_BYTES);
  return { ...fit.value, json: JSON.parse(fit.value.body) as Record<string, unknown> };
}

const errorOf = (response: CustomResourceResponse): unknown => {
  const fit = fitResponse(response);
  return fit.ok ? undefined : fit.error;
};

describe('the body', () => {
  test('a bare success: identifiers and nothing else', () => {
    expect(fitted(success()).json).toEqual({ Status: 'SUCCESS', ...identifiers });
  });

  test('everything', () => {
    const Data = { Text: 'é ✓ 🚢 "\\\n', Number: 7, Flag: false, Nothing: null, List: [1, 'a', { deep: true }], ['__proto__']: 'own' };
    const { body, json } = fitted(success({ Reason: 'done', NoEcho: true, Data }));
    expect(json).toEqual({ Status: 'SUCCESS', Reason: 'done', ...identifiers, NoEcho: true, Data: JSON.parse(JSON.stringify(Data)) });
    expect(body).toContain('"__proto__":"own"');
  });

  test('NoEcho only where it is true, Data only where there is some, undefined attributes absent', () => {
    expect(fitted(success({ NoEcho: false })).json).not.toHaveProperty('NoEcho');
    expect(fitted(success({ Data: {} })).json.Data).toEqual({});
    expect(fitted(success({ Data: { Gone: undefined, Here: 1, In: { Gone: undefined } } })).json.Data).toEqual({ Here: 1, In: {} });
  });

  test('a failure always has a reason', () => {
    expect(fitted(failed('')).json.Reason).toBe('no reason given');
    expect(fitted(failed(' \u001b[0m\u0000 ')).json.Reason).toBe('no reason given');
  });

  test('escapes and control characters of the reason are gone', () => {
    expect(fitted(failed('\u001b[31mexit 1\u001b[0m\u0007\r\nlog')).json.Reason).toBe('exit 1\nlog');
    expect(fitted(success({ Reason: '\u001b[32mfine' })).json.Reason).toBe('fine');
  });

  test('identifiers are repeated verbatim, odd ones too', () => {
    const odd = { StackId: 's"\\\u001b✓', RequestId: ' r ', LogicalResourceId: 'L\n' };
    expect(fitted({ ...failed('x'), ...odd }).json).toMatchObject(odd);
  });
});

describe('4,096 bytes', () => {
  const bare = fitted(success({ Data: { Text: '' } })).bytes;

  test.each([4095, 4096])('Data that makes %d bytes goes whole', (size) => {
    const { bytes, json } = fitted(success({ Data: { Text: 'x'.repeat(size - bare) } }));
    expect(bytes).toBe(size);
    expect((json.Data as { readonly Text: string }).Text).toHaveLength(size - bare);
  });

  test('Data that makes 4,097 is an error with the sizes', () => {
    const Text = 'x'.repeat(4097 - bare);
    const dataBytes = JSON.stringify({ Text }).length;
    expect(errorOf(success({ Data: { Text } }))).toEqual({
      code: 'DATA_TOO_LARGE',
      dataBytes,
      dataLimitBytes: dataBytes - 1,
      message: expect.stringContaining(`Data is ${dataBytes} bytes of JSON, but ${dataBytes - 1} bytes are left`),
    });
  });

  test('Data is counted in bytes, not characters', () => {
    expect(errorOf(success({ Data: { Text: '✓'.repeat(1400) } }))).toMatchObject({ code: 'DATA_TOO_LARGE' });
  });

  test.each(['x', 'é', '✓', '🚢', '"', '\nx', 'aé✓🚢"\\'])('a reason of many %j is cut to fit, as full as can be', (unit) => {
    for (let shift = 0; shift < 8; shift += 1) {
      const { bytes, json, reasonTrimmed } = fitted(failed('-'.repeat(shift) + unit.repeat(5000)));
      expect(bytes).toBeGreaterThan(MAX_RESPONSE_BYTES - 4);
      expect(json.Reason).toMatch(/…$/);
      expect(json.Reason).not.toMatch(/\p{Surrogate}|\ufffd/u);
      expect(reasonTrimmed).toBe(true);
    }
  });

  test('a reason that fits to the byte is not cut', () => {
    const room = MAX_RESPONSE_BYTES - fitted(failed('x')).bytes + 1;
    expect(fitted(failed('x'.repeat(room)))).toMatchObject({ bytes: MAX_RESPONSE_BYTES, reasonTrimmed: false });
    expect(fitted(failed('x'.repeat(room + 1)))).toMatchObject({ bytes: MAX_RESPONSE_BYTES, reasonTrimmed: true });
  });

  test('the suffix stays whole behind a cut reason', () => {
    const { json } = fitted(failed('facts '.repeat(2000), { reasonSuffix: ' (log stream 0123)' }));
    expect(json.Reason).toMatch(/^facts facts .*… \(log stream 0123\)$/);
    expect((fitted(failed('x', { reasonSuffix: 's'.repeat(5000) })).json.Reason as string).length).toBeLessThanOrEqual(257);
  });

  test("a success's reason makes way for its Data", () => {
    const { json, reasonTrimmed } = fitted(success({ Reason: 'r'.repeat(500), Data: { Text: 'x'.repeat(3750) } }));
    expect((json.Data as { readonly Text: string }).Text).toHaveLength(3750);
    expect(reasonTrimmed).toBe(true);
  });

  test('identifiers that leave no room for a reason', () => {
    expect(errorOf(failed('x', { StackId: 's'.repeat(4096) }))).toMatchObject({ code: 'IDENTIFIERS_TOO_LARGE', bytes: expect.any(Number) });
    const bareFailure = fitted(failed('x')).bytes - 1;
    const room = (bytes: number) => ({ StackId: STACK_ID + 's'.repeat(MAX_RESPONSE_BYTES - bareFailure - bytes) });
    expect(fitted(failed('🚢', room(3))).json.Reason).toBe('…');
    expect(errorOf(failed('x', room(2)))).toMatchObject({ code: 'IDENTIFIERS_TOO_LARGE' });
  });

  test('any response: at most 4,096 bytes, its JSON whole', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom('é', '✓', '🚢', '"', '\\', '\n', '\u001b'), fc.string({ unit: 'binary', maxLength: 1 })),
      maxLength: 6000,
      size: 'max',
    });
    fc.assert(
      fc.property(text, text, fc.boolean(), (reason, value, isFailure) => {
        const fit = fitResponse(isFailure ? failed(reason) : success({ Reason: reason, Data: { value } }));
        if (!fit.ok) {
          expect(fit.error.code).toBe('DATA_TOO_LARGE');
          return;
        }
        expect(Buffer.byteLength(fit.value.body)).toBeLessThanOrEqual(MAX_RESPONSE_BYTES);
        expect(JSON.parse(fit.value.body)).toMatchObject(isFailure ? identifiers : { ...identifiers, Data: { value } });
      }),
      propertyParameters(100),
    );
  });
});

const OPAQUE = 'an object that is not plain (of a class, a Map, Set, Promise, Error, typed array or the like)';

class Described {
  public readonly name = 'n';

  public get title(): string {
    return this.name;
  }
}

/** An object that is new at every look, for ever. */
const bottomless = (): object =>
  new Proxy(
    {},
    {
      ownKeys: () => ['a', 'b'],
      getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
      get: (_target, key) => (key === 'a' || key === 'b' ? bottomless() : undefined),
    },
  );

describe('Data that JSON would lose or cannot carry', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  let deep: unknown = 'bottom';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];

  test.each<[string, unknown, string, string]>([
    ['a bigint', { Fine: 1, Size: 7n }, 'Size', 'bigint'],
    ['a function', { Run: () => {} }, 'Run', 'function'],
    ['a function within', { Run: { now: () => {} } }, 'Run', 'function'],
    ['a symbol', { Mark: Symbol('s') }, 'Mark', 'symbol'],
    ['NaN', { Ratio: Number.NaN }, 'Ratio', 'non-finite number'],
    ['infinity in a list', { Ratio: [1, Number.POSITIVE_INFINITY] }, 'Ratio', 'non-finite number'],
    ['undefined in a list', { List: [undefined] }, 'List', 'undefined in a list'],
    ['a Map', { Names: new Map([['a', 1]]) }, 'Names', OPAQUE],
    ['a promise', { Later: Promise.resolve(1) }, 'Later', OPAQUE],
    ['an Error', { Fault: new TypeError('secret') }, 'Fault', OPAQUE],
    ['a date that is none', { At: new Date(Number.NaN) }, 'At', 'invalid date'],
    ['a boxed NaN', { Size: Object(Number.NaN) }, 'Size', OPAQUE],
    ['an Error with a code', { Fault: Object.assign(new TypeError('secret'), { code: 'X' }) }, 'Fault', OPAQUE],
    ['a Map with a property', { Names: Object.assign(new Map([['a', 1]]), { x: 1 }) }, 'Names', OPAQUE],
    ['an object of a class', { Item: new Described() }, 'Item', OPAQUE],
    ['an object of a class as Data', new Described(), '', OPAQUE],
    ['a typed array', { Bytes: new Uint8Array([1, 2]) }, 'Bytes', OPAQUE],
    ['an object that inherits', { In: { Item: Object.create({ a: 1 }) } }, 'In', OPAQUE],
    ['toJSON that gives nothing', { At: { toJSON: () => undefined } }, 'At', 'an object whose toJSON gives undefined'],
    ['toJSON that gives nothing, within', { At: { In: [{ toJSON: () => undefined }] } }, 'At', 'an object whose toJSON gives undefined'],
    ['toJSON that gives a Map', { At: { toJSON: () => new Map() } }, 'At', OPAQUE],
    ['a symbol as key', { [Symbol('secret')]: 1 }, '', 'a property named by a symbol'],
    ['a symbol as key within', { Fine: 1, In: { [Symbol('secret')]: 1 } }, 'In', 'a property named by a symbol'],
    ['a hidden property', Object.defineProperty({}, 'Hidden', { value: 1 }), 'Hidden', 'a property that is not enumerable'],
    ['a hidden property within', { In: [Object.defineProperty({}, 'x', { value: 1 })] }, 'In', 'a property that is not enumerable'],
    ['a list with a property', { List: Object.assign([1], { x: 2 }) }, 'List', 'a list with properties of its own'],
    ['a list with a symbol', { List: Object.assign([1], { [Symbol('secret')]: 2 }) }, 'List', 'a list with properties of its own'],
    ['a list with a hole', { List: Object.assign([1], { 2: 2 }) }, 'List', 'undefined in a list'],
    ['a list of holes', { List: Object.assign([], { length: 2 ** 32 - 1 }) }, 'List', 'undefined in a list'],
    ['objects without end', { Deep: bottomless() }, 'Deep', 'a value that cannot be read, has a cycle or is too deep'],
    ['a Map as Data', new Map([['a', 1]]), '', OPAQUE],
    ['a forgotten await as Data', Promise.resolve({ a: 1 }), '', OPAQUE],
    ['a Date as Data', new Date(0), '', OPAQUE],
    ['a circle', { Fine: 1, Circle: circle }, 'Circle', 'a value that cannot be read, has a cycle or is too deep'],
    ['a hundred thousand levels', { Deep: deep }, 'Deep', 'a value that cannot be read, has a cycle or is too deep'],
    [
      'a getter that throws',
      {
        get Broken() {
          throw new TypeError('secret');
        },
      },
      'Broken',
      'a value that cannot be read, has a cycle or is too deep',
    ],
    [
      'toJSON that throws',
      {
        Odd: {
          toJSON: () => {
            throw new TypeError('secret');
          },
        },
      },
      'Odd',
      'a value that cannot be read, has a cycle or is too deep',
    ],
    ['a list as Data', ['a'], '', 'array instead of an object'],
    ['a string as Data', 'secret', '', 'string instead of an object'],
    ['null as Data', null, '', 'null instead of an object'],
  ])('%s', (_name, Data, attribute, found) => {
    const error = errorOf(success({ Data: Data as SuccessResponse['Data'] & object }));
    expect(error).toMatchObject({ code: 'DATA_NOT_SERIALISABLE', attribute, found });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test.each(HOSTILE)('%s as an attribute or as Data: an error or a body, no exception', (_name, make) => {
    expect(() => fitResponse(success({ Data: { Odd: make() } }))).not.toThrow();
    expect(() => fitResponse(success({ Data: make() as object as SuccessResponse['Data'] & object }))).not.toThrow();
  });

  test('what JSON.stringify writes in full is written the same', () => {
    const unit = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), unit, { maxKeys: 5 }), (data) => {
        const fit = fitResponse(success({ Data: data }));
        const written = JSON.stringify(data);
        if (fit.ok) expect(fit.value.body.endsWith(`,"Data":${written}}`)).toBe(true);
        else expect(fit.error).toMatchObject({ code: 'DATA_TOO_LARGE', dataBytes: Buffer.byteLength(written) });
      }),
      propertyParameters(300),
    );
  });

  test('1,800 levels can be written, a list of 100,000 is measured', () => {
    let levels: unknown = [];
    for (let level = 0; level < 1_800; level += 1) levels = [levels];
    expect(fitted(success({ Data: { levels } })).bytes).toBeGreaterThan(3_600);
    expect(errorOf(success({ Data: { l: Array(100_000).fill(1) } }))).toMatchObject({ code: 'DATA_TOO_LARGE', dataBytes: 200_007 });
  });

  test('dates and other values with toJSON go as they say', () => {
    expect(fitted(success({ Data: { At: new Date(0) } })).json.Data).toEqual({ At: '1970-01-01T00:00:00.000Z' });
  });
});

describe('what is no response', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'null instead of an object'],
    ['undefined', undefined, 'undefined instead of an object'],
    ['a list', [], 'array instead of an object'],
    ['nothing in it', {}, 'an object with another Status than SUCCESS and FAILED'],
    ['a Status in small letters', { ...success(), Status: 'success' }, 'an object with another Status than SUCCESS and FAILED'],
    ['no StackId', { ...success(), StackId: undefined }, 'an object with undefined as StackId'],
    ['a number as RequestId', { ...success(), RequestId: 7 }, 'an object with number as RequestId'],
    ['an object as Reason', { ...failed('x'), Reason: {} }, 'an object with object as Reason'],
    ['a number as suffix', { ...failed('x'), reasonSuffix: 7 }, 'an object with number as reasonSuffix'],
    ['a getter that throws', Object.defineProperty(success(), 'Data', { get: fail }), 'an object that cannot be read'],
  ])('%s is an error', (_name, response, found) => {
    expect(errorOf(response as CustomResourceResponse)).toMatchObject({
      code: 'RESPONSE_INVALID',
      found,
      message: expect.stringContaining(found),
    });
  });

  test.each(HOSTILE)('%s, whole or in any field: an error or a body, no exception', (_name, make) => {
    expect(errorOf(make() as CustomResourceResponse)).toMatchObject({ code: 'RESPONSE_INVALID' });
    for (const field of ['Status', 'Reason', 'reasonSuffix', 'PhysicalResourceId', 'StackId', 'RequestId', 'LogicalResourceId', 'NoEcho']) {
      expect(fitResponse({ ...failed('x'), [field]: make() } as CustomResourceResponse)).toHaveProperty('ok');
    }
  });
});

describe('PhysicalResourceId', () => {
  test.each<[string, unknown, string]>([
    ['empty', '', 'empty string'],
    ['a number', 7, 'number'],
    ['missing', undefined, 'undefined'],
    ['1,025 bytes', 'x'.repeat(1025), '1025 bytes long'],
    ['1,026 bytes in fewer characters', '✓'.repeat(342), '1026 bytes long'],
    ['control characters', 'a\u001bb', 'a string with control characters'],
    ['half a character', 'a\ud83d', 'a string with control characters'],
  ])('%s is an error', (_name, PhysicalResourceId, found) => {
    expect(errorOf(success({ PhysicalResourceId: PhysicalResourceId as string }))).toMatchObject({
      code: 'PHYSICAL_RESOURCE_ID_INVALID',
      found,
    });
  });

  test('1,024 bytes are fine', () => {
    const PhysicalResourceId = 'x'.repeat(MAX_PHYSICAL_RESOURCE_ID_BYTES);
    expect(fitted(success({ PhysicalResourceId })).json).toMatchObject({ PhysicalResourceId });
  });
});
