import {
  closedBy,
  type Daemon,
  emptyRoomOf,
  exactCapacity,
  fits,
  type Host,
  type PlacementOptions,
  placementContext,
  readTaskSize,
  roomOf,
  type Task,
  type TaskSize,
} from '../src/index.js';
import { arnOf, host, resources, taskSize } from './helpers/synthetic-hosts.js';

const C5_LARGE = { name: 'ecs.instance-type', value: 'c5.large' };
const LIMITS = { 'c5.large': { interfaces: 3, trunkedTasks: 10 }, 'm1.small': { interfaces: 2 } };
const OWN_INTERFACE = taskSize(10, 10, { networkMode: 'awsvpc' });

function taskOn(name: string, others: Partial<Task> = {}): Task {
  return {
    taskArn: `task-on-${name}`,
    containerInstanceArn: arnOf(name),
    lastStatus: 'RUNNING',
    daemon: false,
    size: taskSize(1, 1),
    ...others,
  };
}

function answer(given: readonly Host[], size: TaskSize, options: PlacementOptions = {}): readonly unknown[] {
  const [one] = exactCapacity(given, [size], options).taskSizes;
  return [one?.containerCapacity, one?.precision, ...(one?.notes.map(({ code }) => code) ?? [])];
}

describe('network interfaces', () => {
  const used = (attributes = [C5_LARGE]): Host => host('a', { attributes, remaining: resources(1000, 900) });

  it.each([
    ['one is the host’s own', [C5_LARGE], [], 2],
    ['a trunk has its own number', [C5_LARGE, { name: 'ecs.awsvpc-trunk-id', value: 'eni-1' }], [], 10],
    ['each awsvpc task has one', [C5_LARGE], [taskOn('a', { size: OWN_INTERFACE })], 1],
    ['a bridge task has none', [C5_LARGE], [taskOn('a')], 2],
    ['a stopped task has none', [C5_LARGE], [taskOn('a', { size: OWN_INTERFACE, lastStatus: 'STOPPED' })], 2],
    ['a task that is to stop has one', [C5_LARGE], [taskOn('a', { size: OWN_INTERFACE, desiredStatus: 'STOPPED' })], 1],
  ])('%s', (_, attributes, tasks, copies) => {
    expect(answer([used(attributes)], OWN_INTERFACE, { tasks, networkInterfaceLimits: LIMITS })).toEqual([copies, 'exact']);
  });

  it('whose use is unknown make the answer an upper bound', () => {
    expect(answer([used()], OWN_INTERFACE, { networkInterfaceLimits: LIMITS })).toEqual([2, 'upperBound', 'NETWORK_INTERFACE_USE_UNKNOWN']);
  });

  it.each([
    ['no limits are given', [C5_LARGE], undefined],
    ['the type is not in them', [{ name: 'ecs.instance-type', value: 'x9.huge' }], LIMITS],
    ['the type is the name of something every object has', [{ name: 'ecs.instance-type', value: 'constructor' }], LIMITS],
    ['the host does not tell its type', [], LIMITS],
    [
      'the type has no number for a trunk',
      [
        { name: 'ecs.instance-type', value: 'm1.small' },
        { name: 'ecs.awsvpc-trunk-id', value: 'e' },
      ],
      LIMITS,
    ],
  ])('are not counted where %s, and the answer says so', (_, attributes, networkInterfaceLimits) => {
    const options = { tasks: [], ...(networkInterfaceLimits === undefined ? {} : { networkInterfaceLimits }) };
    expect(answer([host('a', { attributes })], OWN_INTERFACE, options)).toEqual([99, 'upperBound', 'NETWORK_INTERFACE_LIMIT_UNKNOWN']);
  });

  it('that are unknown do not matter where nothing fits anyway', () => {
    expect(answer([host('a', { remaining: resources(0, 0) })], OWN_INTERFACE)).toEqual([0, 'exact']);
  });
});

describe('distinctInstance', () => {
  const WEB = taskSize(10, 10, { group: 'service:web', placementConstraints: [{ type: 'distinctInstance' }] });
  const partly = (name: string): Host => host(name, { remaining: resources(1000, 900) });

  it('lets one in where none of the group runs, or is to run', () => {
    const tasks = [
      taskOn('a', { group: 'service:web' }),
      taskOn('b', { group: 'service:cron' }),
      taskOn('c', { group: 'service:web', desiredStatus: 'STOPPED' }),
    ];
    expect(answer([partly('a'), partly('b'), partly('c'), partly('d')], WEB, { tasks })).toEqual([3, 'exact']);
  });

  it('is an upper bound where the tasks are unknown, but for hosts that have all they registered', () => {
    expect(answer([partly('a')], WEB)).toEqual([1, 'upperBound', 'RUNNING_TASKS_UNKNOWN']);
    expect(answer([host('a')], WEB)).toEqual([1, 'exact']);
    expect(answer([host('a', { runningTasksCount: 1 })], WEB)).toEqual([1, 'upperBound', 'RUNNING_TASKS_UNKNOWN']);
  });

  it('is an upper bound where the size names no group', () => {
    const { group: _, ...nameless } = WEB;
    expect(answer([partly('a')], nameless, { tasks: [taskOn('a', { group: 'service:web' })] })).toEqual([1, 'upperBound', 'GROUP_UNKNOWN']);
  });
});

describe('memberOf', () => {
  const constrained = (expression: string): TaskSize => {
    const size = readTaskSize({
      name: 'web',
      cpuUnits: 10,
      memoryMiB: 10,
      group: 'service:web',
      placementConstraints: [{ type: 'memberOf', expression }],
    });
    if (!size.ok) throw new TypeError(size.error.message);
    return size.value;
  };

  it.each([
    ['attribute:ecs.instance-type =~ c5.*', [99, 'exact']],
    ['attribute:ecs.instance-type =~ m5.*', [0, 'exact']],
    ['not(task:group == service:web)', [1, 'exact']],
    ['task:group == service:web', [0, 'exact']],
    ['runningTasksCount == 0', [99, 'upperBound', 'EXPRESSION_UNKNOWN']],
    ['agentVersion > 1.20', [99, 'upperBound', 'EXPRESSION_UNKNOWN']],
  ])('%s', (expression, expected) => {
    const one = host('a', { attributes: [C5_LARGE], runningTasksCount: 0 });
    expect(answer([one], constrained(expression))).toEqual(expected);
  });

  it.each([
    // One copy of the size beside another group: whether a negative operator is met then is not documented.
    ['task:group != service:web', [90, 'upperBound', 'EXPRESSION_UNKNOWN']],
    ['task:group !in [service:web]', [90, 'upperBound', 'EXPRESSION_UNKNOWN']],
    ['not(task:group =~ service:w)', [90, 'upperBound', 'EXPRESSION_UNKNOWN']],
    ['not(task:group == service:b)', [0, 'exact']],
    ['task:group == service:b', [90, 'exact']],
    ['attribute:ecs.instance-type == c5.large or task:group != service:web', [90, 'exact']],
    ['not(task:group == service:web) or runningTasksCount >= 2', [90, 'upperBound', 'EXPRESSION_UNKNOWN']],
    ['not(task:group == service:web) and runningTasksCount >= 1', [1, 'exact']],
  ])('%s beside a task of another group', (expression, expected) => {
    const one = host('a', { attributes: [C5_LARGE], remaining: resources(1000, 900), runningTasksCount: 1 });
    expect(answer([one], constrained(expression), { tasks: [taskOn('a', { group: 'service:b' })] })).toEqual(expected);
  });

  it('that is in doubt for the first copy, and not met after it, lets in one at most', () => {
    expect(answer([host('a')], constrained('task:group != service:web'))).toEqual([1, 'upperBound', 'EXPRESSION_UNKNOWN']);
  });

  it('about groups is an upper bound where the tasks are unknown', () => {
    const one = host('a', { remaining: resources(1000, 900) });
    expect(answer([one], constrained('not(task:group == service:web)'))).toEqual([90, 'upperBound', 'RUNNING_TASKS_UNKNOWN']);
  });
});

describe('a record that counts more tasks than are given', () => {
  const WEB = { group: 'service:web', placementConstraints: [{ type: 'distinctInstance' as const }] };
  const counting = (runningTasksCount: number, pendingTasksCount = 0): Host =>
    host('a', { attributes: [C5_LARGE], remaining: resources(1000, 900), runningTasksCount, pendingTasksCount });
  const one = [taskOn('a', { group: 'service:b', size: OWN_INTERFACE })];
  const memberOf = (expression: string): TaskSize => {
    const size = readTaskSize({ name: 'web', cpuUnits: 10, memoryMiB: 10, placementConstraints: [{ type: 'memberOf', expression }] });
    if (!size.ok) throw new TypeError(size.error.message);
    return { ...size.value, group: 'service:web' };
  };

  it.each<[string, TaskSize, number, readonly string[]]>([
    ['distinctInstance', taskSize(10, 10, WEB), 1, ['RUNNING_TASKS_UNKNOWN']],
    ['distinctInstance of a group that runs', taskSize(10, 10, { ...WEB, group: 'service:b' }), 0, []],
    ['network interfaces', OWN_INTERFACE, 1, ['NETWORK_INTERFACE_USE_UNKNOWN']],
    ['a group that may run', memberOf('task:group == service:c'), 90, ['RUNNING_TASKS_UNKNOWN']],
    ['a group that runs', memberOf('task:group == service:b'), 90, []],
    ['no task of a group that may run', memberOf('not(task:group == service:c)'), 90, ['RUNNING_TASKS_UNKNOWN']],
    ['no task of its own group, which may run', memberOf('not(task:group == service:web)'), 1, ['RUNNING_TASKS_UNKNOWN']],
    ['no task of a group that runs', memberOf('not(task:group == service:b)'), 0, []],
    ['no groups', memberOf('attribute:ecs.instance-type == c5.large'), 90, []],
    ['the number of tasks, which the record tells', memberOf('runningTasksCount > 5'), 0, []],
    ['resources alone', taskSize(10, 10), 90, []],
  ])('leaves in doubt what asks for %s, unless those given decide', (_, size, copies, unknown) => {
    const precision = unknown.length === 0 ? 'exact' : 'upperBound';
    const options = { tasks: one, networkInterfaceLimits: LIMITS };
    expect(answer([counting(2)], size, options)).toEqual([copies, precision, ...unknown]);
    expect(answer([counting(1, 1)], size, options)).toEqual([copies, precision, ...unknown]);
    expect(roomOf(counting(2), placementContext(options))).toMatchObject({ areTasksMissing: true });
    // A task that is to start is not counted, so there may be fewer.
    expect(roomOf(counting(1), placementContext(options))).not.toHaveProperty('areTasksMissing');
    expect(answer([counting(1)], size, options)[1]).toBe('exact');
    expect(answer([counting(0)], size, options)[1]).toBe('exact');
  });

  it('leaves in doubt whether a daemon runs, unless it is given', () => {
    const agent: Daemon = { ...taskSize(100, 193), name: 'agent', group: 'service:agent' };
    const runs = taskOn('a', { group: 'service:agent', daemon: true, size: agent });
    expect(answer([counting(2)], taskSize(), { tasks: one, daemons: [agent] })).toEqual([2, 'upperBound', 'RUNNING_TASKS_UNKNOWN']);
    expect(answer([counting(1)], taskSize(), { tasks: one, daemons: [agent] })).toEqual([1, 'exact']);
    expect(answer([counting(2)], taskSize(), { tasks: [runs], daemons: [agent] })).toEqual([2, 'exact']);
    const logs: Daemon = { ...agent, name: 'logs', group: 'service:logs' };
    expect(answer([counting(2)], taskSize(), { tasks: [runs], daemons: [agent, logs] })).toEqual([
      2,
      'upperBound',
      'RUNNING_TASKS_UNKNOWN',
    ]);
  });
});

describe('daemons', () => {
  const AGENT: Daemon = { ...taskSize(100, 193), name: 'agent', group: 'service:agent' };
  const runs = taskOn('a', { group: 'service:agent', daemon: true, size: AGENT });

  it('that have not started are taken off, and those that run are not', () => {
    // 1024/993 less 100/193 leaves 924/800: two of 250/400; with the daemon running the record already has it taken off.
    const started = host('a', { remaining: resources(924, 800) });
    expect(answer([started], taskSize(), { tasks: [runs], daemons: [AGENT] })).toEqual([2, 'exact']);
    expect(answer([host('a', { remaining: resources(1024, 900) })], taskSize(), { tasks: [], daemons: [AGENT] })).toEqual([1, 'exact']);
  });

  it('leave a host empty: idle hosts are measured in what it holds beside them', () => {
    const hosts = [host('a', { remaining: resources(924, 800) }), host('b')];
    // Beside its daemon a host holds two: a has room for both, b will have.
    expect(exactCapacity(hosts, [taskSize()], { tasks: [runs], daemons: [AGENT] }).idleHostCapacity).toBe(2);
    // The same where the daemon is known only from its task; b runs none and is not known to get one.
    expect(exactCapacity(hosts, [taskSize()], { tasks: [runs] }).idleHostCapacity).toBe(2);
  });

  it('that may or may not run make the answer an upper bound', () => {
    expect(answer([host('a', { remaining: resources(924, 800) })], taskSize(), { daemons: [AGENT] })).toEqual([
      2,
      'upperBound',
      'RUNNING_TASKS_UNKNOWN',
    ]);
    expect(answer([host('a')], taskSize(), { daemons: [AGENT] })).toEqual([2, 'exact']);
  });

  it('take no room where they may not start', () => {
    const windows: Daemon = { ...AGENT, requiredAttributes: [{ name: 'ecs.os-type', value: 'windows' }] };
    const large: Daemon = { ...AGENT, memoryMiB: 2000 };
    for (const daemon of [windows, large]) {
      const context = placementContext({ tasks: [], daemons: [daemon] });
      expect(roomOf(host('a'), context).free).toEqual(host('a').remaining);
      expect(emptyRoomOf(host('a'), context).free).toEqual(host('a').registered);
    }
  });

  it('start once each, one after another, while they fit', () => {
    const second: Daemon = { ...AGENT, name: 'logs', group: 'service:logs', memoryMiB: 900 };
    const context = placementContext({ tasks: [], daemons: [AGENT, second] });
    expect(roomOf(host('a'), context)).toMatchObject({ free: { cpuUnits: 924, memoryMiB: 800 }, groups: ['service:agent'] });
  });
});

describe('a daemon that perhaps starts', () => {
  const NETWORKED: Daemon = { ...taskSize(100, 100, { networkMode: 'awsvpc' }), name: 'mesh', group: 'service:mesh' };
  const used = host('a', { attributes: [C5_LARGE], remaining: resources(500, 500) });
  const tasks = ['1', '2'].map((id) => taskOn('a', { taskArn: id, size: OWN_INTERFACE }));
  const half = taskSize(500, 500);

  it('is not taken off, and the answer names what leaves it open', () => {
    expect(answer([used], half, { tasks, daemons: [NETWORKED] })).toEqual([1, 'upperBound', 'NETWORK_INTERFACE_LIMIT_UNKNOWN']);
    // Both interfaces are in use, so it cannot start.
    expect(answer([used], half, { tasks, daemons: [NETWORKED], networkInterfaceLimits: LIMITS })).toEqual([1, 'exact']);
    // One is left, so it will.
    expect(answer([used], half, { tasks: tasks.slice(1), daemons: [NETWORKED], networkInterfaceLimits: LIMITS })).toEqual([0, 'exact']);
  });

  it('is in doubt where its expression asks for what the record does not tell', () => {
    const size = readTaskSize({
      name: 'agent',
      cpuUnits: 100,
      memoryMiB: 100,
      group: 'service:agent',
      placementConstraints: [{ type: 'memberOf', expression: 'registeredAt > 2018-06-18' }],
    });
    const daemons = size.ok ? [{ ...size.value, group: 'service:agent' }] : [];
    expect(answer([used], half, { tasks, daemons })).toEqual([1, 'upperBound', 'EXPRESSION_UNKNOWN']);
    expect(answer([{ ...used, registeredAt: '2020-01-01T00:00:00Z' }], half, { tasks, daemons })).toEqual([0, 'exact']);
    expect(answer([{ ...used, registeredAt: '2017-01-01T00:00:00Z' }], half, { tasks, daemons })).toEqual([1, 'exact']);
  });

  it('leaves those after it in doubt as well: it may take their room', () => {
    // With mesh 400 and 100 are left, so logs cannot start; without it logs takes all but 50.
    const logs: Daemon = { ...taskSize(0, 450), name: 'logs', group: 'service:logs' };
    expect(answer([used], taskSize(100, 100), { tasks, daemons: [NETWORKED, logs] })).toEqual([
      5,
      'upperBound',
      'NETWORK_INTERFACE_LIMIT_UNKNOWN',
    ]);
  });

  it('does not matter where it cannot fit beside the rest anyway, and where nothing fits', () => {
    const large: Daemon = { ...NETWORKED, memoryMiB: 501 };
    expect(answer([used], half, { tasks, daemons: [large] })).toEqual([1, 'exact']);
    expect(answer([used], taskSize(501, 1), { tasks, daemons: [NETWORKED] })).toEqual([0, 'exact']);
  });

  it('perhaps lets a size in, or keeps it off, whose expression asks for its group', () => {
    const beside = (expression: string): TaskSize => {
      const read = readTaskSize({
        name: 'web',
        cpuUnits: 100,
        memoryMiB: 100,
        group: 'service:web',
        placementConstraints: [{ type: 'memberOf', expression }],
      });
      if (!read.ok) throw new TypeError(read.error.message);
      return read.value;
    };
    for (const expression of ['task:group == service:mesh', 'not(task:group == service:mesh)']) {
      expect(answer([used], beside(expression), { tasks, daemons: [NETWORKED] })).toEqual([
        5,
        'upperBound',
        'NETWORK_INTERFACE_LIMIT_UNKNOWN',
        'EXPRESSION_UNKNOWN',
      ]);
    }
  });

  it('is known to fit on the empty host where it runs', () => {
    const running = taskOn('a', { group: 'service:mesh', daemon: true, size: NETWORKED });
    const beside = host('a', { attributes: [C5_LARGE], remaining: resources(924, 893) });
    const options = { tasks: [running], daemons: [NETWORKED] };
    expect(exactCapacity([beside], [taskSize(10, 10)], options)).toMatchObject({
      idleHostCapacity: 1,
      taskSizes: [{ precision: 'exact' }],
    });
  });
});

describe('a host that takes no task', () => {
  it.each([
    [{ status: 'DRAINING' }, {}, 'DRAINING'],
    [{ status: 'REGISTERING' }, {}, 'STATUS'],
    [{ agentConnected: false }, {}, 'AGENT'],
    [{ agentConnected: false }, { now: 1000, graceSeconds: 60 }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: 0 }, { graceSeconds: 60 }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: 0 }, { now: 60_000 }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: 0 }, { now: 60_001, graceSeconds: 60 }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: Number.NaN }, { now: 1, graceSeconds: 60 }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: Number.POSITIVE_INFINITY }, { now: 1, graceSeconds: 60 }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: 0 }, { now: 1, graceSeconds: Number.NaN }, 'AGENT'],
    [{ agentConnected: false, agentDisconnectedSince: 0 }, { now: 60_000, graceSeconds: 60 }, undefined],
    [{ agentConnected: false, agentDisconnectedSince: 5 }, { now: 1, graceSeconds: 60 }, undefined],
    [{}, {}, undefined],
  ])('%j, %j', (fields, grace, reason) => {
    const one = host('a', fields);
    expect(closedBy(one, grace)).toBe(reason);
    expect(exactCapacity([one], [taskSize()], grace).hosts.eligible).toBe(reason === undefined ? 1 : 0);
    const { copies, boundBy } = fits(roomOf(one, placementContext(grace)), taskSize());
    expect([copies, boundBy]).toEqual(reason === undefined ? [2, ['MEMORY']] : [0, [reason]]);
  });
});
