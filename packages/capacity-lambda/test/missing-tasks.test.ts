import type { Service, Task } from '@aws-sdk/client-ecs';
import { readTask, readTaskDefinition, type TaskSize } from '@plimsoll/capacity-core';
import { waitingTasks } from '../src/waiting-tasks.js';
import { definition, service, task } from './helpers/tasks.js';

const HOST = 'arn:aws:ecs:eu-west-1:111122223333:container-instance/demo/1';
const web = sizeOf('web');

function sizeOf(name: string): TaskSize {
  const read = readTaskDefinition(definition(name, 250), { group: `service:${name}` });
  if (!read.ok) throw new RangeError(read.error.message);
  return read.value;
}

function waiting(tasks: readonly Task[], services: readonly Service[] = [], sizes: readonly TaskSize[] = [web]): readonly string[] {
  const read = tasks.map((record) => readTask(record, { daemonGroups: new Set(['service:agent']) }));
  const counted = waitingTasks({ tasks: read.flatMap((result) => (result.ok ? [result.value] : [])), services, sizes });
  return counted.map(({ size, count }) => `${count} of ${size.name} at ${size.cpuUnits}`);
}

describe('waitingTasks', () => {
  test('counts what a service wants and has not placed, whether or not tasks of it wait', () => {
    const placed = task('a', { containerInstanceArn: HOST });
    expect(waiting([placed], [service('web', { desiredCount: 3 })])).toEqual(['2 of web at 250']);
    expect(waiting([placed, task('b')], [service('web', { desiredCount: 3 })])).toEqual(['2 of web at 250']);
    expect(waiting([placed], [service('web', { desiredCount: 1 })])).toEqual([]);
  });

  test('counts tasks that wait beyond what the service wants, as in a deployment', () => {
    const old = ['a', 'b'].map((id) => task(id, { containerInstanceArn: HOST }));
    expect(waiting([...old, task('new')], [service('web', { desiredCount: 2 })])).toEqual(['1 of web at 250']);
  });

  test('counts tasks of no service by their own records', () => {
    expect(waiting([task('x', { group: 'family:batch' }), task('y', { group: 'family:batch' })])).toEqual([
      '2 of arn:aws:ecs:eu-west-1:111122223333:task/demo/x at 1024',
    ]);
  });

  test.each([
    ['a daemon', [task('a', { group: 'service:agent' })], [service('agent', { schedulingStrategy: 'DAEMON', desiredCount: 5 })]],
    ['what stopped', [task('a', { lastStatus: 'STOPPED' })], []],
    ['a task on Fargate', [task('a', { launchType: 'FARGATE' })], []],
    ['a service on Fargate', [], [service('web', { launchType: 'FARGATE', desiredCount: 5 })]],
    ['a service on Fargate by its strategy', [], [onProvider('FARGATE_SPOT')]],
    ['a service that drains', [], [service('web', { status: 'DRAINING', desiredCount: 5 })]],
    ['a service whose tasks have no known size', [], [service('other', { desiredCount: 5 })]],
  ])('leaves out %s', (_, tasks, services) => {
    expect(waiting(tasks, services)).toEqual([]);
  });

  test('counts a service on a capacity provider of its own', () => {
    expect(waiting([], [onProvider('hosts')])).toEqual(['5 of web at 250']);
  });

  function onProvider(capacityProvider: string): Service {
    const { launchType, ...others } = service('web', { desiredCount: 5 });
    return { ...others, capacityProviderStrategy: [{ capacityProvider, weight: 1 }] };
  }
});
