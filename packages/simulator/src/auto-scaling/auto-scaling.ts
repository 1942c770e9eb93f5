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
const OPERATION = 'TerminateInstanceInAutoScalingGroup';

/**
 * Creates EC2 Auto Scaling over AWS Query: TerminateInstanceInAutoScalingGroup, on groups that are set from outside.
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
      if (action !== OPERATION) {
        return errorResponse(request, { status: 400, code: 'InvalidAction', message: `${action} is not modelled by this endpoint` });
      }
      const termination = terminate(form);
      if (!termination.ok) return errorResponse(request, { status: 400, ...termination.error });
      return answer(activityOf(termination, form.get('InstanceId') ?? '', { activityId: newId(), now: clock() }));
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

type Activity = Readonly<Record<string, string>>;

function activityOf(
  { group, before }: Termination & { readonly ok: true },
  instanceId: string,
  { activityId, now }: { readonly activityId: string; readonly now: Date },
): Activity {
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

function answer(activity: Activity): ServiceResponse {
  const fields = Object.entries(activity).map(([name, value]) => XmlNode.of(name, value));
  const result = new XmlNode(`${OPERATION}Result`, [new XmlNode('Activity', fields)]);
  const metadata = new XmlNode('ResponseMetadata', [XmlNode.of('RequestId', 'local')]);
  const body = new XmlNode(`${OPERATION}Response`, [result, metadata]).addAttribute('xmlns', NAMESPACE).toString();
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function formOf({ headers, body }: ServiceRequest): URLSearchParams | undefined {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    ? new URLSearchParams(Buffer.from(body).toString('utf8'))
    : undefined;
}
