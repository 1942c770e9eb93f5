import {
  type ParseResult,
  parseContainerInstanceHealthChange,
  parseContainerInstanceStateChange,
  parseCustomResourceRequest,
  parseDeploymentStateChange,
  parseServiceAction,
  parseTaskStateChange,
} from '@plimsoll/event-schemas';
import { ENVELOPE_FIELDS, optional, type ReadField, required } from './read-fields';
import { bareEvent, deploymentEvent, healthEvent, serviceActionEvent, taskEvent } from './synthetic-ecs-events';
import { containerInstanceEvent, type Loose, minimalContainerInstanceEvent } from './synthetic-events';
import { createRequest, deleteRequest, minimalRequest, updateRequest } from './synthetic-requests';

/** One schema, or one of the requests of the request schema, and all that is needed to test it. */
export interface SchemaCase {
  /** Name of the case. */
  readonly name: string;
  /** Name of the schema. */
  readonly schema: string;
  /** Its parser. */
  readonly parse: (input: unknown) => ParseResult<unknown>;
  /** A valid input with every field the parser reads. */
  readonly whole: () => Loose;
  /** A valid input with required fields only. */
  readonly minimal: () => Loose;
  /** Every field the parser reads, with one element of each array. */
  readonly fields: readonly ReadField[];
}

const each = (make: typeof optional, type: ReadField['type'], parent: readonly (string | number)[], keys: string): ReadField[] =>
  keys.split(' ').map((key) => make(type, ...parent, key));

const D = ['detail'] as const;
const CONTAINER = ['detail', 'containers', 0] as const;

const requestFields: readonly ReadField[] = [
  required('exact', 'RequestType'),
  ...each(required, 'identifier', [], 'ResponseURL StackId RequestId LogicalResourceId'),
  ...each(optional, 'string', [], 'ResourceType ServiceToken'),
  optional('objectOrNull', 'ResourceProperties'),
];
const physicalId = required('identifier', 'PhysicalResourceId');

const request = (kind: string, whole: () => Loose, ...fields: ReadField[]): SchemaCase => ({
  name: `custom-resource-request ${kind}`,
  schema: 'custom-resource-request',
  parse: parseCustomResourceRequest,
  whole,
  minimal: () => (kind === 'Create' ? minimalRequest(kind) : { ...minimalRequest(kind), PhysicalResourceId: 'p' }),
  fields: [...requestFields, ...fields],
});

const containerInstanceFields: readonly ReadField[] = [
  ...each(required, 'identifier', D, 'clusterArn containerInstanceArn'),
  required('string', 'detail', 'status'),
  required('boolean', 'detail', 'agentConnected'),
  required('natural', 'detail', 'version'),
  optional('string', 'detail', 'ec2InstanceId'),
  ...each(optional, 'natural', D, 'runningTasksCount pendingTasksCount'),
  optional('array', 'detail', 'attributes'),
  required('string', 'detail', 'attributes', 1, 'name'),
  optional('string', 'detail', 'attributes', 1, 'value'),
  ...['registeredResources', 'remainingResources'].flatMap((key) => [
    required('array', 'detail', key),
    required('string', 'detail', key, 1, 'name'),
    optional('string', 'detail', key, 1, 'type'),
    optional('whole', 'detail', key, 1, 'integerValue'),
    optional('whole', 'detail', key, 1, 'longValue'),
    optional('number', 'detail', key, 1, 'doubleValue'),
    optional('array', 'detail', key, 2, 'stringSetValue'),
    required('string', 'detail', key, 2, 'stringSetValue', 1),
  ]),
];

const taskFields: readonly ReadField[] = [
  ...each(required, 'identifier', D, 'clusterArn taskArn'),
  ...each(required, 'string', D, 'lastStatus desiredStatus'),
  required('natural', 'detail', 'version'),
  required('array', 'detail', 'containers'),
  ...each(optional, 'string', D, 'containerInstanceArn taskDefinitionArn group startedBy launchType capacityProviderName availabilityZone'),
  ...each(optional, 'string', D, 'cpu memory stopCode stoppedReason'),
  optional('flagOrName', 'detail', 'enableExecuteCommand'),
  optional('array', 'detail', 'attachments'),
  ...each(optional, 'string', ['detail', 'attachments', 0], 'id type status'),
  optional('array', 'detail', 'attachments', 0, 'details'),
  ...each(optional, 'string', ['detail', 'attachments', 0, 'details', 0], 'name value'),
  required('string', ...CONTAINER, 'name'),
  ...each(optional, 'string', CONTAINER, 'containerArn taskArn lastStatus reason image imageDigest runtimeId cpu memory memoryReservation'),
  optional('whole', ...CONTAINER, 'exitCode'),
  ...each(optional, 'array', CONTAINER, 'gpuIds networkInterfaces networkBindings'),
  required('string', ...CONTAINER, 'gpuIds', 0),
  ...each(optional, 'string', [...CONTAINER, 'networkInterfaces', 0], 'attachmentId privateIpv4Address ipv6Address'),
  ...each(optional, 'string', [...CONTAINER, 'networkBindings', 0], 'bindIP protocol'),
  ...each(optional, 'natural', [...CONTAINER, 'networkBindings', 0], 'containerPort hostPort'),
];

const healthFields: readonly ReadField[] = [
  ...each(required, 'identifier', D, 'clusterArn containerInstanceArn'),
  required('string', 'detail', 'overallStatus'),
  required('array', 'detail', 'healthChecks'),
  ...each(optional, 'stringOrNull', D, 'capacityProviderName ec2InstanceId'),
  ...each(required, 'string', ['detail', 'healthChecks', 0], 'type status'),
  ...each(optional, 'stringOrNull', ['detail', 'healthChecks', 0], 'lastStatusChange lastUpdated statusReason'),
];

const serviceActionFields: readonly ReadField[] = [
  ...each(required, 'string', D, 'eventType eventName'),
  required('identifier', 'detail', 'clusterArn'),
  ...each(optional, 'string', D, 'createdAt reason deploymentId'),
  optional('array', 'detail', 'capacityProviderArns'),
  required('string', 'detail', 'capacityProviderArns', 0),
];

const deploymentFields: readonly ReadField[] = [
  ...each(required, 'string', D, 'eventType eventName'),
  required('identifier', 'detail', 'deploymentId'),
  ...each(optional, 'string', D, 'updatedAt reason'),
];

const ecs = (schema: string, parts: Omit<SchemaCase, 'name' | 'schema'>): SchemaCase => ({
  ...parts,
  name: schema,
  schema,
  fields: [...ENVELOPE_FIELDS, ...parts.fields],
});

/** Every schema of the package but that of the envelope. */
export const SCHEMA_CASES: readonly SchemaCase[] = [
  ecs('container-instance-state-change', {
    parse: parseContainerInstanceStateChange,
    whole: containerInstanceEvent,
    minimal: minimalContainerInstanceEvent,
    fields: containerInstanceFields,
  }),
  ecs('container-instance-health-change', {
    parse: parseContainerInstanceHealthChange,
    whole: healthEvent,
    minimal: () =>
      bareEvent('ECS Container Instance Health Change', {
        clusterArn: 'c',
        containerInstanceArn: 'i',
        overallStatus: '',
        healthChecks: [],
      }),
    fields: healthFields,
  }),
  ecs('task-state-change', {
    parse: parseTaskStateChange,
    whole: taskEvent,
    minimal: () =>
      bareEvent('ECS Task State Change', {
        clusterArn: 'c',
        taskArn: 't',
        lastStatus: '',
        desiredStatus: '',
        version: 0,
        containers: [],
      }),
    fields: taskFields,
  }),
  ecs('service-action', {
    parse: parseServiceAction,
    whole: serviceActionEvent,
    minimal: () => bareEvent('ECS Service Action', { eventType: '', eventName: '', clusterArn: 'c' }),
    fields: serviceActionFields,
  }),
  ecs('deployment-state-change', {
    parse: parseDeploymentStateChange,
    whole: deploymentEvent,
    minimal: () => bareEvent('ECS Deployment State Change', { eventType: '', eventName: '', deploymentId: 'd' }),
    fields: deploymentFields,
  }),
  request('Create', createRequest),
  request('Update', updateRequest, physicalId, optional('objectOrNull', 'OldResourceProperties')),
  request('Delete', deleteRequest, physicalId),
];
