import { type Host, type HostsNeededRequest, type HostType, hostsNeeded, parsePlacementExpression, type Task } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const ROOM = resources(1000, 1000);
const TYPE: HostType = { name: 'new', resources: ROOM };
const disk = (amount: number) => [{ name: 'disk', amount }];
const on = (name: string, others: Partial<Task> = {}): Task => ({
  taskArn: `on-${name}`,
  containerInstanceArn: arnOf(name),
  lastStatus: 'RUNNING',
  daemon: false,
  size: taskSize(600, 600),
  ...others,
});
const running = (name: string, others: Partial<Host> = {}): Host =>
  host(name, { registered: ROOM, remaining: resources(400, 400), ...others });

describe('the packing told', () => {
  it('puts hosts that are filled alike together, most hosts first, and then by what they hold', () => {
    const waiting = [
      { size: taskSize(600, 1, { name: 'c' }), tasks: 2 },
      { size: taskSize(700, 1, { name: 'b' }), tasks: 2 },
      { size: taskSize(800, 1, { name: 'a' }), tasks: 3 },
      { size: taskSize(900, 1, { name: 'd' }), tasks: 1 },
    ];
    const { packing, byType } = hostsNeeded({ hostTypes: [{ ...TYPE, name: 'unused', cost: 9 }, TYPE], waiting });
    expect(packing).toEqual([
      { hostType: 'new', hosts: 3, tasks: [{ name: 'a', copies: 1 }] },
      { hostType: 'new', hosts: 2, tasks: [{ name: 'b', copies: 1 }] },
      { hostType: 'new', hosts: 2, tasks: [{ name: 'c', copies: 1 }] },
      { hostType: 'new', hosts: 1, tasks: [{ name: 'd', copies: 1 }] },
    ]);
    expect(byType).toEqual([
      { hostType: 'unused', hosts: 0 },
      { hostType: 'new', hosts: 8 },
    ]);
  });

  it('says what keeps tasks off every type, in the order reasons are told in', () => {
    const gpus = { ...TYPE, name: 'gpus', resources: resources(1, 1, { gpus: 4 }) };
    const size = taskSize(2, 2000, { gpus: 1, requiredAttributes: [{ name: 'ssd' }] });
    const { unplaceable, hosts, lowerBound, gap } = hostsNeeded({ hostTypes: [TYPE, gpus], waiting: [{ size, tasks: 2 }] });
    expect(unplaceable).toEqual([{ name: 'web', tasks: 2, reasons: ['CPU', 'MEMORY', 'GPU', 'ATTRIBUTE'] }]);
    expect([hosts, lowerBound, gap]).toEqual([0, { hosts: 0, cost: 0 }, 0]);
  });

  it('says nothing of reasons where one type would take the task, and hosts ran out', () => {
    const answer = hostsNeeded({
      hostTypes: [{ ...TYPE, name: 'tiny', resources: resources(1, 1), cost: 1 }, TYPE],
      waiting: [
        { size: taskSize(600, 600), tasks: 10_001 },
        { size: taskSize(300, 300, { name: 'rest' }), tasks: 3 },
      ],
    });
    expect(answer.unplaceable).toEqual([{ name: 'web', tasks: 1, reasons: [] }]);
    // The bound is of what is packed, and not of what is left over.
    expect(answer).toMatchObject({ hosts: 10_000, cost: 10_000, lowerBound: { hosts: 10_000, cost: 10_000 }, gap: 0 });
  });

  it('names a gap as a fraction of the bound', () => {
    // Seven of 300 fit three a host in CPU, and so do seven of memory; together two of each: more than the bound of each by itself.
    const waiting = [
      { size: taskSize(260, 340, { name: 'a' }), tasks: 3 },
      { size: taskSize(340, 260, { name: 'b' }), tasks: 3 },
    ];
    const { hosts, cost, lowerBound, gap } = hostsNeeded({ hostTypes: [{ ...TYPE, cost: 7 }], waiting });
    expect(cost).toBe(7 * hosts);
    expect(gap).toBe((cost - lowerBound.cost) / lowerBound.cost);
  });

  it.each([undefined, 1, Number.NaN, Number.POSITIVE_INFINITY, 0, -3, Number.MIN_VALUE, 0.9e-9, 1.1e12, 1e308])(
    'counts a cost of %p as one',
    (cost) => {
      const type = cost === undefined ? TYPE : { ...TYPE, cost };
      const answer = hostsNeeded({ hostTypes: [type], waiting: [{ size: taskSize(600, 1), tasks: 3 }] });
      expect(answer).toMatchObject({ hosts: 3, cost: 3, lowerBound: { hosts: 3, cost: 3 }, gap: 0 });
    },
  );

  it.each([0.5, 2, 1e-9, 1e12])('counts a cost of %p', (cost) => {
    const answer = hostsNeeded({ hostTypes: [{ ...TYPE, cost }], waiting: [{ size: taskSize(600, 1), tasks: 3 }] });
    expect(answer).toMatchObject({ hosts: 3, cost: 3 * cost, lowerBound: { hosts: 3, cost: 3 * cost } });
  });

  it('knows a new host by its attributes, which it has none of unless told', () => {
    const picky = (text: string) => {
      const expression = parsePlacementExpression(text);
      if (!expression.ok) throw new TypeError(expression.error.message);
      return [{ size: taskSize(1, 1, { placementConstraints: [{ type: 'memberOf' as const, expression: expression.value }] }), tasks: 1 }];
    };
    const waiting = picky('attribute:ecs.instance-type == m5.large');
    const attributes = [{ name: 'ecs.instance-type', value: 'm5.large' }];
    expect(hostsNeeded({ hostTypes: [{ ...TYPE, attributes }], waiting }).hosts).toBe(1);
    expect(hostsNeeded({ hostTypes: [TYPE], waiting }).unplaceable).toHaveLength(1);
    expect(hostsNeeded({ hostTypes: [TYPE], waiting: picky('not(attribute:ecs.instance-type exists)') }).hosts).toBe(1);
  });

  it('is of hosts by their number where that is what the lower bound of hosts is asked for', () => {
    const types = [
      { ...TYPE, cost: 1 },
      { name: 'large', resources: resources(4000, 4000), cost: 10 },
    ];
    const answer = hostsNeeded({ hostTypes: types, waiting: [{ size: taskSize(1000, 1000), tasks: 4 }] });
    expect(answer).toMatchObject({ hosts: 4, cost: 4, lowerBound: { hosts: 1, cost: 4 }, gap: 0 });
  });
});

describe('what must be packed', () => {
  const pack = (request: Omit<HostsNeededRequest, 'hostTypes'>) => hostsNeeded({ hostTypes: [TYPE], ...request });

  it('is every task that runs somewhere, but for those on the hosts that stay', () => {
    expect(pack({ tasks: [on('a'), on('b'), on('b', { daemon: true })] })).toMatchObject({ hosts: 2, precision: 'exact' });
    expect(pack({ tasks: [on('a'), on('b')], existing: [running('a')] }).hosts).toBe(1);
    expect(pack({ tasks: [on('a'), on('b')], existing: [running('a'), running('b')] }).hosts).toBe(0);
    expect(pack({ tasks: [on('a', { lastStatus: 'STOPPED' })] }).hosts).toBe(0);
    expect(pack({ tasks: [on('a', { launchType: 'FARGATE' })] }).hosts).toBe(0);
  });

  it('is what runs on hosts that are to go, whatever state they are in', () => {
    for (const status of ['ACTIVE', 'DRAINING', 'INACTIVE'])
      expect(pack({ tasks: [on('a')], replaced: [running('a', { status })] })).toMatchObject({ hosts: 1, precision: 'exact' });
    // One that still registers itself gives no room, and what is said to run there stays.
    expect(pack({ tasks: [on('a')], replaced: [running('a', { status: 'REGISTERING' })] }).hosts).toBe(0);
  });

  it('is what is in use there as one task of each host, where no tasks are known', () => {
    const replaced = [running('a'), running('b'), running('c', { registered: { ...ROOM, others: disk(1) } })];
    const answer = pack({ replaced });
    expect(answer).toMatchObject({
      hosts: 2,
      precision: 'estimate',
      unknown: ['RUNNING_TASKS_UNKNOWN', 'WAITING_TASKS_UNKNOWN'],
      unplaceable: [{ name: `tasks on ${arnOf('c')}`, tasks: 1, reasons: ['RESOURCE:disk'] }],
    });
    expect(answer.packing.map(({ hosts, tasks }) => [hosts, tasks.map(({ name }) => name)])).toEqual([
      [1, [`tasks on ${arnOf('a')}`]],
      [1, [`tasks on ${arnOf('b')}`]],
    ]);
  });

  it('is unknown where a task waits of which nothing is known', () => {
    const waits = on('a', { lastStatus: 'PROVISIONING', size: taskSize(0, 0), sizeUnknown: true });
    const { containerInstanceArn: _, ...nowhere } = waits;
    expect(pack({ tasks: [nowhere] })).toMatchObject({ precision: 'estimate', unknown: ['RUNNING_TASKS_UNKNOWN'] });
  });

  it('is unknown where a task runs on a host that is not given, and its record does not tell what it takes', () => {
    const runs = on('a', { size: taskSize(0, 0), sizeUnknown: true });
    expect(pack({ tasks: [runs] })).toMatchObject({ precision: 'estimate', unknown: ['RUNNING_TASKS_UNKNOWN'] });
    expect(pack({ tasks: [{ ...runs, lastStatus: 'STOPPED' }] })).toMatchObject({ hosts: 0, precision: 'exact' });
    expect(pack({ tasks: [{ ...runs, daemon: true }] })).toMatchObject({ hosts: 0, precision: 'exact' });
    // It stays on a host that exists, and what it takes of one that goes is what that one has in use.
    expect(pack({ tasks: [runs], existing: [running('a')] })).toMatchObject({ hosts: 0, precision: 'exact' });
  });

  it('beside hosts that exist goes there first, and costs nothing', () => {
    const waiting = [
      { size: taskSize(400, 400, { name: 'a' }), tasks: 2 },
      { size: taskSize(600, 600, { name: 'b' }), tasks: 1 },
    ];
    expect(pack({ tasks: [on('a')], existing: [running('a')], waiting })).toMatchObject({
      hosts: 1,
      cost: 1,
      lowerBound: { hosts: 1 },
      gap: 0,
    });
    // What no type takes has only the hosts that exist, and goes before what would fit there and elsewhere.
    const special = [
      { size: taskSize(300, 300, { name: 'both' }), tasks: 3 },
      { size: taskSize(200, 200, { name: 'only', others: disk(1) }), tasks: 1 },
    ];
    const withDisk = host('d', { registered: { ...resources(1000, 1000), others: disk(1) } });
    expect(pack({ tasks: [], existing: [withDisk], waiting: special })).toMatchObject({ hosts: 1, unplaceable: [] });
  });
});
