import { readTask } from '@plimsoll/capacity-core';
import { decideCluster } from '../src/decide-cluster.js';
import { replacedTasks } from '../src/replaced-tasks.js';
import { coreHost } from './helpers/core-hosts.js';
import { host } from './helpers/hosts.js';
import { size } from './helpers/task-sizes.js';
import { service, task } from './helpers/tasks.js';

const [stays, drains] = [coreHost(1), coreHost(2, { status: 'DRAINING' })];
const on = ({ containerInstanceArn }: { readonly containerInstanceArn: string }) => ({ containerInstanceArn });

/** Names of the tasks found replaced; a task's name tells where it is: `old` on the host that drains, `new` on the one that stays. */
function replaced(ids: readonly string[], desiredCount: number, changed: Parameters<typeof service>[1] = {}): readonly string[] {
  const tasks = ids
    .map((id) => readTask(task(id, id.startsWith('old') ? on(drains) : id.startsWith('new') ? on(stays) : {})))
    .flatMap((read) => (read.ok ? [read.value] : []));
  const found = replacedTasks({ hosts: [stays, drains], tasks, services: [service('web', { desiredCount, ...changed })] });
  return [...found].map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
}

describe('replacedTasks', () => {
  test.each([
    ['none before a replacement is there', ['old-1', 'old-2'], 2, []],
    ['one for each replacement', ['old-1', 'old-2', 'new-1'], 2, ['old-1']],
    ['all once all are there', ['old-1', 'old-2', 'new-1', 'new-2'], 2, ['old-1', 'old-2']],
    ['one for a replacement that waits for a host, and is counted itself', ['old-1', 'waits-1'], 1, ['old-1']],
    ['none where the service wants as many as there are', ['old-1', 'new-1'], 2, []],
    ['what a service that wants fewer will stop', ['old-1', 'old-2'], 1, ['old-1']],
    ['all of a service that wants none', ['old-1', 'old-2'], 0, ['old-1', 'old-2']],
    ['no more than there are, where more run elsewhere than are wanted', ['old-1', 'new-1', 'new-2', 'new-3'], 2, ['old-1']],
  ])('finds %s', (_, ids, desiredCount, expected) => {
    expect(replaced(ids, desiredCount)).toEqual(expected);
  });

  test('leaves alone what is no service of the hosts: daemons, and tasks that nobody starts again', () => {
    expect(replaced(['old-1', 'new-1'], 1, { schedulingStrategy: 'DAEMON' })).toEqual([]);
    expect(replaced(['old-1', 'new-1'], 1, { serviceName: 'other' })).toEqual([]);
  });
});

test('a host that drains while its replacements run asks for no other host', () => {
  // Two copies a host: the host that stays is full of replacements, and those they replace have not stopped yet.
  const records = [host(1), host(2, { status: 'DRAINING' })].map((record) => ({ ...record, ec2InstanceId: 'i-1', runningTasksCount: 2 }));
  const [first, second] = records;
  const placed = (id: string, record: typeof first) => task(id, { containerInstanceArn: record?.containerInstanceArn ?? '' });
  const tasks = [placed('old-1', second), placed('old-2', second), placed('new-1', first), placed('new-2', first)];
  const full = records.map((record) => ({
    ...record,
    remainingResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 0 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 5985 },
    ],
  }));
  const decide = (services: ReturnType<typeof service>[]) =>
    decideCluster({ records: full, updates: [], taskSizes: [{ ...size('web', 1024), headroom: 0 }], tasks, services }).scaling;
  expect(decide([service('web', { desiredCount: 2 })]).hostsShort).toBe(0);
  // A third and a fourth have no room elsewhere, and the tasks that run them now are about to stop.
  expect(decide([service('web', { desiredCount: 4 })]).hostsShort).toBe(1);
});

test('a host stays that a newer task on a host that drains will need, though older tasks stand in for it yet', () => {
  // A host drains with one older and one newer task, another has the same, a third is empty. Newer ones are larger than what is left beside one.
  const records = [host(1, { status: 'DRAINING', cpuUnits: 256 }), host(2, { cpuUnits: 256 }), host(3)].map((record, index) => ({
    ...record,
    ec2InstanceId: `i-${index}`,
    runningTasksCount: index < 2 ? 2 : 0,
  }));
  const on = (index: number) => ({ containerInstanceArn: records[index]?.containerInstanceArn ?? '' });
  const tasks = [
    ...[0, 1].map((index) => task(`older-${index}`, { ...on(index), cpu: '256' })),
    ...[0, 1].map((index) => task(`newer-${index}`, { ...on(index), cpu: '1536' })),
  ];
  const web = { ...size('web', 1536), headroom: 0, group: 'service:web' };
  const deployments = ['PRIMARY', 'ACTIVE'].map((status) => ({ status, desiredCount: 2, runningCount: 2, pendingCount: 0 }));
  const services = [service('web', { desiredCount: 2, deployments })];
  const { scaling } = decideCluster({ records, updates: [], taskSizes: [web], serviceSizes: [web], tasks, services });
  expect(scaling).toMatchObject({ hostsShort: 0, drainable: { containerInstanceArns: [] } });
});
