import {
  fits,
  type HostRoom,
  type PlacementConstraint,
  parsePlacementExpression,
  placementContext,
  roomOf,
  type Task,
} from '../src/index.js';
import { arnOf, host, resources, taskSize } from './helpers/synthetic-hosts.js';

const DISTINCT: PlacementConstraint = { type: 'distinctInstance' };

function memberOf(text: string): PlacementConstraint {
  const expression = parsePlacementExpression(text);
  if (!expression.ok) throw new TypeError(expression.error.message);
  return { type: 'memberOf', expression: expression.value };
}

const on = (group: string | undefined, others: Partial<Task> = {}): Task => ({
  taskArn: `task ${group}`,
  containerInstanceArn: arnOf('a'),
  lastStatus: 'RUNNING',
  daemon: false,
  size: taskSize(1, 1),
  ...(group === undefined ? {} : { group }),
  ...others,
});

/** A host with room for five, on which some of it is in use. */
function room(tasks: readonly Task[] | undefined): HostRoom {
  const one = host('a', {
    registered: resources(60, 60),
    remaining: resources(50, 50),
    attributes: [{ name: 'zone', value: 'a' }],
    runningTasksCount: tasks?.length ?? 1,
  });
  return roomOf(one, placementContext(tasks === undefined ? {} : { tasks }));
}

function fit(tasks: readonly Task[] | undefined, constraint: PlacementConstraint, group?: string): readonly unknown[] {
  const size = taskSize(10, 10, { placementConstraints: [constraint], ...(group === undefined ? {} : { group }) });
  const { copies, boundBy, unknown } = fits(room(tasks), size);
  return [copies, ...boundBy, ...unknown];
}

describe('distinctInstance', () => {
  it.each<[string, readonly Task[] | undefined, string | undefined, readonly unknown[]]>([
    ['none runs', [], 'service:web', [1, 'distinctInstance']],
    ['another group runs', [on('service:api')], 'service:web', [1, 'distinctInstance']],
    ['its group runs', [on('service:web')], 'service:web', [0, 'distinctInstance']],
    ['its group is to stop', [on('service:web', { desiredStatus: 'STOPPED' })], 'service:web', [1, 'distinctInstance']],
    ['a task of no group runs', [on(undefined)], 'service:web', [1, 'distinctInstance']],
    ['tasks are unknown', undefined, 'service:web', [1, 'distinctInstance', 'RUNNING_TASKS_UNKNOWN']],
    ['it has no group, and none runs', [], undefined, [1, 'distinctInstance']],
    ['it has no group, and some run', [on('service:web')], undefined, [1, 'distinctInstance', 'GROUP_UNKNOWN']],
    ['neither is known', undefined, undefined, [1, 'distinctInstance', 'RUNNING_TASKS_UNKNOWN']],
  ])('where %s', (_, tasks, group, expected) => {
    expect(fit(tasks, DISTINCT, group)).toEqual(expected);
  });
});

describe('memberOf', () => {
  it.each<[string, readonly Task[] | undefined, string | undefined, readonly unknown[]]>([
    ['attribute:zone == a', undefined, undefined, [5, 'CPU', 'MEMORY']],
    ['attribute:zone == b', undefined, undefined, [0, 'memberOf']],
    ['agentVersion > 1.0.0', [], 'service:web', [5, 'CPU', 'MEMORY', 'EXPRESSION_UNKNOWN']],
    ['task:group == service:web', [on('service:web')], 'service:api', [5, 'CPU', 'MEMORY']],
    ['task:group == service:web', [], 'service:web', [0, 'memberOf']],
    ['task:group == service:web', undefined, 'service:web', [5, 'CPU', 'MEMORY', 'RUNNING_TASKS_UNKNOWN']],
    ['not(task:group == service:web)', [], 'service:web', [1, 'memberOf']],
    ['not(task:group == service:web)', [], 'service:api', [5, 'CPU', 'MEMORY']],
    ['not(task:group == service:web)', [], undefined, [5, 'CPU', 'MEMORY', 'GROUP_UNKNOWN']],
    ['not(task:group == service:web)', undefined, 'service:web', [5, 'CPU', 'MEMORY', 'RUNNING_TASKS_UNKNOWN']],
    ['not(task:group == service:web) and agentVersion > 1.0.0', [], 'service:web', [1, 'memberOf', 'EXPRESSION_UNKNOWN']],
    ['runningTasksCount < 2', [on('service:api')], undefined, [5, 'CPU', 'MEMORY', 'EXPRESSION_UNKNOWN']],
    ['runningTasksCount < 1', [on('service:api')], undefined, [0, 'memberOf']],
    ['runningTasksCount < 2 and task:group == service:api', [on('service:api')], 'service:web', [5, 'CPU', 'MEMORY', 'EXPRESSION_UNKNOWN']],
    ['runningTasksCount < 2 or attribute:zone == a', [on('service:api')], undefined, [5, 'CPU', 'MEMORY']],
  ])('%s, beside %j, of group %s', (text, tasks, group, expected) => {
    expect(fit(tasks, memberOf(text), group)).toEqual(expected);
  });
});
