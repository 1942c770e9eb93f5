import type { Host } from './host.js';
import type { HostError } from './host-error.js';
import { readAttributes } from './read-attributes.js';
import { kindOf, ownFields, readResources, withoutSign } from './read-resources.js';
import { failure, type Result, success } from './result.js';

/** Characters of the record's ARN that a message repeats; the error's own field has it whole. */
const MAX_ARN = 200;

/**
 * Reads AWS's own container-instance record: an item of DescribeContainerInstances, or the detail of a Container Instance
 * State Change event.
 *
 * Unknown fields are ignored. Strict about what the count depends on: ARN, status, agent connection, version and resources.
 *
 * @returns the host, or what is wrong with the record and where
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_events.html
 */
export function readHost(record: unknown): Result<Host, HostError> {
  const fields = ownFields(record);
  if (fields === undefined) return refused('WRONG_TYPE', '', `the record is ${kindOf(record)}: expected a container instance`);
  const { containerInstanceArn, status, agentConnected, version = 0, clusterArn, ec2InstanceId } = fields;
  if (typeof containerInstanceArn !== 'string' || containerInstanceArn === '')
    return wrongField('containerInstanceArn', containerInstanceArn, 'an ARN');
  const arn = containerInstanceArn;
  if (typeof status !== 'string') return wrongField('status', status, 'a string such as ACTIVE', arn);
  if (typeof agentConnected !== 'boolean') return wrongField('agentConnected', agentConnected, 'true or false', arn);
  if (typeof version !== 'number') return wrongField('version', version, 'a whole number', arn);
  if (!Number.isSafeInteger(version) || version < 0) {
    return refused('OUT_OF_RANGE', 'version', `version is ${version}: expected a whole number, 0 or more`, arn);
  }
  const details = readDetails(fields);
  if (!details.ok) return refused(details.error.code, details.error.path, details.error.message, arn);
  return success({
    containerInstanceArn,
    ...(typeof clusterArn === 'string' ? { clusterArn } : {}),
    ...(typeof ec2InstanceId === 'string' ? { ec2InstanceId } : {}),
    status,
    agentConnected,
    version: withoutSign(version),
    ...details.value,
  });
}

type Problem = Omit<HostError, 'containerInstanceArn'>;
type Details = Omit<Host, 'containerInstanceArn' | 'clusterArn' | 'ec2InstanceId' | 'status' | 'agentConnected' | 'version'>;

function readDetails(fields: Readonly<Record<string, unknown>>): Result<Details, Problem> {
  const registered = readResources(fields.registeredResources, 'registeredResources');
  if (!registered.ok) return registered;
  const remaining = readResources(fields.remainingResources, 'remainingResources');
  if (!remaining.ok) return remaining;
  const attributes = readAttributes(fields.attributes ?? [], 'attributes');
  if (!attributes.ok) return attributes;
  const counts = readTaskCounts(fields);
  if (!counts.ok) return counts;
  const agentVersion = ownFields(fields.versionInfo)?.agentVersion;
  const registeredAt = momentOf(fields.registeredAt);
  return success({
    ...(typeof agentVersion === 'string' ? { agentVersion } : {}),
    ...(registeredAt === undefined ? {} : { registeredAt }),
    ...counts.value,
    attributes: attributes.value,
    registered: registered.value,
    remaining: remaining.value,
  });
}

/** The AWS SDK turns moments into dates; seconds since 1970 are what ECS sent. */
function momentOf(value: unknown): string | number | undefined {
  const moment = value instanceof Date ? value.getTime() / 1000 : value;
  return typeof moment === 'string' || (typeof moment === 'number' && Number.isFinite(moment)) ? moment : undefined;
}

type TaskCounts = Pick<Host, 'runningTasksCount' | 'pendingTasksCount'>;

function readTaskCounts(fields: Readonly<Record<string, unknown>>): Result<TaskCounts, Problem> {
  const counts: { -readonly [Field in keyof TaskCounts]: TaskCounts[Field] } = {};
  for (const field of ['runningTasksCount', 'pendingTasksCount'] as const) {
    const value = fields[field];
    if (value === undefined) continue;
    if (typeof value !== 'number') {
      return failure({ code: 'WRONG_TYPE', path: field, message: `${field} is ${kindOf(value)}: expected a whole number` });
    }
    if (!Number.isSafeInteger(value) || value < 0) {
      return failure({ code: 'OUT_OF_RANGE', path: field, message: `${field} is ${value}: expected a whole number, 0 or more` });
    }
    counts[field] = withoutSign(value);
  }
  return success(counts);
}

function wrongField(path: string, found: unknown, expected: string, arn?: string): { readonly ok: false; readonly error: HostError } {
  if (found === undefined) return refused('MISSING_FIELD', path, `${path} is missing: give the whole record that ECS returned`, arn);
  return refused('WRONG_TYPE', path, `${path} is ${found === '' ? 'empty' : kindOf(found)}: expected ${expected}`, arn);
}

function refused(code: HostError['code'], path: string, problem: string, arn?: string): { readonly ok: false; readonly error: HostError } {
  if (arn === undefined) return failure({ code, path, message: `container instance: ${problem}` });
  return failure({ code, containerInstanceArn: arn, path, message: `container instance ${arn.slice(0, MAX_ARN)}: ${problem}` });
}
