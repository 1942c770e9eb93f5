import type { Service, Task } from '@aws-sdk/client-ecs';
import { readTask, readTaskDefinition, type TaskSize } from '@plimsoll/capacity-core';
import { missingTasks, tasksToDeploy } from '../src/missing-tasks.js';
import { definition, service, task } from './helpers/tasks.js';

const HOST = 'arn:aws:ecs:eu-west-1:111122223333:container-instance/demo/1';
const web = sizeOf('web');

function sizeOf(name: string): TaskSize {
  const read = readTaskDefinition(definition(name, 250), { group: `service:${name}` });
  if (!read.ok) throw new RangeError(read.error.message);
  return read.value;
}

function missing(tasks: readonly Task[], services: readonly Service[] = [], sizes: readonly TaskSize[] = [web]): readonly string[] {
  const read = tasks.map((record) => readTask(record)).flatMap((result) => (result.ok ? [result.value] : []));
  return missingTasks({ tasks: read, services, sizes }).map(({ size, tasks: count }) => `${count} of ${size.name} at ${size.cpuUnits}`);
}

describe('missingTasks', () => {
  test('counts what a service wants and has no task for, placed or not', () => {
    const placed = task('a', { containerInstanceArn: HOST });
    expect(missing([placed], [service('web', { desiredCount: 3 })])).toEqual(['2 of web at 250']);
    expect(missing([placed, task('b')], [service('web', { desiredCount: 3 })])).toEqual(['1 of web at 250']);
    expect(missing([placed], [service('web', { desiredCount: 1 })])).toEqual([]);
  });

  test('takes nothing off for tasks beyond what a service wants, as in a deployment', () => {
    const tasks = ['a', 'b', 'c'].map((id) => task(id, { containerInstanceArn: HOST }));
    expect(missing(tasks, [service('web', { desiredCount: 2 }), service('api', { desiredCount: 1 })], [web, sizeOf('api')])).toEqual([
      '1 of api at 250',
    ]);
  });

  test('counts again a task that has stopped', () => {
    expect(missing([task('a', { lastStatus: 'STOPPED' })], [service('web', { desiredCount: 1 })])).toEqual(['1 of web at 250']);
  });

  test.each([
    ['a daemon service', service('web', { schedulingStrategy: 'DAEMON', desiredCount: 5 })],
    ['a service on Fargate', service('web', { launchType: 'FARGATE', desiredCount: 5 })],
    ['a service on Fargate by its strategy', onProvider('FARGATE_SPOT')],
    ['a service that drains', service('web', { status: 'DRAINING', desiredCount: 5 })],
    ['a service whose tasks have no known size', service('other', { desiredCount: 5 })],
  ])('leaves out %s', (_, record) => {
    expect(missing([], [record])).toEqual([]);
  });

  test('counts a service on a capacity provider of its own', () => {
    expect(missing([], [onProvider('hosts')])).toEqual(['5 of web at 250']);
  });

  function onProvider(capacityProvider: string): Service {
    const { launchType, ...others } = service('web', { desiredCount: 5 });
    return { ...others, capacityProviderStrategy: [{ capacityProvider, weight: 1 }] };
  }
});

describe('tasksToDeploy', () => {
  const deploying = (primary: object, more: Partial<Service> = {}) =>
    service('web', {
      desiredCount: 4,
      deployments: [
        { status: 'PRIMARY', desiredCount: 4, runningCount: 0, pendingCount: 0, ...primary },
        { status: 'ACTIVE', desiredCount: 4, runningCount: 4 },
      ],
      ...more,
    });
  const toDeploy = (record: Service, missed: Parameters<typeof tasksToDeploy>[1] = []) =>
    tasksToDeploy({ services: [record], sizes: [web] }, missed).map(({ size, tasks }) => `${tasks} of ${size.name}`);

  test('counts what a newer revision has yet to start while an older one runs', () => {
    expect(toDeploy(deploying({}))).toEqual(['4 of web']);
    expect(toDeploy(deploying({ runningCount: 1, pendingCount: 2 }))).toEqual(['1 of web']);
    expect(toDeploy(deploying({ runningCount: 4 }))).toEqual([]);
    expect(toDeploy(deploying({ runningCount: 5 }))).toEqual([]);
  });

  test('counts nothing twice that is missing already', () => {
    expect(toDeploy(deploying({}), [{ size: web, tasks: 3 }])).toEqual(['1 of web']);
  });

  test.each([
    ['a service whose only deployment grows', deploying({}, { deployments: [{ status: 'PRIMARY', desiredCount: 4, runningCount: 1 }] })],
    ['a service without deployments of its own', deploying({}, { deployments: [] })],
    ['a service on Fargate', deploying({}, { launchType: 'FARGATE' })],
    ['a daemon service', deploying({}, { schedulingStrategy: 'DAEMON' })],
    ['a service of unknown size', { ...deploying({}), serviceName: 'other' }],
  ])('leaves out %s', (_, record) => {
    expect(toDeploy(record)).toEqual([]);
  });
});
