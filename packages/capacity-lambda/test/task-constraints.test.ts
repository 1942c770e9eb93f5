import { readTask, type Task } from '@plimsoll/capacity-core';
import { decideCluster } from '../src/decide-cluster.js';
import { hostsOfUnknownServices, withConstraints } from '../src/task-constraints.js';
import { host } from './helpers/hosts.js';
import { size } from './helpers/task-sizes.js';
import { service, task } from './helpers/tasks.js';

const read = (record: unknown): Task => {
  const result = readTask(record);
  if (!result.ok) throw new TypeError(result.error.message);
  return result.value;
};
const distinct = [{ type: 'distinctInstance' as const }];
const web = { ...size('web', 512), group: 'service:web', tcpPorts: [80], placementConstraints: distinct };

describe('withConstraints', () => {
  test('tells of a task what its service asks for, and leaves what it takes', () => {
    const own = read(task('one', { cpu: '256', containerInstanceArn: 'arn' }));
    const { constraintsUnknown, ...known } = own;
    expect(constraintsUnknown).toBe(true);
    expect(withConstraints([own], [web])).toEqual([{ ...known, size: { ...own.size, tcpPorts: [80], placementConstraints: distinct } }]);
    expect(own.size).toMatchObject({ cpuUnits: 256, tcpPorts: [] });
  });

  test('leaves tasks of other groups as they are', () => {
    const others = [read(task('one', { group: 'family:web' })), read(task('two', { group: 'service:api' }))];
    expect(withConstraints(others, [web])).toEqual(others);
  });
});

describe('hostsOfUnknownServices', () => {
  const on = (containerInstanceArn: string, changed = {}) => read(task(containerInstanceArn, { containerInstanceArn, ...changed }));

  test('names the hosts of tasks whose service has no known size', () => {
    const tasks = [on('a'), on('b', { group: 'service:api' }), on('c', { group: 'service:agent' }), on('d', { group: 'family:job' })];
    const services = [service('web'), service('api'), service('agent', { schedulingStrategy: 'DAEMON' })];
    expect([...hostsOfUnknownServices(tasks, services, [web])]).toEqual(['b']);
  });
});

describe('decideCluster', () => {
  const records = [1, 2].map((number) => host(number, { cpuUnits: 1024, memoryMiB: 6985 }));
  const tasks = records.map(({ containerInstanceArn = '' }, index) => task(String(index), { containerInstanceArn }));
  const drainable = (changed: Partial<Parameters<typeof decideCluster>[0]>) =>
    decideCluster({
      records,
      updates: [],
      taskSizes: [size('web', 512)],
      tasks,
      services: [service('web', { desiredCount: 2 })],
      ...changed,
    }).scaling.drainable.containerInstanceArns.length;

  test('drains no host whose task the others may not take', () => {
    expect(drainable({ serviceSizes: [{ ...size('web', 1024), group: 'service:web' }] })).toBe(1);
    expect(drainable({ serviceSizes: [{ ...size('web', 1024), group: 'service:web', placementConstraints: distinct }] })).toBe(0);
    expect(drainable({ serviceSizes: [] })).toBe(0);
  });
});
