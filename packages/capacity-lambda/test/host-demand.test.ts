import { decideCluster } from '../src/decide-cluster.js';
import { hostDemand, idleHosts } from '../src/host-demand.js';
import { host } from './helpers/hosts.js';
import { size } from './helpers/task-sizes.js';
import { service, task } from './helpers/tasks.js';

const record = (number: number) => ({ ...host(number), ec2InstanceId: `i-${number}`, runningTasksCount: 0, pendingTasksCount: 0 });
const arnOf = (number: number): string => `${record(number).containerInstanceArn}`;

/** The demand of a cluster of so many hosts with tasks of a service on some of them. */
function demandOf(count: number, on: readonly number[], { waiting = 0, headroom = 0 } = {}) {
  const tasks = [
    ...on.map((number, index) => task(`runs-${index}`, { containerInstanceArn: arnOf(number), cpu: '10', memory: '10' })),
    ...Array.from({ length: waiting }, (_, index) => task(`waits-${index}`)),
  ];
  const { scaling } = decideCluster({
    records: Array.from({ length: count }, (_, index) => record(index + 1)),
    updates: [],
    taskSizes: [{ ...size('other', 1024), headroom }],
    tasks,
    services: [service('web', { desiredCount: tasks.length })],
    serviceSizes: [{ ...size('web', 10), memoryMiB: 10, group: 'service:web' }],
  });
  return hostDemand({ tasks: on.map((number) => ({ ...TASK, containerInstanceArn: arnOf(number) })), scaling });
}

const TASK = { taskArn: 'task', lastStatus: 'RUNNING', daemon: false, size: size('web', 10) };

describe('hostDemand', () => {
  it('counts hosts with tasks as occupied, and as needed those that no other could relieve', () => {
    expect(demandOf(4, [])).toEqual({ occupied: 0, needed: 0 });
    expect(demandOf(4, [1, 1, 2])).toEqual({ occupied: 2, needed: 1 });
  });

  it('counts every host as needed where nothing is proved', () => {
    const observation = { records: [record(1), record(2)], updates: [], taskSizes: [size('web', 10)] };
    expect(decideCluster({ ...observation, tasks: [] }).demand).toEqual({ occupied: 0, needed: 0 });
    expect(decideCluster({ ...observation, tasks: ['no task'] })).toMatchObject({
      demand: { occupied: 2, needed: 2 },
      idleHosts: new Set(),
    });
  });

  it('counts hosts that are short, and those that headroom keeps', () => {
    expect(demandOf(1, [1], { waiting: 3 }).needed).toBeGreaterThan(1);
    const { occupied, needed } = demandOf(4, [], { headroom: 3 });
    expect([occupied, needed]).toEqual([2, 2]);
  });
});

describe('idleHosts', () => {
  it('leaves out hosts with a task that is no daemon', () => {
    const tasks = [
      { ...TASK, containerInstanceArn: 'one' },
      { ...TASK, containerInstanceArn: 'two', daemon: true },
      { ...TASK, containerInstanceArn: 'three', lastStatus: 'STOPPED' },
      TASK,
    ];
    expect([...idleHosts(['one', 'two', 'three', 'four'], tasks)]).toEqual(['two', 'three', 'four']);
  });
});
