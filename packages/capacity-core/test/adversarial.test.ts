import { exactCapacity, fit, type HostError, isEligible, readHost, readTaskSize, readTaskSizes, type TaskSizeError } from '../src/index.js';
import { recordOf } from './helpers/container-instance-record.js';
import { host, resources, taskSize } from './helpers/synthetic-hosts.js';

const RECORD = recordOf(host('a'));
const CPU = { name: 'CPU', type: 'INTEGER', integerValue: 1024 };
const SIZE = { name: 'web', cpuUnits: 250, memoryMiB: 400 };

/** A record with the given resources remaining. */
function withRemaining(...remainingResources: readonly unknown[]): unknown {
  return { ...RECORD, remainingResources };
}

/** What is read of the resources that remain. */
function readRemaining(...remainingResources: readonly unknown[]): unknown {
  const result = readHost(withRemaining(...remainingResources));
  return result.ok ? result.value.remaining : result.error;
}

/** Text as it comes off the wire: keys such as `__proto__` are keys like any other. */
function fromJson(text: string): unknown {
  return JSON.parse(text);
}

describe('a record that is refused', () => {
  type Case = readonly [title: string, record: unknown, code: HostError['code'], path: string];
  const sparse = Array<unknown>(2);
  const cases: readonly Case[] = [
    ['null', null, 'WRONG_TYPE', ''],
    ['a list of records', [RECORD], 'WRONG_TYPE', ''],
    ['text', JSON.stringify(RECORD), 'WRONG_TYPE', ''],
    ['nothing', {}, 'MISSING_FIELD', 'containerInstanceArn'],
    ['empty ARN', { ...RECORD, containerInstanceArn: '' }, 'WRONG_TYPE', 'containerInstanceArn'],
    ['no status', { ...RECORD, status: undefined }, 'MISSING_FIELD', 'status'],
    ['status null', { ...RECORD, status: null }, 'WRONG_TYPE', 'status'],
    ['agentConnected as text', { ...RECORD, agentConnected: 'true' }, 'WRONG_TYPE', 'agentConnected'],
    ['version as text', { ...RECORD, version: '3' }, 'WRONG_TYPE', 'version'],
    ['version null', { ...RECORD, version: null }, 'WRONG_TYPE', 'version'],
    ['version negative', { ...RECORD, version: -1 }, 'OUT_OF_RANGE', 'version'],
    ['version fractional', { ...RECORD, version: 1.5 }, 'OUT_OF_RANGE', 'version'],
    ['version 2^53, from where numbers collide', { ...RECORD, version: 2 ** 53 }, 'OUT_OF_RANGE', 'version'],
    ['no remaining resources', { ...RECORD, remainingResources: undefined }, 'MISSING_FIELD', 'remainingResources'],
    ['no registered resources', { ...RECORD, registeredResources: undefined }, 'MISSING_FIELD', 'registeredResources'],
    ['resources as an object', { ...RECORD, remainingResources: { CPU } }, 'WRONG_TYPE', 'remainingResources'],
    ['resources with a hole', { ...RECORD, remainingResources: sparse }, 'WRONG_TYPE', 'remainingResources[0]'],
    ['a resource without a name', withRemaining({ type: 'INTEGER' }), 'WRONG_TYPE', 'remainingResources[0].name'],
    ['a resource listed twice', withRemaining(CPU, CPU), 'DUPLICATE_RESOURCE', 'remainingResources[CPU]'],
    [
      '__proto__ listed twice',
      withRemaining({ name: '__proto__' }, { name: '__proto__' }),
      'DUPLICATE_RESOURCE',
      'remainingResources[__proto__]',
    ],
    ['CPU as text', withRemaining({ ...CPU, integerValue: '1024' }), 'WRONG_TYPE', 'remainingResources[CPU].integerValue'],
    ['CPU null', withRemaining({ ...CPU, integerValue: null }), 'WRONG_TYPE', 'remainingResources[CPU].integerValue'],
    ['CPU NaN', withRemaining({ ...CPU, integerValue: Number.NaN }), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU Infinity', withRemaining({ ...CPU, integerValue: Infinity }), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU -Infinity', withRemaining({ ...CPU, integerValue: -Infinity }), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU over every number', fromJson(recordText('1e400')), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU negative', withRemaining({ ...CPU, integerValue: -1 }), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU above 32 bits', withRemaining({ ...CPU, integerValue: 2 ** 31 }), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU 2^53', withRemaining({ ...CPU, integerValue: 2 ** 53 }), 'OUT_OF_RANGE', 'remainingResources[CPU].integerValue'],
    ['CPU under another type', withRemaining({ ...CPU, type: 'LONG' }), 'MISSING_FIELD', 'remainingResources[CPU].longValue'],
    ['CPU of unknown type', withRemaining({ ...CPU, type: 'integer' }), 'WRONG_TYPE', 'remainingResources[CPU].type'],
    ['CPU of type __proto__', withRemaining({ ...CPU, type: '__proto__' }), 'WRONG_TYPE', 'remainingResources[CPU].type'],
    ['CPU of type constructor', withRemaining({ ...CPU, type: 'constructor' }), 'WRONG_TYPE', 'remainingResources[CPU].type'],
    ['CPU of type null', withRemaining({ ...CPU, type: null }), 'WRONG_TYPE', 'remainingResources[CPU].type'],
    ['CPU with neither type nor value', withRemaining({ name: 'CPU' }), 'WRONG_TYPE', 'remainingResources[CPU].type'],
    ['half a GPU', withRemaining({ name: 'GPU', doubleValue: 0.5 }), 'OUT_OF_RANGE', 'remainingResources[GPU]'],
    [
      'ports as an amount',
      withRemaining({ name: 'PORTS', type: 'INTEGER', integerValue: 80 }),
      'WRONG_TYPE',
      'remainingResources[PORTS].type',
    ],
    ['ports as numbers', withRemaining(portSet([80])), 'WRONG_TYPE', 'remainingResources[PORTS].stringSetValue'],
    [
      'ports as one text',
      withRemaining({ ...portSet([]), stringSetValue: '80' }),
      'WRONG_TYPE',
      'remainingResources[PORTS].stringSetValue',
    ],
    ['ports with a hole', withRemaining(portSet(sparse)), 'WRONG_TYPE', 'remainingResources[PORTS].stringSetValue'],
    ['port 65536', withRemaining(portSet(['65536'])), 'OUT_OF_RANGE', 'remainingResources[PORTS].stringSetValue'],
    ['port 1e3', withRemaining(portSet(['1e3'])), 'OUT_OF_RANGE', 'remainingResources[PORTS].stringSetValue'],
    ['port 0x50', withRemaining(portSet(['0x50'])), 'OUT_OF_RANGE', 'remainingResources[PORTS].stringSetValue'],
    ['port -1', withRemaining(portSet(['-1'])), 'OUT_OF_RANGE', 'remainingResources[PORTS].stringSetValue'],
    ['a range of ports', withRemaining(portSet(['80-90'])), 'OUT_OF_RANGE', 'remainingResources[PORTS].stringSetValue'],
    ['an empty port', withRemaining(portSet([''])), 'OUT_OF_RANGE', 'remainingResources[PORTS].stringSetValue'],
    [
      'GPU ids with a hole',
      withRemaining({ name: 'GPU', type: 'STRINGSET', stringSetValue: sparse }),
      'WRONG_TYPE',
      'remainingResources[GPU].stringSetValue',
    ],
    ['fields inherited', Object.create(RECORD), 'MISSING_FIELD', 'containerInstanceArn'],
    ['a resource whose fields are inherited', withRemaining(Object.create(CPU)), 'WRONG_TYPE', 'remainingResources[0].name'],
    [
      'a value that is inherited',
      withRemaining(inheriting({ integerValue: 9000 }, { name: 'CPU', type: 'INTEGER' })),
      'MISSING_FIELD',
      'remainingResources[CPU].integerValue',
    ],
    ['fields under a __proto__ key', fromJson(`{"__proto__": ${JSON.stringify(RECORD)}}`), 'MISSING_FIELD', 'containerInstanceArn'],
  ];

  it.each(cases)('%s', (_title, record, code, path) => {
    const result = readHost(record);
    expect(result).toMatchObject({ ok: false, error: { code, path } });
    expect(result.ok ? '' : result.error.message).toContain(path);
  });
});

function portSet(stringSetValue: readonly unknown[]): object {
  return { name: 'PORTS', type: 'STRINGSET', stringSetValue };
}

function inheriting(inherited: object, own: object): object {
  return Object.assign(Object.create(inherited) as object, own);
}

function recordText(cpu: string): string {
  return JSON.stringify(withRemaining({ ...CPU, integerValue: 'CPU_HERE' })).replace('"CPU_HERE"', cpu);
}

describe('a record that is read', () => {
  const NONE = resources(0, 0);

  it('with empty lists has nothing', () => {
    expect(readRemaining()).toStrictEqual(NONE);
    expect(readRemaining(portSet([]), { name: 'PORTS_UDP', type: 'STRINGSET' })).toStrictEqual(NONE);
    // Some serialisers write an empty set as null.
    expect(readRemaining({ name: 'PORTS', type: 'STRINGSET', stringSetValue: null })).toStrictEqual(NONE);
  });

  it('takes the value its type names, and the other value fields for what they are: filling', () => {
    expect(readRemaining({ ...CPU, longValue: 7, doubleValue: 8 })).toStrictEqual(resources(1024, 0));
    expect(readRemaining({ name: 'CPU', type: 'LONG', integerValue: 7, longValue: 512, doubleValue: 8 })).toStrictEqual(resources(512, 0));
    expect(readRemaining({ name: 'CPU', type: 'DOUBLE', integerValue: 7, longValue: 8, doubleValue: 0.5 })).toStrictEqual(
      resources(0.5, 0),
    );
    expect(readRemaining({ name: 'MEMORY', integerValue: 993 })).toStrictEqual(resources(0, 993));
    expect(readRemaining({ name: 'MEMORY', doubleValue: 99.5 })).toStrictEqual(resources(0, 99.5));
  });

  it('counts GPUs listed as a set of ids, each once, or as a number', () => {
    expect(readRemaining({ name: 'GPU', type: 'STRINGSET', stringSetValue: ['GPU-1', 'GPU-2', 'GPU-1'] })).toStrictEqual({
      ...NONE,
      gpus: 2,
    });
    expect(readRemaining({ name: 'GPU', type: 'INTEGER', integerValue: 4 })).toStrictEqual({ ...NONE, gpus: 4 });
    expect(readRemaining({ name: 'GPU', stringSetValue: ['GPU-1'] })).toStrictEqual({ ...NONE, gpus: 1 });
  });

  it('has 0 where it says -0', () => {
    expect(readRemaining({ ...CPU, integerValue: -0 }, { name: 'GPU', type: 'INTEGER', integerValue: -0 })).toStrictEqual(NONE);
    expect(readHost({ ...RECORD, version: -0 })).toMatchObject({ ok: true, value: { version: 0 } });
    expect(Object.is(fit(resources(0, 0), taskSize()).copies, 0)).toBe(true);
  });

  it('keeps the highest port and the greatest amount', () => {
    expect(readRemaining(portSet(['0', '65535']), { ...CPU, integerValue: 2 ** 31 - 1 })).toStrictEqual({
      ...resources(2 ** 31 - 1, 0),
      takenTcpPorts: [0, 65_535],
    });
  });

  it('is not fooled by names that every object has', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'cpu', 'CPU '];
    const others = [...names].sort().map((name) => ({ name, amount: 1024 }));
    expect(readRemaining(...names.map((name) => ({ ...CPU, name })))).toStrictEqual({ ...NONE, others });
    expect(readHost(fromJson(`{"__proto__": {"status": "INACTIVE"}, ${JSON.stringify(RECORD).slice(1)}`))).toStrictEqual({
      ok: true,
      value: host('a'),
    });
  });

  it('keeps what names its cluster and its instance when they are text, and goes without them otherwise', () => {
    const named = { clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/shop', ec2InstanceId: 'mi-0123456789abcdef0' };
    expect(readHost({ ...RECORD, ...named })).toStrictEqual({ ok: true, value: { ...host('a'), ...named } });
    expect(readHost({ ...RECORD, clusterArn: null, ec2InstanceId: 1 })).toStrictEqual({ ok: true, value: host('a') });
  });

  it('has version 0 when it has none, so that any numbered record is newer', () => {
    const { version: _, ...unnumbered } = RECORD;
    expect(readHost(unnumbered)).toMatchObject({ ok: true, value: { version: 0 } });
  });

  it.each([
    ['ACTIVE', true],
    ['DRAINING', false],
    ['REGISTERING', false],
    ['DEREGISTERING', false],
    ['REGISTRATION_FAILED', false],
    ['INACTIVE', false],
    ['active', false],
    ['', false],
    ['SOMETHING_NEW', false],
  ])('passes status %j through and may then take tasks: %s', (status, eligible) => {
    const result = readHost({ ...RECORD, status });
    expect(result.ok && [result.value.status, isEligible(result.value)]).toEqual([status, eligible]);
  });

  it('may take no tasks while its agent is away', () => {
    const result = readHost({ ...RECORD, agentConnected: false });
    expect(result.ok && isEligible(result.value)).toBe(false);
  });
});

it('an error stays short whatever the record holds', () => {
  const long = 'x'.repeat(1_000_000);
  const records = [
    { ...RECORD, containerInstanceArn: long, status: 1 },
    withRemaining({ name: long }, { name: long }),
    withRemaining({ ...CPU, type: long }),
    withRemaining(portSet([long])),
  ];
  for (const record of records) {
    const result = readHost(record);
    expect(result.ok ? Number.NaN : result.error.message.length + result.error.path.length).toBeLessThan(1000);
  }
  for (const size of [
    { ...SIZE, name: long },
    { ...SIZE, [long]: 1 },
    { ...SIZE, cpuUnits: long },
  ]) {
    const result = readTaskSize(size);
    expect(result.ok ? Number.NaN : result.error.message.length + result.error.path.length).toBeLessThan(1000);
  }
});

describe('a task size that is refused', () => {
  type Case = readonly [title: string, size: unknown, code: TaskSizeError['code'], path: string];
  const cases: readonly Case[] = [
    ['null', null, 'WRONG_TYPE', ''],
    ['a list', [SIZE], 'WRONG_TYPE', ''],
    ['no name', { cpuUnits: 250, memoryMiB: 400 }, 'WRONG_TYPE', 'name'],
    ['empty name', { ...SIZE, name: '' }, 'INVALID_NAME', 'name'],
    ['name with a space', { ...SIZE, name: 'a b' }, 'INVALID_NAME', 'name'],
    ['name with a line break at its end', { ...SIZE, name: 'web\n' }, 'INVALID_NAME', 'name'],
    ['name of 256 letters', { ...SIZE, name: 'x'.repeat(256) }, 'INVALID_NAME', 'name'],
    ['no CPU', { name: 'web', memoryMiB: 400 }, 'WRONG_TYPE', 'cpuUnits'],
    ['CPU as text', { ...SIZE, cpuUnits: '250' }, 'WRONG_TYPE', 'cpuUnits'],
    ['CPU null', { ...SIZE, cpuUnits: null }, 'WRONG_TYPE', 'cpuUnits'],
    ['CPU NaN', { ...SIZE, cpuUnits: Number.NaN }, 'OUT_OF_RANGE', 'cpuUnits'],
    ['CPU Infinity', { ...SIZE, cpuUnits: Infinity }, 'OUT_OF_RANGE', 'cpuUnits'],
    ['CPU negative', { ...SIZE, cpuUnits: -1 }, 'OUT_OF_RANGE', 'cpuUnits'],
    ['CPU fractional', { ...SIZE, cpuUnits: 0.5 }, 'OUT_OF_RANGE', 'cpuUnits'],
    ['memory 2^53', { ...SIZE, memoryMiB: 2 ** 53 }, 'OUT_OF_RANGE', 'memoryMiB'],
    ['half a GPU', { ...SIZE, gpus: 0.5 }, 'OUT_OF_RANGE', 'gpus'],
    ['ports as one number', { ...SIZE, tcpPorts: 80 }, 'WRONG_TYPE', 'tcpPorts'],
    ['a port as text', { ...SIZE, tcpPorts: [80, '81'] }, 'WRONG_TYPE', 'tcpPorts[1]'],
    ['port 0, which is no fixed port', { ...SIZE, tcpPorts: [0] }, 'OUT_OF_RANGE', 'tcpPorts[0]'],
    ['port 65536', { ...SIZE, udpPorts: [65_536] }, 'OUT_OF_RANGE', 'udpPorts[0]'],
    ['port NaN', { ...SIZE, udpPorts: [Number.NaN] }, 'OUT_OF_RANGE', 'udpPorts[0]'],
    ['a port twice', { ...SIZE, tcpPorts: [80, 443, 80] }, 'DUPLICATE', 'tcpPorts[2]'],
    ['ports with a hole', { ...SIZE, tcpPorts: Array<number>(1) }, 'WRONG_TYPE', 'tcpPorts[0]'],
    ['a misspelt field', { ...SIZE, memoryMib: 400 }, 'UNKNOWN_FIELD', 'memoryMib'],
    [
      'a __proto__ key',
      fromJson('{"__proto__": {"gpus": 1}, "name": "web", "cpuUnits": 250, "memoryMiB": 400}'),
      'UNKNOWN_FIELD',
      '__proto__',
    ],
    ['a constructor key', { ...SIZE, constructor: 1 }, 'UNKNOWN_FIELD', 'constructor'],
    ['fields inherited', Object.create(SIZE), 'WRONG_TYPE', 'name'],
    ['no demand at all', { name: 'web', cpuUnits: 0, memoryMiB: 0 }, 'NO_DEMAND', ''],
    ['no demand, below zero', { name: 'web', cpuUnits: -0, memoryMiB: -0, tcpPorts: [] }, 'NO_DEMAND', ''],
  ];

  it.each(cases)('%s', (_title, size, code, path) => {
    expect(readTaskSize(size)).toMatchObject({ ok: false, error: { code, path } });
  });

  it('in a list, with its place in the list', () => {
    expect(readTaskSizes({})).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE', path: 'taskSizes' } });
    expect(readTaskSizes([])).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE', path: 'taskSizes' } });
    expect(readTaskSizes(Array(1))).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE', path: 'taskSizes[0]' } });
    expect(readTaskSizes([SIZE, SIZE])).toMatchObject({ ok: false, error: { code: 'DUPLICATE', path: 'taskSizes[1].name' } });
    expect(readTaskSizes([SIZE, { ...SIZE, name: 'b', tcpPorts: [0] }])).toMatchObject({
      ok: false,
      error: { path: 'taskSizes[1].tcpPorts[0]' },
    });
  });
});

describe('a task size that is read', () => {
  it('may leave out GPUs and ports, and has 0 where it says -0', () => {
    expect(readTaskSize(SIZE)).toStrictEqual({ ok: true, value: taskSize() });
    expect(readTaskSize({ ...SIZE, cpuUnits: -0, gpus: -0 })).toStrictEqual({ ok: true, value: taskSize(0, 400) });
    expect(readTaskSize({ ...SIZE, gpus: undefined, tcpPorts: null })).toStrictEqual({ ok: true, value: taskSize() });
  });

  it('keeps nothing of the list it was given', () => {
    const tcpPorts = [80];
    const result = readTaskSize({ ...SIZE, tcpPorts });
    tcpPorts.push(443);
    expect(result).toMatchObject({ ok: true, value: { tcpPorts: [80] } });
  });
});

it('amounts at their greatest add up without losing a task, in any order of 5,000 hosts', () => {
  const greatest = host('great', { registered: resources(2 ** 31 - 1, 1) });
  const one = host('one', { registered: resources(1, 1) });
  const hosts = [one, ...Array.from({ length: 4998 }, () => greatest), one];
  expect(exactCapacity(hosts, [taskSize(1, 0)]).containerCapacity).toBe(4998 * (2 ** 31 - 1) + 2);
});
