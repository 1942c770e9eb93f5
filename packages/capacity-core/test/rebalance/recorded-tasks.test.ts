import { drainableHosts, hostsNeeded, hostsShort, readTask, type Task, type TaskSize } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const ROOM = resources(1000, 1000);
const TYPE = { name: 'new', resources: ROOM };

/** A task of 100 CPU units and 100 MiB, as its record tells of it. */
function recorded(id: string, on?: string, fields: object = {}): Task {
  const where = on === undefined ? { lastStatus: 'PROVISIONING' } : { lastStatus: 'RUNNING', containerInstanceArn: arnOf(on) };
  const read = readTask({ taskArn: id, group: 'service:web', cpu: '100', memory: '100', version: 1, ...where, ...fields });
  if (!read.ok) throw new TypeError(read.error.message);
  return read.value;
}

const used = (name: string) => host(name, { registered: ROOM, remaining: resources(900, 900) });
const empty = (name: string, gpus = 0) => host(name, { registered: { ...ROOM, gpus } });
const size = (others: Partial<TaskSize> = {}) => taskSize(100, 100, { group: 'service:web', ...others });

describe('tasks that only records tell of', () => {
  const hosts = [used('a'), used('b')];
  const tasks = [recorded('1', 'a'), recorded('2', 'b')];

  it('are placed by the constraints of the size of their group', () => {
    const distinct = size({ placementConstraints: [{ type: 'distinctInstance' }] });
    expect(drainableHosts(hosts, { tasks, taskSizes: [distinct] })).toMatchObject({ containerInstanceArns: [], precision: 'exact' });
    expect(drainableHosts(hosts, { tasks, waiting: [{ size: distinct, tasks: 0 }] })).toMatchObject({ containerInstanceArns: [] });
    expect(hostsNeeded({ tasks, hostTypes: [TYPE], taskSizes: [distinct] })).toMatchObject({ hosts: 2, precision: 'exact' });
    const picky = size({ requiredAttributes: [{ name: 'ssd' }] });
    expect(drainableHosts(hosts, { tasks, taskSizes: [picky] }).containerInstanceArns).toEqual([]);
    expect(hostsShort([used('a'), { ...used('b'), status: 'DRAINING' }], TYPE, { tasks, taskSizes: [picky] }).unplaceable).toHaveLength(1);
  });

  it('are free to go anywhere where the size of their group is constrained by nothing', () => {
    expect(drainableHosts(hosts, { tasks, taskSizes: [size()] })).toMatchObject({
      containerInstanceArns: [arnOf('a')],
      precision: 'exact',
      unknown: [],
    });
  });

  it.each([
    ['no size', []],
    ['the size of another group', [size({ group: 'service:api' })]],
    ['a size without a group', [taskSize(100, 100)]],
    ['two sizes that differ', [size(), size({ name: 'next', tcpPorts: [80] })]],
  ])('make no promise where %s is given', (_, taskSizes) => {
    const unknown = ['CONSTRAINTS_UNKNOWN'];
    expect(drainableHosts(hosts, { tasks, taskSizes })).toMatchObject({ precision: 'upperBound', unknown });
    expect(hostsNeeded({ tasks, hostTypes: [TYPE], taskSizes })).toMatchObject({ precision: 'estimate', unknown });
    expect(hostsNeeded({ tasks, hostTypes: [TYPE], taskSizes, replaced: hosts })).toMatchObject({ precision: 'estimate', unknown });
  });

  it('leave an answer exact that moves none of them', () => {
    const answer = drainableHosts([used('a'), empty('b')], { tasks: [recorded('1', 'a', { group: 'family:job' })] });
    expect(answer).toMatchObject({ containerInstanceArns: [arnOf('b')], precision: 'exact' });
    expect(hostsShort([used('a')], TYPE, { tasks: [recorded('1', 'a')] })).toMatchObject({ precision: 'exact' });
  });

  it('keep what a caller says they ask for, once the mark is dropped', () => {
    const known = tasks.map(({ constraintsUnknown: _, ...task }) => task);
    expect(drainableHosts(hosts, { tasks: known })).toMatchObject({ precision: 'exact' });
  });

  it('ask for the GPUs, ports and interfaces of the size where they wait, which their record does not tell', () => {
    const waiting = [recorded('1')];
    const both = [empty('a', 1), empty('b')];
    expect(drainableHosts(both, { tasks: waiting, taskSizes: [size({ gpus: 1 })] }).containerInstanceArns).toEqual([arnOf('b')]);
    const two = [recorded('1'), recorded('2')];
    expect(drainableHosts(both, { tasks: two, taskSizes: [size({ tcpPorts: [80] })] }).containerInstanceArns).toEqual([]);
    expect(
      drainableHosts(both, { tasks: two, taskSizes: [size({ others: [{ name: 'disk', amount: 1 }] })] }).containerInstanceArns,
    ).toEqual([]);
    const own = size({ networkMode: 'awsvpc' });
    expect(drainableHosts(both, { tasks: waiting, taskSizes: [own] }).unknown).toEqual(['NETWORK_INTERFACE_LIMIT_UNKNOWN']);
    expect(drainableHosts(both, { tasks: waiting })).toMatchObject({ precision: 'upperBound', unknown: ['CONSTRAINTS_UNKNOWN'] });
  });
});
