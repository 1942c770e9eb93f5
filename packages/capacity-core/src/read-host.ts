import type { Host } from './host.js';
import type { HostError } from './host-error.js';
import { isObject, kindOf, readResources } from './read-resources.js';
import { failure, type Result, success } from './result.js';

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
  if (!isObject(record)) return refused('WRONG_TYPE', '', `the record is ${kindOf(record)}: expected a container instance`);
  const { containerInstanceArn, status, agentConnected, version = 0, clusterArn, ec2InstanceId } = record;
  if (typeof containerInstanceArn !== 'string' || containerInstanceArn === '')
    return wrongField('containerInstanceArn', containerInstanceArn, 'an ARN');
  const arn = containerInstanceArn;
  if (typeof status !== 'string') return wrongField('status', status, 'a string such as ACTIVE', arn);
  if (typeof agentConnected !== 'boolean') return wrongField('agentConnected', agentConnected, 'true or false', arn);
  if (typeof version !== 'number') return wrongField('version', version, 'a whole number', arn);
  if (!Number.isSafeInteger(version) || version < 0) {
    return refused('OUT_OF_RANGE', 'version', `version is ${version}: expected a whole number, 0 or more`, arn);
  }
  const registered = readResources(record.registeredResources, 'registeredResources');
  if (!registered.ok) return refused(registered.error.code, registered.error.path, registered.error.message, arn);
  const remaining = readResources(record.remainingResources, 'remainingResources');
  if (!remaining.ok) return refused(remaining.error.code, remaining.error.path, remaining.error.message, arn);
  return success({
    containerInstanceArn,
    ...(typeof clusterArn === 'string' ? { clusterArn } : {}),
    ...(typeof ec2InstanceId === 'string' ? { ec2InstanceId } : {}),
    status,
    agentConnected,
    version,
    registered: registered.value,
    remaining: remaining.value,
  });
}

function wrongField(path: string, found: unknown, expected: string, arn?: string): { readonly ok: false; readonly error: HostError } {
  if (found === undefined) return refused('MISSING_FIELD', path, `${path} is missing: give the whole record that ECS returned`, arn);
  return refused('WRONG_TYPE', path, `${path} is ${found === '' ? 'empty' : kindOf(found)}: expected ${expected}`, arn);
}

function refused(code: HostError['code'], path: string, problem: string, arn?: string): { readonly ok: false; readonly error: HostError } {
  if (arn === undefined) return failure({ code, path, message: `container instance: ${problem}` });
  return failure({ code, containerInstanceArn: arn, path, message: `container instance ${arn}: ${problem}` });
}
