import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import { parseEcsEvent } from '@plimsoll/event-schemas/ecs-event';
import { parseEnvelope } from '@plimsoll/event-schemas/envelope';
import { serviceArnOf } from '@plimsoll/event-schemas/service-action';
import { executeCommandEnabled, numberFromString, taskCpuUnits, taskMemoryMiB } from '@plimsoll/event-schemas/task-values';
import { unwrapEvents } from '@plimsoll/event-schemas/unwrap-events';
import { failingAfter, HOSTILE, throwing } from './helpers/hostile-values';
import { SCHEMA_CASES } from './helpers/schema-cases';
import { containerInstanceEvent, type Loose, withChange, writtenPath } from './helpers/synthetic-events';

/** Arrays inside one another, too deep for anything that recurses into them. */
function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** The event as JSON, parsed again with one more member in its detail. */
function withDetailMember(event: Loose, json: string): Loose {
  return JSON.parse(JSON.stringify(event).replace('"detail":{', `"detail":{${json},`));
}

/** The input with one place defined as said; a place that is not enumerable, or a getter, is none JSON can make. */
function withPlace(input: Loose, path: readonly (string | number)[], descriptor: PropertyDescriptor): Loose {
  const parent = path.slice(0, -1).reduce((object, key) => object[key], input);
  Object.defineProperty(parent, path.at(-1) ?? '', { ...descriptor, enumerable: true, configurable: true });
  return input;
}

test.each(HOSTILE)('%s is no event and carries none, without an exception', (_name, make) => {
  for (const input of [make(), { Records: make() }, { Records: [make()] }, { Records: [{ body: make() }, { Sns: make() }] }]) {
    for (const record of unwrapEvents(input)) expect(parseEcsEvent(record.ok ? record.value.event : record).ok).toBe(false);
  }
  expect(parseEnvelope(make()).ok).toBe(false);
  const detail = make() as { readonly cpu?: string; readonly memory?: string; readonly enableExecuteCommand?: boolean };
  expect([numberFromString(make()), taskCpuUnits(detail), taskMemoryMiB(detail), executeCommandEnabled(detail)]).toEqual(
    Array(4).fill(undefined),
  );
  expect([serviceArnOf(make() as object), serviceArnOf({ resources: make() as string[] })]).toEqual([undefined, undefined]);
});

test.each([['detail'], ['traceHeader']])('nesting 200,000 deep in %s', (key) => {
  const event = withChange(containerInstanceEvent(), [key], undefined);
  event[key] = nested(200_000);
  expect(parseContainerInstanceStateChange(event).ok).toBe(key !== 'detail');
});

test('fields of a prototype are no fields of the event', () => {
  const { status, ...detail } = containerInstanceEvent().detail;
  const inherited = { ...containerInstanceEvent(), detail: Object.assign(Object.create({ status }), detail) };
  const result = parseContainerInstanceStateChange(inherited);
  expect(result.ok ? [] : result.error.issues.map(({ path }) => path)).toEqual(['detail.status']);
  expect(parseContainerInstanceStateChange(Object.create(containerInstanceEvent())).ok).toBe(false);
});

test('a __proto__ member supplies no missing field and reaches no prototype', () => {
  const event = containerInstanceEvent();
  delete event.detail.status;
  const hostile = withDetailMember(event, '"__proto__":{"status":"ACTIVE","polluted":true}');
  expect(parseContainerInstanceStateChange(hostile)).toMatchObject({ error: { issues: [{ path: 'detail.status', found: 'undefined' }] } });
  expect(({} as Loose).polluted).toBeUndefined();
});

test('prototype keys pass as any unknown field', () => {
  const hostile = withDetailMember(containerInstanceEvent(), '"__proto__":{"polluted":true},"constructor":null,"prototype":1');
  const result = parseContainerInstanceStateChange(hostile);
  expect(result.ok && Object.keys(result.value.detail)).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'prototype']));
  expect(({} as Loose).polluted).toBeUndefined();
});

test('a huge array of valid items passes', () => {
  const resource = { name: 'CPU', integerValue: 1 };
  const event = withChange(containerInstanceEvent(), ['resources'], undefined);
  event.detail.registeredResources = Array.from({ length: 200_000 }, () => resource);
  expect(parseContainerInstanceStateChange(event).ok).toBe(true);
});

test.each([
  ['20 wrong items', 20, 20],
  ['21', 21, 21],
  ['1,000', 1_000, 1_000],
  ['1,001', 1_001, 1_000],
  ['500,000', 500_000, 1_000],
])('an error lists every issue up to 1,000, its message the first 20: %s', (_, length, listed) => {
  const event = containerInstanceEvent();
  event.detail.remainingResources = Array.from({ length }, () => 1);
  const result = parseContainerInstanceStateChange(event);
  if (result.ok) throw new TypeError('the event must be refused');
  expect(result.error.issues).toHaveLength(listed);
  expect(result.error.issues.at(-1)?.path).toBe(`detail.remainingResources[${listed - 1}]`);
  expect(result.error.message).toContain('detail.remainingResources[19] ');
  expect(/; and more$/.test(result.error.message)).toBe(length > 20);
  expect(result.error.message.length).toBeLessThan(2_000);
});

/** An array that claims a length and gives the same item in every place. */
const endless = (length: number, item: unknown): unknown[] =>
  new Proxy([], {
    get: (_, key) => (key === 'length' ? length : item),
    getOwnPropertyDescriptor: (_, key) => ({ value: key === 'length' ? length : item, configurable: key !== 'length', writable: true }),
  });

test.each([
  ['as many holes as an array can have', Object.assign([], { length: 2 ** 32 - 1 })],
  ['as many sound items, in a Proxy', endless(2 ** 32 - 1, { name: 'CPU', type: 'INTEGER', integerValue: 1 })],
  ['one more than are looked at', Array(524_289).fill({ name: 'CPU' })],
])('an array longer than any event can be is refused as a whole: %s', (_, array) => {
  const event = containerInstanceEvent();
  event.detail.remainingResources = array;
  expect(parseContainerInstanceStateChange(event)).toMatchObject({
    error: { issues: [{ path: 'detail.remainingResources', expected: 'an array of at most 524288 items', found: 'array' }] },
  });
});

test.each([
  ['sound', 1],
  ['one fault before', 'wrong'],
])('arrays within arrays that are longer together than any event can be: %s', (_, version) => {
  const inner = { name: 'PORTS', type: 'STRINGSET', stringSetValue: endless(500_000, 'a') };
  const event = containerInstanceEvent();
  event.detail.version = version;
  event.detail.remainingResources = endless(500_000, inner);
  const result = parseContainerInstanceStateChange(event);
  expect(result.ok ? [] : result.error.issues).toMatchObject([
    version === 1
      ? { path: '', expected: 'an event of at most 524288 items in all its arrays', found: 'object' }
      : { path: 'detail.version', found: 'string' },
  ]);
});

test('infinities, which JSON spells as 1e999, are refused', () => {
  const event = JSON.parse(JSON.stringify(containerInstanceEvent()).replace('"doubleValue":0.5', '"doubleValue":1e999'));
  expect(parseContainerInstanceStateChange(event)).toMatchObject({
    error: { issues: [{ path: 'detail.remainingResources[1].doubleValue', found: 'non-finite number' }] },
  });
});

describe.each(SCHEMA_CASES.map((schema) => [schema.name, schema] as const))('%s', (_, { parse, whole, fields }) => {
  test('what a prototype brings along fills no place of a missing field in JSON', () => {
    for (const { path } of fields.filter((field) => field.required && typeof field.path.at(-1) === 'string')) {
      const input = withChange(whole(), path, undefined);
      const parent = path.slice(0, -1).reduce((object, key) => object[key], input);
      const value = path.reduce((object, key) => object[key], whole());
      Object.defineProperty(parent, '__proto__', { value: { [path.at(-1) as string]: value }, enumerable: true });
      expect([path, parse(input).ok]).toEqual([path, false]);
    }
  });

  test('nesting 200,000 deep in the place of any field is refused or not looked at', () => {
    for (const { path, type } of fields) {
      const input = whole();
      const parent = path.slice(0, -1).reduce((object, key) => object[key], input);
      const last = path.at(-1) ?? '';
      parent[last] = nested(200_000);
      expect([path, parse(input).ok]).toEqual([path, false]);
      parent[last] = { deep: nested(200_000) };
      expect([path, parse(input).ok]).toEqual([path, type.startsWith('object') && last !== 'detail']);
    }
  });

  test.each(HOSTILE)('%s in the place of the input or of any field is refused or not looked at, without an exception', (_name, make) => {
    const sound = (result: ReturnType<typeof parse>): boolean =>
      result.ok || (result.error.issues.length > 0 && !JSON.stringify(result.error).includes('x7Qz'));
    expect(sound(parse(make()))).toBe(true);
    for (const { path, type } of fields) {
      const result = parse(withPlace(whole(), path, { value: make() }));
      expect([path, sound(result)]).toEqual([path, true]);
      if (!type.startsWith('object')) expect([path, result.ok]).toEqual([path, false]);
    }
  });

  test('a getter that throws is an issue at its own path', () => {
    for (const { path } of fields) {
      const result = parse(withPlace(whole(), path, { get: throwing }));
      expect(result.ok ? [] : result.error.issues.map((issue) => [issue.path, issue.found])).toContainEqual([
        writtenPath(path),
        'unreadable',
      ]);
    }
  });

  test('a Proxy that fails after any number of reads, at the first look or the second, gives a result', () => {
    for (let reads = 0; reads < 40; reads += 1) expect(parse(failingAfter(reads, whole()))).toHaveProperty('ok');
  });

  test('properties are read in proportion to the items, not to what they hold', () => {
    const reads = (input: Loose): number => {
      let count = 0;
      const counted = (value: Loose): Loose => {
        if (typeof value !== 'object' || value === null) return value;
        return new Proxy(value, {
          get: (target, key) => {
            count += 1;
            return counted(target[key]);
          },
        });
      };
      expect(parse(counted(input)).ok).toBe(true);
      return count;
    };
    const plain = reads(whole());
    expect(plain).toBeLessThan(500);
    const stuffed = Object.assign(whole(), { stuffing: Array(10_000).fill({ more: nested(10) }) });
    expect(reads(stuffed)).toBe(plain);
  });
});

test('a hundred times the resources are no more than a hundred times the reads, in two passes', () => {
  const reads = (count: number, value: unknown): number => {
    let seen = 0;
    const get = (target: Loose, key: string | symbol): Loose => {
      seen += 1;
      return target[key];
    };
    const item = new Proxy({ name: 'CPU', integerValue: value }, { get });
    const event = containerInstanceEvent();
    event.detail.registeredResources = Array(count).fill(item);
    parseContainerInstanceStateChange(event);
    return seen;
  };
  expect(reads(1_000, 1)).toBe(100 * reads(10, 1));
  expect(reads(1_000, 'x')).toBeLessThan(100 * reads(10, 'x'));
});

test('a deeply frozen event is accepted', () => {
  const freeze = (value: Loose): Loose => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  expect(parseContainerInstanceStateChange(freeze(containerInstanceEvent())).ok).toBe(true);
});

test.each([undefined, Symbol('tide'), 1n, () => 1, new Date(0), new Map(), Object.create(null)])(
  'what is not JSON is refused: %#',
  (value) => {
    expect(parseContainerInstanceStateChange(value).ok).toBe(false);
    expect(parseEnvelope(value).ok).toBe(false);
  },
);

test('a property set to undefined, which JSON cannot say, is not a missing one', () => {
  const event = containerInstanceEvent();
  event.detail.ec2InstanceId = undefined;
  expect(parseContainerInstanceStateChange(event)).toMatchObject({
    error: { issues: [{ path: 'detail.ec2InstanceId', found: 'undefined' }] },
  });
});
