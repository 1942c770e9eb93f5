import { drainableHosts, hostsNeeded, hostsShort } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const ROOM = resources(1000, 1000);
const TYPE = { name: 'new', resources: ROOM };
const empty = (name: string, others = {}) => host(name, { registered: ROOM, ...others });
const used = (name: string, cpuUnits: number, others = {}) =>
  host(name, { registered: ROOM, remaining: resources(1000 - cpuUnits, 900), ...others });

describe('what waits where no tasks are given', () => {
  it('is unknown, even of hosts that run nothing', () => {
    const hosts = [empty('a'), empty('b')];
    const unknown = ['WAITING_TASKS_UNKNOWN'];
    expect(drainableHosts(hosts)).toMatchObject({ precision: 'upperBound', unknown });
    expect(drainableHosts(hosts, { waiting: [{ size: taskSize(), tasks: 1 }] })).toMatchObject({ precision: 'upperBound', unknown });
    expect(hostsShort(hosts, TYPE)).toMatchObject({ precision: 'estimate', unknown });
    expect(hostsShort([], TYPE)).toMatchObject({ precision: 'estimate', unknown });
    expect(hostsNeeded({ hostTypes: [TYPE], replaced: hosts })).toMatchObject({ precision: 'estimate', unknown });
  });

  it('is known where there are none, or where only a packing is asked for', () => {
    expect(drainableHosts([empty('a')], { tasks: [] })).toMatchObject({ precision: 'exact', unknown: [] });
    expect(hostsShort([empty('a')], TYPE, { tasks: [] })).toMatchObject({ precision: 'exact' });
    expect(hostsNeeded({ hostTypes: [TYPE], waiting: [{ size: taskSize(), tasks: 3 }] })).toMatchObject({ precision: 'exact' });
  });
});

describe('a host of which only a record is known', () => {
  const agent = { ...taskSize(100, 100, { name: 'agent' }), group: 'service:agent' };

  it('is empty where it has in use what its daemons take', () => {
    expect(drainableHosts([used('a', 100)], { daemons: [agent] })).toMatchObject({ containerInstanceArns: [arnOf('a')] });
    expect(drainableHosts([used('a', 100, { runningTasksCount: 1 })], { daemons: [agent] }).containerInstanceArns).toEqual([arnOf('a')]);
    expect(drainableHosts([used('a', 100, { runningTasksCount: 2 })], { daemons: [agent] }).containerInstanceArns).toEqual([]);
    expect(drainableHosts([used('a', 101)], { daemons: [agent] }).containerInstanceArns).toEqual([]);
  });

  it('runs something else where a daemon that takes as much cannot run there', () => {
    const elsewhere = { ...agent, requiredAttributes: [{ name: 'ssd' }] };
    expect(drainableHosts([used('a', 100, { runningTasksCount: 1 })], { daemons: [elsewhere] }).containerInstanceArns).toEqual([]);
    const ssd = { attributes: [{ name: 'ssd' }], runningTasksCount: 1 };
    expect(drainableHosts([used('a', 100, ssd)], { daemons: [elsewhere] }).containerInstanceArns).toEqual([arnOf('a')]);
    // Of two daemons only one can run here, and it takes all that is in use.
    expect(
      drainableHosts([used('a', 100, { runningTasksCount: 1 })], { daemons: [agent, { ...elsewhere, group: 'service:ssd' }] }),
    ).toMatchObject({
      containerInstanceArns: [arnOf('a')],
    });
  });

  it('is not empty where it counts tasks, though nothing is in use', () => {
    const counts = empty('a', { runningTasksCount: 2 });
    expect(drainableHosts([counts])).toMatchObject({
      containerInstanceArns: [],
      unknown: ['RUNNING_TASKS_UNKNOWN', 'WAITING_TASKS_UNKNOWN'],
    });
    expect(drainableHosts([empty('a', { pendingTasksCount: 1 })]).containerInstanceArns).toEqual([]);
    expect(drainableHosts([counts], { tasks: [] }).containerInstanceArns).toEqual([arnOf('a')]);
  });
});

describe('the ports of what is unknown', () => {
  const proxy = { ...taskSize(10, 10, { name: 'proxy', tcpPorts: [80] }), group: 'service:proxy' };
  const x = host('x', { registered: ROOM, remaining: resources(500, 500, { takenTcpPorts: [80] }), status: 'DRAINING' });

  it('are taken by a daemon that has still to start', () => {
    expect(drainableHosts([empty('a'), empty('b'), x]).containerInstanceArns).toEqual([arnOf('a')]);
    expect(drainableHosts([empty('a'), empty('b'), x], { daemons: [proxy] })).toMatchObject({
      containerInstanceArns: [],
      kept: [{ reason: 'UNPLACED_FIRST' }, { reason: 'UNPLACED_FIRST' }],
    });
  });
});
