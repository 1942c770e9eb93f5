import { randomUUID } from 'node:crypto';
import { XmlNode } from '@aws-sdk/xml-builder';
import { errorResponse } from '../endpoint/error-response.js';
import type { Service, ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import { type AutoScalingError, type AutoScalingGroup, type Termination, terminateInstance } from './auto-scaling-group.js';

/** Options of {@link createAutoScaling}. */
export interface AutoScalingOptions {
  /** Source of moments. @default the machine's clock */
  readonly clock?: () => Date;
  /** Source of identifiers. @default random UUIDs */
  readonly newId?: () => string;
  /** Called when an instance leaves its group, before the answer: whoever plays the capacity provider drains its host. @default nothing */
  readonly onTerminate?: (instanceId: string, group: AutoScalingGroup) => void;
}

/** EC2 Auto Scaling as a service of the local endpoint. */
export interface AutoScaling extends Service {
  /** The groups, by name. */
  groups(): readonly AutoScalingGroup[];
  /** Adds a group, or replaces the one of its name. */
  setGroup(group: AutoScalingGroup): void;
}

/** Version and name space of the API (SDK client, `protocolSettings`). */
const VERSION = '2011-01-01';
const NAMESPACE = `http://autoscaling.amazonaws.com/doc/${VERSION}/`;
const TERMINATE = 'TerminateInstanceInAutoScalingGroup';
const DESCRIBE = 'DescribeAutoScalingInstances';
/** Most instances that can be asked for by name (API_DescribeAutoScalingInstances). */
const MOST_INSTANCES = 50;

/**
 * Creates EC2 Auto Scaling over AWS Query: TerminateInstanceInAutoScalingGroup, and DescribeAutoScalingInstances of those named, on
 * groups that are set from outside.
 *
 * An instance leaves its group at once. Lifecycle hooks, cooldowns and replacements are not modelled.
 *
 * @example
 * const autoScaling = createAutoScaling();
 * autoScaling.setGroup({ autoScalingGroupName: 'hosts', minSize: 1, desiredCapacity: 2, instanceIds: ['i-1', 'i-2'] });
 */
export function createAutoScaling(options: AutoScalingOptions = {}): AutoScaling {
  const { clock = () => new Date(), newId = randomUUID, onTerminate = () => undefined } = options;
  const groups = new Map<string, AutoScalingGroup>();

  const terminate = (form: URLSearchParams): Termination => {
    const wish = readWish(form);
    const termination = 'error' in wish ? { ok: false as const, error: wish.error } : terminateInstance([...groups.values()], wish);
    if (termination.ok) {
      groups.set(termination.group.autoScalingGroupName, termination.group);
      onTerminate(form.get('InstanceId') ?? '', termination.group);
    }
    return termination;
  };

  return {
    signingName: 'autoscaling',
    groups: () => [...groups.values()],
    setGroup: (group) => void groups.set(group.autoScalingGroupName, group),
    accepts: (request) => formOf(request)?.get('Version') === VERSION,
    handle: (request) => {
      const form = formOf(request) ?? new URLSearchParams();
      const action = form.get('Action') ?? '';
      if (action === DESCRIBE) return describe(request, form, [...groups.values()]);
      if (action !== TERMINATE) {
        return errorResponse(request, { status: 400, code: 'InvalidAction', message: `${action} is not modelled by this endpoint` });
      }
      const termination = terminate(form);
      if (!termination.ok) return errorResponse(request, { status: 400, ...termination.error });
      const activity = activityOf(termination, form.get('InstanceId') ?? '', { activityId: newId(), now: clock() });
      return answer(TERMINATE, nodeOf('Activity', activity));
    },
  };
}

interface Wish {
  readonly instanceId: string;
  readonly decrement: boolean;
}

/** Both parameters are required (API_TerminateInstanceInAutoScalingGroup). */
function readWish(form: URLSearchParams): Wish | { readonly error: AutoScalingError } {
  const instanceId = form.get('InstanceId') ?? '';
  const decrement = form.get('ShouldDecrementDesiredCapacity');
  if (instanceId !== '' && (decrement === 'true' || decrement === 'false')) return { instanceId, decrement: decrement === 'true' };
  const absent = instanceId === '' ? 'InstanceId' : 'ShouldDecrementDesiredCapacity';
  return { error: { code: 'ValidationError', message: `1 validation error detected: ${absent} must be given` } };
}

function activityOf(
  { group, before }: Termination & { readonly ok: true },
  instanceId: string,
  { activityId, now }: { readonly activityId: string; readonly now: Date },
): Fields {
  const change = `changing the desired capacity from ${before.desiredCapacity} to ${group.desiredCapacity}`;
  return {
    ActivityId: activityId,
    AutoScalingGroupName: group.autoScalingGroupName,
    Description: `Terminating EC2 instance: ${instanceId}`,
    Cause: `instance ${instanceId} was taken out of service in response to a user request, ${change}.`,
    StartTime: now.toISOString(),
    StatusCode: 'InProgress',
    Progress: '0',
    Details: '{}',
  };
}

/** Instances that are in no group are left out (API_DescribeAutoScalingInstances, `InstanceIds`). */
function describe(request: ServiceRequest, form: URLSearchParams, groups: readonly AutoScalingGroup[]): ServiceResponse {
  const asked = [...form].flatMap(([name, value]) => (/^InstanceIds\.member\.\d+$/.test(name) ? [value] : []));
  if (asked.length === 0 || asked.length > MOST_INSTANCES) {
    const message = `${asked.length} instances are asked for: name 1 to ${MOST_INSTANCES}; all of them are not modelled by this endpoint`;
    return errorResponse(request, { status: 400, code: 'ValidationError', message });
  }
  const members = groups.flatMap(({ autoScalingGroupName, instanceIds, protectedInstanceIds = [] }) =>
    instanceIds
      .filter((id) => asked.includes(id))
      .map((id) =>
        nodeOf('member', {
          InstanceId: id,
          AutoScalingGroupName: autoScalingGroupName,
          AvailabilityZone: 'unknown',
          LifecycleState: 'InService',
          HealthStatus: 'HEALTHY',
          ProtectedFromScaleIn: String(protectedInstanceIds.includes(id)),
        }),
      ),
  );
  return answer(DESCRIBE, new XmlNode('AutoScalingInstances', members));
}

type Fields = Readonly<Record<string, string>>;

function nodeOf(name: string, fields: Fields): XmlNode {
  return new XmlNode(
    name,
    Object.entries(fields).map(([field, value]) => XmlNode.of(field, value)),
  );
}

function answer(operation: string, content: XmlNode): ServiceResponse {
  const result = new XmlNode(`${operation}Result`, [content]);
  const metadata = new XmlNode('ResponseMetadata', [XmlNode.of('RequestId', 'local')]);
  const body = new XmlNode(`${operation}Response`, [result, metadata]).addAttribute('xmlns', NAMESPACE).toString();
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function formOf({ headers, body }: ServiceRequest): URLSearchParams | undefined {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    ? new URLSearchParams(Buffer.from(body).toString('utf8'))
    : undefined;
}
