import { type DrainableHostsOptions, drainableHosts, type Host, parsePlacementExpression, type Task, type TaskSize } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const WEB = taskSize(250, 400);
const BIG = taskSize(500, 600, { name: 'big' });

let nextTask = 0;
function task(on: string | undefined, size: TaskSize = WEB, others: Partial<Task> = {}): Task {
  nextTask += 1;
  const where = on === undefined ? {} : { containerInstanceArn: arnOf(on) };
  return { taskArn: `task-${nextTask}`, group: 'service:web', lastStatus: on === undefined ? 'PENDING' : 'RUNNING', daemon: false, size, ...where, ...others };
}

/** A host that runs the given tasks, with what is left of 1,024 CPU units and 1,600 MiB. */
function running(name: string, tasks: readonly Task[], others: Partial<Host> = {}): Host {
  const registered = resources(1024, 1600);
  const here = tasks.filter(({ containerInstanceArn }) => containerInstanceArn === arnOf(name));
  const used = (amountOf: (size: TaskSize) => number): number => here.reduce((sum, { size }) => sum + amountOf(size), 0);
  const ports = here.flatMap(({ size }) => size.tcpPorts);
  const remaining = resources(1024 - used(({ cpuUnits }) => cpuUnits), 1600 - used(({ memoryMiB }) => memoryMiB), { takenTcpPorts: ports });
  return host(name, { registered, remaining, ...others });
}

function named(names: readonly string[], tasks: readonly Task[], options: DrainableHostsOptions = {}) {
  return drainableHosts(
    names.map((name) => running(name, tasks)),
    { tasks, ...options },
  ).containerInstanceArns.map((arn) => arn.slice(arnOf('').length));
}

describe('worked examples', () => {
  it('1: of three hosts with one, two and three tasks of four, the first two can go, but not both', () => {
    const tasks = [task('a'), task('b'), task('b'), task('c'), task('c'), task('c')];
    expect(named(['a', 'b', 'c'], tasks)).toEqual(['a']);
    // 3 + 2 tasks have 4 + 1 places, and 1 copy of headroom is kept: 5 places after a is gone are 2 + 1, for 1 task and 1 copy.
    expect(named(['a', 'b', 'c'], tasks, { taskSizes: [{ ...WEB, headroom: 2 }] })).toEqual(['a']);
    expect(named(['a', 'b', 'c'], tasks, { taskSizes: [{ ...WEB, headroom: 3 }] })).toEqual([]);
  });

  it('2: small tasks may take the room that the large one needs, so only a strategy that packs can promise it', () => {
    // a runs a large and two small; b and c have 524 and 1,000 left each. Two small ones, one on each, leave 600 nowhere.
    const small = taskSize(100, 500, { name: 'small' });
    const tasks = [task('a', BIG), task('a', small), task('a', small), task('b', BIG), task('c', BIG)];
    const { kept } = drainableHosts(
      ['a', 'b', 'c'].map((name) => running(name, tasks)),
      { tasks },
    );
    expect(named(['a', 'b', 'c'], tasks).includes('a')).toBe(false);
    expect(kept).toContainEqual({ containerInstanceArn: arnOf('a'), reason: 'NO_ROOM', taskSize: expect.any(String) });
  });

  it('3: a fixed port takes one copy a host, so two of them need two hosts', () => {
    const api = taskSize(100, 100, { tcpPorts: [8080] });
    const tasks = [task('a', api), task('b', api)];
    expect(named(['a', 'b'], tasks)).toEqual([]);
    expect(named(['a', 'b', 'c'], tasks)).toEqual(['c']);
    expect(named(['a', 'b', 'c', 'd'], tasks)).toEqual(['c', 'd']);
  });

  it('4: tasks unknown, one block fits whole where all that moves fits at once', () => {
    const a = host('a', { registered: resources(1024, 2000), remaining: resources(724, 1600) });
    const b = host('b', { registered: resources(1024, 2000), remaining: resources(700, 1500) });
    const answer = drainableHosts([a, b]);
    expect(answer).toMatchObject({ containerInstanceArns: [arnOf('a')], precision: 'upperBound', unknown: ['RUNNING_TASKS_UNKNOWN'] });
    expect(drainableHosts([a, { ...b, remaining: resources(299, 1500) }]).containerInstanceArns).toEqual([]);
  });
});

describe('what is placed first', () => {
  it('is what waits, with the room of every host in mind', () => {
    const tasks = [task('a'), ...Array.from({ length: 6 }, () => task(undefined))];
    expect(named(['a', 'b'], tasks)).toEqual([]);
    expect(named(['a', 'b', 'c'], tasks)).toEqual(['b']);
  });

  it('is what runs on hosts that are being drained', () => {
    const tasks = [task('a'), task('leaving'), task('leaving'), task('leaving')];
    const hosts = [running('a', tasks), running('b', tasks), running('leaving', tasks, { status: 'DRAINING' })];
    expect(drainableHosts(hosts, { tasks })).toMatchObject({ containerInstanceArns: [arnOf('b')], unplaced: { draining: 3, waiting: 0, headroom: 0 } });
    const more = [...tasks, task('leaving')];
    expect(drainableHosts([running('a', more), running('b', more), running('leaving', more, { status: 'DRAINING' })], { tasks: more }).containerInstanceArns).toEqual([]);
  });

  it('keeps every host where what waits does not fit as it is, and says which size', () => {
    const tasks = Array.from({ length: 5 }, () => task(undefined, BIG));
    const { containerInstanceArns, kept } = drainableHosts([running('a', tasks), running('b', tasks)], { tasks });
    expect(containerInstanceArns).toEqual([]);
    expect(kept.map(({ reason, taskSize: size }) => [reason, size])).toEqual([
      ['UNPLACED_FIRST', 'big'],
      ['UNPLACED_FIRST', 'big'],
    ]);
  });

  it('keeps every host where a task waits of which nothing is known', () => {
    const tasks = [task(undefined, taskSize(0, 0), { sizeUnknown: true })];
    expect(drainableHosts([running('a', tasks), running('b', tasks)], { tasks }).containerInstanceArns).toEqual([]);
  });
});

describe('hosts that stay', () => {
  it('are those with tasks of no service, unless they are to be moved', () => {
    const tasks = [task('a', WEB, { group: 'family:migrate' })];
    expect(named(['a', 'b'], tasks)).toEqual(['b']);
    expect(named(['a', 'b'], tasks, { standaloneTasks: 'move', limit: 1 })).toEqual(['b']);
    const alone = [...tasks, task('b'), task('b')];
    expect(named(['a', 'b'], alone)).toEqual(['b']);
    expect(named(['a', 'b'], alone, { standaloneTasks: 'move' })).toEqual(['a']);
  });

  it('are those with tasks whose constraints ask for other tasks, which no order can be tried for', () => {
    const parsed = parsePlacementExpression('task:group == service:db');
    if (!parsed.ok) throw new TypeError(parsed.error.message);
    const near = taskSize(100, 100, { name: 'near', placementConstraints: [{ type: 'memberOf', expression: parsed.value }] });
    const tasks = [task('a', near, { group: 'service:near' }), task('a', WEB, { group: 'service:db' }), task('b', WEB, { group: 'service:db' })];
    expect(drainableHosts([running('a', tasks), running('b', tasks)], { tasks }).containerInstanceArns).toEqual([arnOf('b')]);
  });

  it('do not include one that runs daemons alone', () => {
    const tasks = [task('a', WEB, { daemon: true }), task('b', WEB, { daemon: true }), task('b')];
    expect(named(['a', 'b'], tasks)).toEqual(['a']);
  });

  it('include one whose agent is not connected, which gives no room either', () => {
    const away = host('away', { agentConnected: false });
    expect(drainableHosts([away], { tasks: [] })).toMatchObject({
      containerInstanceArns: [],
      kept: [{ containerInstanceArn: away.containerInstanceArn, reason: 'NOT_ELIGIBLE' }],
    });
  });
});

describe('the order', () => {
  it('takes turns between zones where they are to be balanced', () => {
    const inZone = (name: string, zone: string): Host => host(name, { attributes: [{ name: 'ecs.availability-zone', value: zone }] });
    const hosts = [inZone('a1', 'a'), inZone('a2', 'a'), inZone('b1', 'b'), inZone('b2', 'b'), inZone('b3', 'b')];
    const order = (balanceZones: boolean): readonly string[] =>
      drainableHosts(hosts, { balanceZones }).containerInstanceArns.map((arn) => arn.slice(arnOf('').length));
    expect(order(false)).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
    expect(order(true)).toEqual(['b1', 'a1', 'b2', 'a2', 'b3']);
  });
});
