import { type DrainableHostsOptions, drainableHosts, type Host, hostsShort, type PlacementOptions, type Task } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const ROOM = resources(1000, 1000);
const WEB = taskSize(100, 100);
const empty = (name: string, others: Partial<Host> = {}): Host => host(name, { registered: ROOM, ...others });
const task = (others: Partial<Task>): Task => ({
  taskArn: 'task',
  lastStatus: 'RUNNING',
  daemon: false,
  size: WEB,
  group: 'service:web',
  ...others,
});

/** What is to be placed first. */
const unplaced = (tasks: readonly Task[], hosts: readonly Host[] = [empty('a')], options: DrainableHostsOptions = {}) =>
  drainableHosts(hosts, { tasks, ...options }).unplaced;

describe('a task', () => {
  it.each<[string, Partial<Task>, number]>([
    ['PROVISIONING', { lastStatus: 'PROVISIONING' }, 1],
    ['PENDING', { lastStatus: 'PENDING' }, 1],
    ['ACTIVATING', { lastStatus: 'ACTIVATING' }, 0],
    ['RUNNING', {}, 0],
    ['STOPPED', { lastStatus: 'STOPPED' }, 0],
    ['to be stopped', { lastStatus: 'PENDING', desiredStatus: 'STOPPED' }, 0],
    ['that is a daemon', { lastStatus: 'PENDING', daemon: true }, 0],
    ['on Fargate', { lastStatus: 'PENDING', launchType: 'FARGATE' }, 0],
    ['with a host', { lastStatus: 'PENDING', containerInstanceArn: arnOf('a') }, 0],
  ])('that is %s waits: %s', (_, others, waiting) => {
    expect(unplaced([task(others)])).toEqual({ waiting, draining: 0, headroom: 0 });
  });

  it.each<[string, number]>([
    ['ACTIVE', 0],
    ['DRAINING', 1],
    ['DEREGISTERING', 1],
    ['INACTIVE', 1],
    ['REGISTERING', 0],
  ])('on a host that is %s must move: %s', (status, draining) => {
    const on = { containerInstanceArn: arnOf('b') };
    const hosts = [empty('a'), empty('b', { status })];
    expect(unplaced([task(on)], hosts)).toEqual({ waiting: 0, draining, headroom: 0 });
    expect(unplaced([task({ ...on, daemon: true })], hosts).draining).toBe(0);
  });

  it('is one of the headroom for each copy', () => {
    const taskSizes = [
      { ...WEB, headroom: 2 },
      { ...WEB, name: 'api', headroom: 3 },
      { ...WEB, name: 'cron', headroom: 0 },
    ];
    expect(unplaced([], [], { taskSizes, waiting: [{ size: WEB, tasks: 4 }] })).toEqual({ waiting: 4, draining: 0, headroom: 5 });
    expect(unplaced([])).toEqual({ waiting: 0, draining: 0, headroom: 0 });
  });

  it('on a host that is not listed runs there, for those who ask what hosts are short of', () => {
    const tasks = [task({ containerInstanceArn: arnOf('elsewhere') })];
    const type = { name: 'new', resources: ROOM };
    expect(hostsShort([empty('a')], type, { tasks, taskSizes: [{ ...WEB, headroom: 10 }] })).toMatchObject({ hosts: 0, isPacked: true });
    const waiting = [...tasks, task({ lastStatus: 'PENDING' })];
    expect(hostsShort([empty('a')], type, { tasks: waiting, taskSizes: [{ ...WEB, headroom: 10 }] })).toMatchObject({ hosts: 1 });
    expect(hostsShort([empty('a')], type, { tasks: [], taskSizes: [] })).toMatchObject({ precision: 'exact' });
  });
});

describe('what a host has in use that its daemons take', () => {
  const agent = { ...taskSize(100, 50, { name: 'agent' }), group: 'service:agent' };
  const shipper = { ...taskSize(30, 20, { name: 'shipper' }), group: 'service:shipper' };
  const used = (cpuUnits: number, memoryMiB: number, others: Partial<Host> = {}): Host =>
    empty('a', { remaining: resources(1000 - cpuUnits, 1000 - memoryMiB), ...others });
  const isEmpty = (one: Host, options: PlacementOptions): boolean => drainableHosts([one], options).containerInstanceArns.length === 1;

  it.each<[string, Host, boolean]>([
    ['both of them', used(130, 70), true],
    ['both, counted', used(130, 70, { runningTasksCount: 2 }), true],
    ['both, one of them to start', used(130, 70, { runningTasksCount: 1, pendingTasksCount: 1 }), true],
    ['one task counted', used(130, 70, { runningTasksCount: 1 }), false],
    ['three tasks counted', used(130, 70, { runningTasksCount: 3 }), false],
    ['three, one of them to start', used(130, 70, { runningTasksCount: 2, pendingTasksCount: 1 }), false],
    ['more CPU', used(131, 70), false],
    ['more memory', used(130, 71), false],
    ['less CPU', used(129, 70), false],
    ['less memory', used(130, 69), false],
    ['one of them alone', used(100, 50), false],
    ['a port more', empty('a', { remaining: resources(870, 930, { takenTcpPorts: [80] }) }), false],
    ['a GPU more', empty('a', { registered: { ...ROOM, gpus: 1 }, remaining: resources(870, 930) }), false],
    [
      'a resource more',
      empty('a', {
        registered: { ...ROOM, others: [{ name: 'disk', amount: 2 }] },
        remaining: resources(870, 930, { others: [{ name: 'disk', amount: 1 }] }),
      }),
      false,
    ],
  ])('%s: it is empty: %s', (_, one, expected) => {
    expect(isEmpty(one, { daemons: [agent, shipper] })).toBe(expected);
    expect(isEmpty(one, {})).toBe(false);
  });

  it('leaves a draining host nothing to move', () => {
    const leaving = used(100, 50, { status: 'DRAINING', agentConnected: false });
    const kept = (options: PlacementOptions) => drainableHosts([leaving, empty('b')], options).containerInstanceArns;
    expect(kept({ daemons: [agent] })).toEqual([arnOf('b')]);
    expect(kept({ daemons: [shipper] })).toEqual([]);
  });
});

it('a dimension that only a host has is one that its unknown tasks may have taken', () => {
  const disk = (amount: number) => [{ name: 'disk', amount }];
  const uses = empty('a', { registered: { ...ROOM, others: disk(2) }, remaining: { ...ROOM, others: disk(1) } });
  const [with2, without] = [empty('b', { registered: { ...ROOM, others: disk(2) } }), empty('b')];
  const drained = (other: Host) => drainableHosts([uses, other], { staying: new Set([arnOf('b')]) }).containerInstanceArns;
  expect([drained(with2), drained(without)]).toEqual([[arnOf('a')], []]);
  const gpus = empty('a', { registered: { ...ROOM, gpus: 2 }, remaining: { ...ROOM, gpus: 1 } });
  const withGpus = (other: Host) => drainableHosts([gpus, other], { staying: new Set([arnOf('b')]) }).containerInstanceArns;
  expect([withGpus(empty('b', { registered: { ...ROOM, gpus: 1 } })), withGpus(empty('b'))]).toEqual([[arnOf('a')], []]);
});
