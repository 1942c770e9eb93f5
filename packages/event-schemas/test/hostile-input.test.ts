import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import { parseEnvelope } from '@plimsoll/event-schemas/envelope';
import { containerInstanceEvent, type Loose, withChange } from './helpers/synthetic-events';

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

test.each([['detail'], ['traceHeader']])('nesting 200,000 deep in %s', (key) => {
  const event = withChange(containerInstanceEvent(), [key], undefined);
  event[key] = nested(200_000);
  expect(parseContainerInstanceStateChange(event).ok).toBe(key !== 'detail');
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
  ['1,000,000 wrong items', Array.from({ length: 1_000_000 }, () => 1)],
  ['as many holes as an array can have', Object.assign([], { length: 2 ** 32 - 1 })],
])('a huge array gives a short error: %s', (_, array) => {
  const event = containerInstanceEvent();
  event.detail.remainingResources = array;
  const result = parseContainerInstanceStateChange(event);
  if (result.ok) throw new TypeError('the event must be refused');
  expect(result.error.issues).toHaveLength(20);
  expect(result.error.issues.at(-1)?.path).toBe('detail.remainingResources[19]');
  expect(result.error.message).toMatch(/; and more$/);
  expect(result.error.message.length).toBeLessThan(2_000);
});

test('exactly 20 issues are not called more', () => {
  const event = containerInstanceEvent();
  event.detail.remainingResources = Array.from({ length: 20 }, () => null);
  const result = parseContainerInstanceStateChange(event);
  expect(!result.ok && result.error.issues.length).toBe(20);
  expect(!result.ok && result.error.message).not.toMatch(/and more/);
});

test('infinities, which JSON spells as 1e999, are refused', () => {
  const event = JSON.parse(JSON.stringify(containerInstanceEvent()).replace('"doubleValue":0.5', '"doubleValue":1e999'));
  expect(parseContainerInstanceStateChange(event)).toMatchObject({
    error: { issues: [{ path: 'detail.remainingResources[1].doubleValue', found: 'non-finite number' }] },
  });
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
