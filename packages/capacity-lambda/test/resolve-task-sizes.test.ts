import type { Service } from '@aws-sdk/client-ecs';
import type { ConfiguredTaskSize } from '../src/configuration/task-size-variable.js';
import { resolveTaskSizes, type TaskDefinitionAnswer, taskDefinitionsNeeded } from '../src/resolve-task-sizes.js';
import { size } from './helpers/task-sizes.js';
import { definition, definitionArn, service } from './helpers/tasks.js';

const NOTHING = { tasks: false, discoverServices: false, discoveredHeadroom: 0 };
const DISCOVER = { tasks: false, discoverServices: true, discoveredHeadroom: 2 };
const answers = new Map<string, TaskDefinitionAnswer>(
  ['web', 'api', 'agent', 'todo'].flatMap((family, index) =>
    [definitionArn(family), family].map((key) => [key, { ok: true, value: definition(family, 100 * (index + 1)) }] as const),
  ),
);
const resolve = (configured: readonly ConfiguredTaskSize[], services: readonly Service[] = [], scope = NOTHING) =>
  resolveTaskSizes({ configured, services, scope, taskDefinitions: answers });

describe('resolveTaskSizes', () => {
  test('leaves a size in full as it is and reads a reference from its task definition', () => {
    const resolved = resolve([size('big', 2048), { taskDefinition: 'todo', headroom: 3 }]);
    expect(resolved.taskSizes).toMatchObject([
      { name: 'big', cpuUnits: 2048 },
      { name: 'todo', cpuUnits: 400, group: 'family:todo', headroom: 3 },
    ]);
    expect(resolved.refused).toEqual([]);
  });

  test('takes the name and the group that a reference gives', () => {
    const [first] = resolve([{ taskDefinition: definitionArn('todo'), name: 'x', group: 'service:y', headroom: 0 }]).taskSizes;
    expect(first).toMatchObject({ name: 'x', group: 'service:y', cpuUnits: 400 });
  });

  test('makes each service on hosts a size, where services are discovered', () => {
    const constrained = service('api', { placementConstraints: [{ type: 'distinctInstance' }] });
    const services = [service('web'), constrained, service('far', { launchType: 'FARGATE' })];
    const { taskSizes } = resolve([], services, DISCOVER);
    expect(taskSizes).toMatchObject([
      { name: 'web', cpuUnits: 100, group: 'service:web', headroom: 2, placementConstraints: [] },
      { name: 'api', cpuUnits: 200, group: 'service:api', headroom: 2, placementConstraints: [{ type: 'distinctInstance' }] },
    ]);
    expect(resolve([], services).taskSizes).toEqual([]);
  });

  test('prefers what is configured to a service of that name', () => {
    const { taskSizes, refused } = resolve([size('web', 2048)], [service('web')], DISCOVER);
    expect([taskSizes.map(({ cpuUnits }) => cpuUnits), refused]).toEqual([[2048], []]);
  });

  test('makes daemons of daemon services, never sizes', () => {
    const { taskSizes, daemons } = resolve([], [service('agent', { schedulingStrategy: 'DAEMON' })], DISCOVER);
    expect([taskSizes, daemons]).toMatchObject([[], [{ name: 'agent', cpuUnits: 300, group: 'service:agent' }]]);
  });

  test('knows what tasks of services ask for where tasks are read, without counting them', () => {
    const { taskSizes, serviceSizes } = resolve([size('big', 1)], [service('web')], { ...NOTHING, tasks: true });
    expect([taskSizes.map(({ name }) => name), serviceSizes.map(({ name }) => name)]).toEqual([['big'], ['web']]);
  });

  test('says which service cannot be read where tasks are, though it is not counted', () => {
    const services = [service('web', { taskDefinition: 'gone' })];
    const resolved = resolve([size('big', 1)], services, { ...NOTHING, tasks: true });
    expect([resolved.taskSizes.length, resolved.refused]).toEqual([1, [{ taskSize: 'gone', reason: 'it was not read' }]]);
    expect(resolve([size('big', 1)], services).refused).toEqual([]);
  });

  test('refuses by itself what cannot be read', () => {
    const unread = new Map([...answers, ['gone', { ok: false as const, error: 'ClientException' }]]);
    const configured = [{ taskDefinition: 'gone', headroom: 0 }, { taskDefinition: 'never', headroom: 0 }, size('web', 1)];
    const resolved = resolveTaskSizes({ configured, services: [], scope: NOTHING, taskDefinitions: unread });
    expect(resolved.taskSizes.map(({ name }) => name)).toEqual(['web']);
    expect(resolved.refused).toEqual([
      { taskSize: 'gone', reason: 'ClientException' },
      { taskSize: 'never', reason: 'it was not read' },
    ]);
  });

  test('says whether room is wanted for what cannot be read', () => {
    const gone = [service('gone')];
    expect(resolve([{ taskDefinition: 'gone', headroom: 1 }]).headroomUnknown).toBe(true);
    expect(resolve([{ taskDefinition: 'gone', headroom: 0 }]).headroomUnknown).toBe(false);
    expect(resolve([], gone, DISCOVER).headroomUnknown).toBe(true);
    expect(resolve([], gone, { ...DISCOVER, discoveredHeadroom: 0 }).headroomUnknown).toBe(false);
    expect(resolve([size('web', 1)], [service('web')], DISCOVER).headroomUnknown).toBe(false);
  });

  test('refuses a second size of the same name, and the fifty-first', () => {
    const twice = resolve([size('todo', 1), { taskDefinition: 'todo', headroom: 0 }]);
    expect([twice.taskSizes.length, twice.refused]).toEqual([1, [{ taskSize: 'todo', reason: expect.stringContaining('another size') }]]);
    const many = Array.from({ length: 51 }, (_, index) => size(`size-${index}`, 1));
    expect(resolve(many)).toMatchObject({ taskSizes: { length: 50 }, refused: [{ taskSize: 'size-50' }] });
  });
});

describe('taskDefinitionsNeeded', () => {
  test('names each task definition once, and those of services only where they are wanted', () => {
    const configured = [{ taskDefinition: definitionArn('web'), headroom: 0 }, size('big', 1)];
    const services = [
      service('web'),
      service('api'),
      service('agent', { schedulingStrategy: 'DAEMON' }),
      service('x', { launchType: 'FARGATE' }),
    ];
    expect(taskDefinitionsNeeded({ configured, services, scope: NOTHING })).toEqual(['web', 'agent'].map(definitionArn));
    expect(taskDefinitionsNeeded({ configured, services, scope: DISCOVER })).toEqual(['web', 'api', 'agent'].map(definitionArn));
  });
});
