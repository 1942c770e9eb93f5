import fc from 'fast-check';
import { readHost, readTaskSize, readTaskSizes } from '../src/index.js';
import { hostArbitrary } from './helpers/arbitraries.js';
import { recordOf } from './helpers/container-instance-record.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { check } from './helpers/property.js';
import { isReadable } from './helpers/readable-record.js';
import { follow } from './helpers/record-path.js';
import { taskSize } from './helpers/synthetic-hosts.js';

type Json = unknown;

/** Values that are wrong in most places of a record, and right in some. */
const oddValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(null, undefined, '', '0', '80', '70000', 'ACTIVE', 'CPU', 'PORTS', 'INTEGER', 'LONG', 'DOUBLE', 'STRINGSET', 'toString'),
  fc.constantFrom(-1, -0, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Number.POSITIVE_INFINITY, true, false),
  fc.constantFrom([], {}, ['80'], ['80', 80], ['GPU-0', 'GPU-0'], [null], { name: 'CPU' }, { integerValue: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A true record with up to three places of it replaced or removed. */
const damagedRecord: fc.Arbitrary<Json> = hostArbitrary('a').chain((host) =>
  fc
    .array(fc.tuple(fc.nat(), oddValue, fc.boolean()), { maxLength: 3 })
    .map((changes) => changes.reduce<Json>((record, [at, value, remove]) => damage(record, at, value, remove), recordOf(host))),
);

describe('readHost', () => {
  it('never throws, and reads what ECS could have written and nothing else', () => {
    check(
      fc.property(fc.oneof(damagedRecord, fc.jsonValue(), fc.anything()), (record) => {
        deepFreeze(record);
        expect(readHost(record).ok).toBe(isReadable(record));
      }),
    );
  });

  it('names a place in the record: something wrong, or something missing', () => {
    check(
      fc.property(fc.oneof(damagedRecord, fc.jsonValue()), (record) => {
        const result = readHost(record);
        if (result.ok) return;
        const { code, path, message } = result.error;
        const place = follow(record, path);
        // A type, a name or an item of a list that is undefined is of another kind than ECS documents.
        if (place === 'missing') expect(code === 'MISSING_FIELD' || /(\.type|\.name|\])$/.test(path)).toBe(true);
        else expect([place, code === 'MISSING_FIELD']).toEqual(['present', false]);
        expect(message).toContain(path);
      }),
    );
  });

  it('carries the ARN of the record it refuses, where there is one', () => {
    check(
      fc.property(damagedRecord, (record) => {
        const result = readHost(record);
        const arn = (record as { containerInstanceArn?: unknown } | null)?.containerInstanceArn;
        if (!result.ok) expect(result.error.containerInstanceArn).toBe(typeof arn === 'string' && arn !== '' ? arn : undefined);
      }),
    );
  });
});

describe('readTaskSize and readTaskSizes', () => {
  it('never throw', () => {
    const nearlySize = fc.dictionary(fc.constantFrom('name', 'cpuUnits', 'memoryMiB', 'gpus', 'tcpPorts', '__proto__', 'cpu'), oddValue);
    check(
      fc.property(fc.oneof(nearlySize, fc.array(nearlySize), fc.anything()), (input) => {
        deepFreeze(input);
        for (const result of [readTaskSize(input), readTaskSizes(input)]) {
          expect(result.ok ? result.value : result.error.message).toBeTruthy();
        }
      }),
    );
  });

  it('return what was asked for when it is well-formed', () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    const wellFormed = fc.record(
      {
        name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_./:-]{0,20}$/),
        cpuUnits: fc.nat(),
        memoryMiB: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        gpus: fc.nat(),
        tcpPorts: fc.uniqueArray(port),
        udpPorts: fc.uniqueArray(port),
      },
      { noNullPrototype: true },
    );
    check(
      fc.property(wellFormed, (size) => {
        expect(readTaskSize(deepFreeze(size))).toStrictEqual({ ok: true, value: taskSize(0, 0, size) });
      }),
    );
  });
});

/** The value with one of its places, counted from the outside in, replaced or removed. */
function damage(value: Json, at: number, replacement: Json, remove: boolean): Json {
  const places = placesOf(value);
  const place = places[at % Math.max(places.length, 1)];
  return place === undefined ? replacement : changeAt(value, place, replacement, remove);
}

function placesOf(value: Json, before: readonly string[] = []): ReadonlyArray<readonly string[]> {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...before, key], ...placesOf(inner, [...before, key])]);
}

function changeAt(value: Json, [key = '', ...rest]: readonly string[], replacement: Json, remove: boolean): Json {
  const changed = (inner: Json): Json => (rest.length === 0 ? replacement : changeAt(inner, rest, replacement, remove));
  const entries = Object.entries(value as object)
    .filter(([name]) => !(remove && rest.length === 0 && name === key))
    .map(([name, inner]): [string, Json] => [name, name === key ? changed(inner) : inner]);
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
