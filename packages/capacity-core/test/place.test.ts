import {
  closedBy,
  emptyRoomOf,
  exactCapacity,
  fit,
  fits,
  type Host,
  type HostRoom,
  type PlacementOptions,
  place,
  placementContext,
  roomOf,
  type Task,
} from '../src/index.js';
import { arnOf, host, resources, taskSize } from './helpers/synthetic-hosts.js';

const LIMITS = { 'c5.large': { interfaces: 3, trunkedTasks: 10 } };
const LARGE = host('a', {
  attributes: [{ name: 'ecs.instance-type', value: 'c5.large' }],
  registered: resources(2048, 4000, {
    gpus: 4,
    takenTcpPorts: [22],
    takenUdpPorts: [111],
    others: [
      { name: 'fpga', amount: 2 },
      { name: 'licence', amount: 3 },
    ],
  }),
});

const roomIn = (given: Host, options: PlacementOptions = { tasks: [] }): HostRoom => roomOf(given, placementContext(options));

describe('a task that is placed', () => {
  it('takes each thing it asks for, and nothing else', () => {
    const size = taskSize(48, 500, {
      gpus: 1,
      tcpPorts: [80, 443],
      udpPorts: [53],
      networkMode: 'awsvpc',
      others: [{ name: 'licence', amount: 2 }],
      group: 'service:web',
    });
    const after = place(roomIn(LARGE, { tasks: [], networkInterfaceLimits: LIMITS }), size);
    expect(after).toMatchObject({ freeNetworkInterfaces: 1, groups: ['service:web'], daemonsUnknown: false });
    expect(after.free).toEqual(
      resources(2000, 3500, {
        gpus: 3,
        takenTcpPorts: [22, 80, 443],
        takenUdpPorts: [111, 53],
        others: [
          { name: 'fpga', amount: 2 },
          { name: 'licence', amount: 1 },
        ],
      }),
    );
  });

  it('takes no interface in another network mode, and joins no group without one', () => {
    const after = place(roomIn(LARGE, { tasks: [], networkInterfaceLimits: LIMITS }), taskSize(48, 500));
    expect(after).toMatchObject({ freeNetworkInterfaces: 2, groups: [] });
    expect(after.free).toEqual({ ...LARGE.registered, cpuUnits: 2000, memoryMiB: 3500 });
  });

  it('leaves unknown what is unknown', () => {
    const partly = { ...LARGE, remaining: { ...LARGE.registered, memoryMiB: 3000 } };
    const after = place(roomIn(partly, {}), taskSize(48, 500, { networkMode: 'awsvpc', group: 'service:web' }));
    expect(after).not.toHaveProperty('freeNetworkInterfaces');
    expect(after).not.toHaveProperty('groups');
  });
});

describe('a copy that keeps others of it off', () => {
  const DISTINCT = { placementConstraints: [{ type: 'distinctInstance' as const }] };

  it.each([
    ['with a group', { group: 'service:web' }],
    ['without a group', {}],
  ])('does so once it is placed, %s', (_, group) => {
    const size = taskSize(1, 1, { ...DISTINCT, ...group });
    const room = roomIn(LARGE, { tasks: [] });
    expect(fits(room, size)).toMatchObject({ copies: 1, unknown: [] });
    expect(fits(place(room, size), size)).toMatchObject({ copies: 0, boundBy: ['distinctInstance'], unknown: [] });
    expect(fits(place(place(room, size), taskSize(1, 1)), size)).toMatchObject({ copies: 0 });
  });

  it('may be of the group of another size, where neither tells one', () => {
    const [one, other] = [taskSize(1, 1, { ...DISTINCT, name: 'one' }), taskSize(1, 1, { ...DISTINCT, name: 'other' })];
    expect(fits(place(roomIn(LARGE, { tasks: [] }), one), other)).toMatchObject({ copies: 1, unknown: ['GROUP_UNKNOWN'] });
  });
});

describe('what fits', () => {
  it('of a named resource is told by its own amount alone', () => {
    const asking = (name: string): unknown => fit(LARGE.registered, taskSize(0, 0, { others: [{ name, amount: 1 }] }));
    expect(asking('fpga')).toEqual({ copies: 2, boundBy: ['RESOURCE:fpga'], copiesWithoutBinding: Number.POSITIVE_INFINITY });
    expect(asking('licence')).toMatchObject({ copies: 3, boundBy: ['RESOURCE:licence'] });
    expect(asking('other')).toMatchObject({ copies: 0, boundBy: ['RESOURCE:other'] });
    expect(fit(LARGE.registered, taskSize(1024, 0, { others: [{ name: 'other', amount: 0 }] }))).toEqual({
      copies: 2,
      boundBy: ['CPU'],
      copiesWithoutBinding: Number.POSITIVE_INFINITY,
    });
  });

  it('is bound by what a size asks for and by nothing else', () => {
    expect(fit(resources(0, 0), taskSize(0, 0))).toEqual({
      copies: Number.POSITIVE_INFINITY,
      boundBy: [],
      copiesWithoutBinding: Number.POSITIVE_INFINITY,
    });
    expect(fit(resources(-5, 100), taskSize(10, 10))).toMatchObject({ copies: 0, boundBy: ['CPU'], copiesWithoutBinding: 10 });
  });

  it('names each thing that is unknown once', () => {
    const room = roomIn(
      { ...LARGE, remaining: { ...LARGE.registered, memoryMiB: 3000 } },
      { daemons: [{ ...taskSize(1, 1), group: 'd' }] },
    );
    const size = taskSize(1, 1, { group: 'g', placementConstraints: [{ type: 'distinctInstance' }] });
    expect(fits(room, size).unknown).toEqual(['RUNNING_TASKS_UNKNOWN']);
    const own = { ...size, networkMode: 'awsvpc' as const };
    expect(fits(room, own).unknown).toEqual(['RUNNING_TASKS_UNKNOWN', 'NETWORK_INTERFACE_LIMIT_UNKNOWN']);
  });
});

describe('daemons', () => {
  const DAEMON = { ...taskSize(100, 100, { name: 'agent' }), group: 'service:agent' };
  const task = (group: string | undefined, others: Partial<Task> = {}): Task => ({
    taskArn: 'task/1',
    containerInstanceArn: arnOf('a'),
    lastStatus: 'RUNNING',
    daemon: true,
    size: taskSize(200, 300),
    ...(group === undefined ? {} : { group }),
    ...others,
  });

  it('that are given stand on an empty host once, and those that only run there beside them', () => {
    const free = (tasks: readonly Task[] | undefined): HostRoom['free'] =>
      emptyRoomOf(LARGE, placementContext({ daemons: [DAEMON], ...(tasks === undefined ? {} : { tasks }) })).free;
    expect(free(undefined)).toMatchObject({ cpuUnits: 1948, memoryMiB: 3900 });
    expect(free([task('service:agent')])).toMatchObject({ cpuUnits: 1948, memoryMiB: 3900 });
    expect(free([task('service:log')])).toMatchObject({ cpuUnits: 1748, memoryMiB: 3600 });
    expect(free([task(undefined)])).toMatchObject({ cpuUnits: 1748, memoryMiB: 3600 });
    expect(free([task('service:web', { daemon: false })])).toMatchObject({ cpuUnits: 1948, memoryMiB: 3900 });
  });

  it('and their groups are on an empty host, and its interfaces all free', () => {
    const context = placementContext({ daemons: [DAEMON], tasks: [task('service:log')], networkInterfaceLimits: LIMITS });
    expect(emptyRoomOf(LARGE, context)).toMatchObject({
      groups: ['service:log', 'service:agent'],
      freeNetworkInterfaces: 2,
      daemonsUnknown: false,
    });
    expect(emptyRoomOf(LARGE, placementContext())).not.toHaveProperty('freeNetworkInterfaces');
  });

  it('take the room that just suffices', () => {
    const small = host('a', { registered: resources(100, 100) });
    expect(roomIn(small, { tasks: [], daemons: [DAEMON] }).free).toMatchObject({ cpuUnits: 0, memoryMiB: 0 });
  });

  it.each<[string, Partial<Host>, boolean]>([
    ['none where the host has all its CPU and memory', {}, false],
    ['unknown where memory is in use', { remaining: resources(2048, 3999) }, true],
    ['unknown where CPU is in use', { remaining: resources(2047, 4000) }, true],
    ['unknown where tasks run', { runningTasksCount: 1 }, true],
    ['unknown where tasks start', { pendingTasksCount: 1 }, true],
    ['unknown where as many run as start', { runningTasksCount: 1, pendingTasksCount: 1 }, true],
    ['unknown where the host registered no memory', { registered: resources(2048, 0), remaining: resources(2048, 0) }, true],
  ])('are %s', (_, fields, daemonsUnknown) => {
    const given = host('a', { registered: resources(2048, 4000), ...fields });
    expect(roomIn(given, { daemons: [DAEMON] })).toMatchObject({ daemonsUnknown });
    expect(roomIn(given, {})).toMatchObject({ daemonsUnknown: false });
    expect(exactCapacity([given, host('b')], [taskSize()], { daemons: [DAEMON] }).taskSizes[0]?.precision).toBe(
      daemonsUnknown && given.registered.memoryMiB > 0 ? 'upperBound' : 'exact',
    );
  });

  it('are taken off in the count of a cluster, now and empty', () => {
    const web = task('service:web', { daemon: false, size: taskSize(1000, 1000) });
    const given = host('a', { registered: resources(2050, 4100), remaining: resources(1050, 3100) });
    const answer = exactCapacity([given], [taskSize(500, 500)], { daemons: [DAEMON], tasks: [web] });
    expect(answer.taskSizes[0]).toMatchObject({ containerCapacity: 1, idleHostCapacity: 1 / 3, precision: 'exact' });
    // Tasks known, and no daemons; daemons, and a host that runs nothing.
    const without = exactCapacity([given], [taskSize(500, 500)], { tasks: [web] });
    expect(without.taskSizes[0]).toMatchObject({ containerCapacity: 2, idleHostCapacity: 0.5 });
    const empty = exactCapacity([host('a', { registered: given.registered })], [taskSize(500, 500)], { daemons: [DAEMON] });
    expect(empty.taskSizes[0]).toMatchObject({ containerCapacity: 3, idleHostCapacity: 1, precision: 'exact' });
  });
});

describe('an agent that is away', () => {
  const since = (agentDisconnectedSince: number | undefined): Host =>
    host('a', { agentConnected: false, ...(agentDisconnectedSince === undefined ? {} : { agentDisconnectedSince }) });

  it.each<[string, number | undefined, object, unknown]>([
    ['as long as the grace period', 40_000, { now: 100_000, graceSeconds: 60 }, undefined],
    ['a moment longer', 39_999, { now: 100_000, graceSeconds: 60 }, 'AGENT'],
    ['since a time yet to come, as clocks differ', 100_001, { now: 100_000, graceSeconds: 60 }, undefined],
    ['since this moment, without a grace period', 100_000, { now: 100_000, graceSeconds: 0 }, 'AGENT'],
    ['since this moment, with a grace period that is none', 100_000, { now: 100_000 }, 'AGENT'],
    ['since an unknown time', undefined, { now: 100_000, graceSeconds: 60 }, 'AGENT'],
    ['at an unknown time', 100_000, { graceSeconds: 60 }, 'AGENT'],
  ])('%s', (_, moment, grace, reason) => {
    expect(closedBy(since(moment), grace)).toBe(reason);
  });
});
