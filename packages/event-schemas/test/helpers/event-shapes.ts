import type { ParseIssue } from '@plimsoll/event-schemas';
import { containerInstanceEvent, minimalContainerInstanceEvent, withChange } from './synthetic-events';

/** One shape of a container instance event and what is wrong with it. */
export interface EventShape {
  /** What is special about it. */
  readonly shape: string;
  /** The event. */
  readonly event: unknown;
  /** Issues in the order of the schema; empty if the event is valid. */
  readonly issues: readonly ParseIssue[];
}

type Change = readonly [path: readonly (string | number)[], value: unknown];

const whole = containerInstanceEvent();
const changed = (changes: readonly Change[]): unknown => changes.reduce((event, [path, value]) => withChange(event, path, value), whole);
const accepted = (shape: string, ...changes: Change[]): EventShape => ({ shape, event: changed(changes), issues: [] });
const refused = (shape: string, changes: readonly Change[], ...issues: [path: string, expected: string, found: string][]): EventShape => ({
  shape,
  event: changed(changes),
  issues: issues.map(([path, expected, found]) => ({ path, expected, found })),
});
const bare = (found: string, event: unknown): EventShape => ({
  shape: `${found} instead of an event`,
  event,
  issues: [{ path: '', expected: 'an object', found }],
});

const DETAIL_TYPE = "'ECS Container Instance State Change'";
const NATURAL = 'a whole number of at least 0';
const NON_EMPTY = 'a non-empty string';
const detail = (key: string, value: unknown): Change => [['detail', key], value];
const registered = (index: number, key: string, value: unknown): Change => [['detail', 'registeredResources', index, key], value];

/** Valid and invalid shapes that recorded events, the documentation or misuse suggest. */
export const EVENT_SHAPES: readonly EventShape[] = [
  accepted('every field'),
  { shape: 'only required fields', event: minimalContainerInstanceEvent(), issues: [] },
  accepted(
    'envelope without id, time, account and region',
    [['id'], undefined],
    [['time'], undefined],
    [['account'], undefined],
    [['region'], undefined],
  ),
  accepted('a status ECS has not yet', detail('status', 'HIBERNATING')),
  accepted('unknown field in the envelope', [['traceHeader'], { deep: [null] }]),
  accepted('unknown field in the detail', detail('zone', 7)),
  accepted('unknown field in a resource', registered(0, 'unit', 'cpu')),
  accepted('unknown field in an attribute', [['detail', 'attributes', 0, 'targetId'], null]),
  accepted('fields not read, of other types', detail('versionInfo', null), detail('updatedAt', 5), detail('attachments', 'none')),
  accepted('no resources', detail('registeredResources', []), detail('remainingResources', [])),
  accepted('no attributes yet', detail('attributes', [])),
  accepted('resource without type', registered(0, 'type', undefined)),
  accepted('resource without value', registered(0, 'integerValue', undefined)),
  accepted('resource type ECS has not', registered(2, 'type', 'string')),
  accepted('other values filled with 0', registered(2, 'integerValue', 0), registered(2, 'longValue', 0), registered(2, 'doubleValue', 0)),
  accepted('more taken than registered', [['detail', 'remainingResources', 0, 'integerValue'], -512]),
  accepted('instance of ECS Anywhere', detail('ec2InstanceId', 'mi-00000000000000001')),
  accepted('agent not connected', detail('agentConnected', false)),
  accepted('largest version', detail('version', Number.MAX_SAFE_INTEGER)),
  bare('null', null),
  bare('array', []),
  bare('string', 'ECS Container Instance State Change'),
  bare('number', 1),
  bare('boolean', true),
  {
    shape: 'an object without fields',
    event: {},
    issues: [
      { path: 'detail-type', expected: DETAIL_TYPE, found: 'undefined' },
      { path: 'source', expected: "'aws.ecs'", found: 'undefined' },
      { path: 'detail', expected: 'an object', found: 'undefined' },
    ],
  },
  refused('another detail-type', [[['detail-type'], 'ECS Task State Change']], ['detail-type', DETAIL_TYPE, 'another string']),
  refused(
    'another detail-type with a detail of its own',
    [
      [['detail-type'], 'ECS Task State Change'],
      [['detail'], {}],
    ],
    ['detail-type', DETAIL_TYPE, 'another string'],
  ),
  refused('another source', [[['source'], 'harbour.test']], ['source', "'aws.ecs'", 'another string']),
  refused('null detail', [[['detail'], null]], ['detail', 'an object', 'null']),
  refused('array as detail', [[['detail'], []]], ['detail', 'an object', 'array']),
  refused('number as id', [[['id'], 5]], ['id', 'a string', 'number']),
  refused('number among the ARNs', [[['resources', 0], 5]], ['resources[0]', 'a string', 'number']),
  refused('no cluster', [detail('clusterArn', undefined)], ['detail.clusterArn', NON_EMPTY, 'undefined']),
  refused('empty cluster', [detail('clusterArn', '')], ['detail.clusterArn', NON_EMPTY, 'empty string']),
  refused('no container instance', [detail('containerInstanceArn', undefined)], ['detail.containerInstanceArn', NON_EMPTY, 'undefined']),
  refused('null status', [detail('status', null)], ['detail.status', 'a string', 'null']),
  refused('agentConnected as a string', [detail('agentConnected', 'true')], ['detail.agentConnected', 'a boolean', 'string']),
  refused('version as a string', [detail('version', '17')], ['detail.version', NATURAL, 'string']),
  refused('negative version', [detail('version', -1)], ['detail.version', NATURAL, 'negative number']),
  refused('fractional version', [detail('version', 1.5)], ['detail.version', NATURAL, 'fractional number']),
  refused('version too large to compare', [detail('version', 2 ** 53)], ['detail.version', NATURAL, 'number above 2^53 - 1']),
  refused('no version', [detail('version', undefined)], ['detail.version', NATURAL, 'undefined']),
  refused('null instance id', [detail('ec2InstanceId', null)], ['detail.ec2InstanceId', 'a string', 'null']),
  refused('negative count', [detail('runningTasksCount', -1)], ['detail.runningTasksCount', NATURAL, 'negative number']),
  refused(
    'number as value of an attribute',
    [[['detail', 'attributes', 1, 'value'], 1]],
    ['detail.attributes[1].value', 'a string', 'number'],
  ),
  refused('resources by name', [detail('registeredResources', { CPU: 2048 })], ['detail.registeredResources', 'an array', 'object']),
  refused('no remaining resources', [detail('remainingResources', undefined)], ['detail.remainingResources', 'an array', 'undefined']),
  refused('resource that is null', [[['detail', 'registeredResources', 1], null]], ['detail.registeredResources[1]', 'an object', 'null']),
  refused(
    'resource that is an array',
    [[['detail', 'registeredResources', 1], []]],
    ['detail.registeredResources[1]', 'an object', 'array'],
  ),
  refused('resource without name', [registered(0, 'name', undefined)], ['detail.registeredResources[0].name', 'a string', 'undefined']),
  refused('number as type', [registered(0, 'type', 4)], ['detail.registeredResources[0].type', 'a string', 'number']),
  refused(
    'units in a string',
    [registered(0, 'integerValue', '2048')],
    ['detail.registeredResources[0].integerValue', 'a whole number', 'string'],
  ),
  refused(
    'fraction of a unit',
    [registered(0, 'integerValue', 0.5)],
    ['detail.registeredResources[0].integerValue', 'a whole number', 'fractional number'],
  ),
  refused(
    'port as a number',
    [[['detail', 'registeredResources', 2, 'stringSetValue', 1], 8080]],
    ['detail.registeredResources[2].stringSetValue[1]', 'a string', 'number'],
  ),
  refused(
    'several faults',
    [detail('status', 4), detail('agentConnected', undefined), registered(1, 'longValue', null), registered(1, 'name', false)],
    ['detail.status', 'a string', 'number'],
    ['detail.agentConnected', 'a boolean', 'undefined'],
    ['detail.registeredResources[1].name', 'a string', 'boolean'],
    ['detail.registeredResources[1].longValue', 'a whole number', 'null'],
  ),
];
