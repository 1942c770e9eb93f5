import fc from 'fast-check';
import {
  exactCapacity,
  fits,
  type Host,
  placementContext,
  readHost,
  readTask,
  readTaskDefinition,
  readTaskSize,
  roomOf,
  type TaskSize,
  type TaskSizeError,
} from '../src/index.js';
import { recordOf } from './helpers/container-instance-record.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { check } from './helpers/property.js';
import { host, resources, taskSize } from './helpers/synthetic-hosts.js';

const SIZE = { name: 'web', cpuUnits: 250, memoryMiB: 400 };
const RECORD = recordOf(host('a'));

describe('a task size that is refused', () => {
  const others = (...list: readonly unknown[]): object => ({ others: list });
  const constraints = (...list: readonly unknown[]): object => ({ placementConstraints: list });
  it.each<[TaskSizeError['code'], string, object]>([
    ['WRONG_TYPE', 'networkMode', { networkMode: 'AWSVPC' }],
    ['WRONG_TYPE', 'networkMode', { networkMode: '' }],
    ['WRONG_TYPE', 'networkMode', { networkMode: 7 }],
    ['WRONG_TYPE', 'others', { others: {} }],
    ['WRONG_TYPE', 'others[0]', others(null)],
    ['WRONG_TYPE', 'others[0].name', others({ amount: 1 })],
    ['INVALID_NAME', 'others[0].name', others({ name: '', amount: 1 })],
    ['INVALID_NAME', 'others[0].name', others({ name: 'CPU', amount: 1 })],
    ['DUPLICATE', 'others[1].name', others({ name: '__proto__', amount: 1 }, { name: '__proto__', amount: 2 })],
    ['WRONG_TYPE', 'others[0].amount', others({ name: 'X' })],
    ['WRONG_TYPE', 'others[0].amount', others({ name: 'X', amount: '1' })],
    ['OUT_OF_RANGE', 'others[0].amount', others({ name: 'X', amount: -1 })],
    ['OUT_OF_RANGE', 'others[0].amount', others({ name: 'X', amount: Number.NaN })],
    ['OUT_OF_RANGE', 'others[0].amount', others({ name: 'X', amount: Number.POSITIVE_INFINITY })],
    ['OUT_OF_RANGE', 'others[0].amount', others({ name: 'X', amount: 1e300 })],
    ['OUT_OF_RANGE', 'others[0].amount', others({ name: 'X', amount: Number.MIN_VALUE })],
    ['OUT_OF_RANGE', 'others[0].amount', others({ name: 'X', amount: 0.0099 })],
    ['WRONG_TYPE', 'requiredAttributes', { requiredAttributes: 'x' }],
    ['WRONG_TYPE', 'requiredAttributes[0]', { requiredAttributes: ['x'] }],
    ['WRONG_TYPE', 'requiredAttributes[0].name', { requiredAttributes: [{ name: '' }] }],
    ['WRONG_TYPE', 'requiredAttributes[0].value', { requiredAttributes: [{ name: 'x', value: 1 }] }],
    ['WRONG_TYPE', 'placementConstraints', { placementConstraints: {} }],
    ['WRONG_TYPE', 'placementConstraints[0]', constraints('distinctInstance')],
    ['WRONG_TYPE', 'placementConstraints[0].type', constraints({ type: 'toString' })],
    ['WRONG_TYPE', 'placementConstraints[0].expression', constraints({ type: 'memberOf' })],
    ['INVALID_EXPRESSION', 'placementConstraints[0].expression', constraints({ type: 'memberOf', expression: '' })],
    [
      'INVALID_EXPRESSION',
      'placementConstraints[0].expression',
      constraints({ type: 'memberOf', expression: `attribute:${'x'.repeat(2000)} exists` }),
    ],
    ['INVALID_EXPRESSION', 'placementConstraints[0].expression', constraints({ type: 'memberOf', expression: '('.repeat(1000) })],
    ['WRONG_TYPE', 'group', { group: '' }],
    ['WRONG_TYPE', 'group', { group: 'g'.repeat(256) }],
    ['WRONG_TYPE', 'group', { group: null }],
    ['WRONG_TYPE', 'headroom', { headroom: '2' }],
    ['OUT_OF_RANGE', 'headroom', { headroom: -1 }],
    ['OUT_OF_RANGE', 'headroom', { headroom: 0.5 }],
    ['OUT_OF_RANGE', 'headroom', { headroom: Number.NaN }],
    ['OUT_OF_RANGE', 'headroom', { headroom: 2 ** 53 }],
  ])('with %s at %s', (code, path, fields) => {
    const read = readTaskSize({ ...SIZE, ...fields });
    expect(read).toMatchObject({ ok: false, error: { code, path } });
    expect(!read.ok && read.error.message.length).toBeLessThan(400);
  });
});

describe('a task size that is read', () => {
  it('has its other resources sorted, and none of which it asks for 0', () => {
    const others = [
      { name: 'b', amount: 1 },
      { name: 'a', amount: 0.5 },
      { name: 'c', amount: -0 },
    ];
    expect(readTaskSize({ ...SIZE, others })).toMatchObject({
      value: {
        others: [
          { name: 'a', amount: 0.5 },
          { name: 'b', amount: 1 },
        ],
      },
    });
  });

  it('may ask for another resource alone, and has 0 where it says -0', () => {
    const read = readTaskSize({ name: 'x', cpuUnits: 0, memoryMiB: 0, others: [{ name: 'X', amount: 1 }], headroom: -0 });
    expect(read.ok && Object.is(read.value.headroom, 0)).toBe(true);
  });
});

describe('a host', () => {
  it.each([
    ['attributes', { attributes: 'x' }],
    ['attributes[0]', { attributes: [null] }],
    ['attributes[1].name', { attributes: [{ name: 'x' }, {}] }],
    ['attributes[0].value', { attributes: [{ name: 'x', value: {} }] }],
    ['runningTasksCount', { runningTasksCount: '1' }],
    ['pendingTasksCount', { pendingTasksCount: -1 }],
    ['runningTasksCount', { runningTasksCount: Number.NaN }],
  ])('is refused for %s', (path, fields) => {
    expect(readHost({ ...RECORD, ...fields })).toMatchObject({ ok: false, error: { path } });
  });

  it('goes without what tells nothing', () => {
    const read = readHost({ ...RECORD, attributes: null, versionInfo: { agentVersion: 7 }, registeredAt: new Date(Number.NaN) });
    expect(read).toStrictEqual({ ok: true, value: host('a') });
    expect(readHost({ ...RECORD, registeredAt: new Date(1500) })).toMatchObject({ value: { registeredAt: 1.5 } });
    expect(readHost({ ...RECORD, attributes: [{ name: 'x', value: null }] })).toMatchObject({ value: { attributes: [{ name: 'x' }] } });
  });

  it('has an attribute that it names twice, in either value', () => {
    const one = host('a', {
      attributes: [
        { name: 'x', value: '1' },
        { name: 'x', value: '2' },
      ],
    });
    const requires = (value: string): TaskSize => taskSize(1, 1, { requiredAttributes: [{ name: 'x', value }] });
    expect(['1', '2', '3'].map((value) => exactCapacity([one], [requires(value)]).containerCapacity > 0)).toEqual([true, true, false]);
  });

  it('has none of what is named like something every object has', () => {
    const wanted = taskSize(1, 1, { others: [{ name: 'constructor', amount: 1 }] });
    expect(exactCapacity([host('a')], [wanted])).toMatchObject({ containerCapacity: 0, taskSizes: [{ binding: 'RESOURCE:constructor' }] });
  });
});

it('readers of task definitions and tasks never throw, and never change what they read', () => {
  const key = fc.constantFrom(
    'family',
    'taskDefinition',
    'containerDefinitions',
    'cpu',
    'memory',
    'networkMode',
    'portMappings',
    'placementConstraints',
    'taskArn',
    'lastStatus',
    'containers',
    'attachments',
    '__proto__',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.anything(),
      fc.constantFrom('web', 'host', '1 vCPU', 'RUNNING', Number.NaN, -1, 0.5, 2 ** 53),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    ),
  }));
  check(
    fc.property(value, (input) => {
      deepFreeze(input);
      for (const read of [readTaskDefinition(input), readTask(input)]) expect(typeof read.ok).toBe('boolean');
    }),
  );
});

it('amounts that are no numbers count the same in one pass as host by host, and never as room', () => {
  const odd = fc.oneof(fc.nat({ max: 4000 }), fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, -1, -0, 0, 0.5, 1e-300));
  const one: fc.Arbitrary<Host> = fc.tuple(odd, odd, odd).map(([cpuUnits, memoryMiB, gpus]) => {
    const left = resources(cpuUnits, memoryMiB, { gpus });
    return host('a', { registered: left, remaining: left });
  });
  const size = fc
    .tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 50 }), fc.nat({ max: 2 }))
    .map(([cpu, memory, gpus]) => taskSize(cpu, memory, { gpus }));
  check(
    fc.property(fc.array(one, { maxLength: 4 }), size, (hosts, task) => {
      const byHost = hosts.map((each) => fits(roomOf(each, placementContext()), task).copies);
      expect(exactCapacity(hosts, [task]).containerCapacity).toBe(byHost.reduce((sum, copies) => sum + copies, 0));
      expect(byHost.every((copies) => Number.isInteger(copies) && copies >= 0)).toBe(true);
    }),
  );
});
