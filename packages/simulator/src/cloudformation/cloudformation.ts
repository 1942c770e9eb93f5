import { randomUUID } from 'node:crypto';
import { errorResponse } from '../endpoint/error-response.js';
import type { Service, ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import { createStackStore, type Stack, type StackStore } from './stack-store.js';

/** Options of {@link createCloudFormation}. */
export interface CloudFormationOptions {
  /** Source of moments. @default the machine's clock */
  readonly clock?: () => Date;
  /** Source of identifiers. @default random UUIDs */
  readonly newId?: () => string;
  /** Region in ARNs. @default 'us-east-1' */
  readonly region?: string;
  /** Account in ARNs, 12 digits. @default '111122223333' */
  readonly accountId?: string;
}

/** What came of DescribeStacks. */
export type DescribeStacksOutcome =
  | { readonly ok: true; readonly stacks: readonly Stack[] }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** CloudFormation as a service of the local endpoint. */
export interface CloudFormation extends Service {
  /** The stacks; whoever plays CloudFormation sets their status here. */
  readonly stacks: StackStore;
  /** Describes one stack, or all, without HTTP. */
  describeStacks(stackName?: string): DescribeStacksOutcome;
}

/** Version and name space of the API (SDK client, `protocolSettings`). */
const VERSION = '2010-05-15';
const NAMESPACE = `http://cloudformation.amazonaws.com/doc/${VERSION}/`;

/** Creates CloudFormation over AWS Query: DescribeStacks of stacks that are set from outside. */
export function createCloudFormation(options: CloudFormationOptions = {}): CloudFormation {
  const stacks = createStackStore({
    now: options.clock ?? (() => new Date()),
    newId: options.newId ?? randomUUID,
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '111122223333',
  });
  const describeStacks = (stackName = ''): DescribeStacksOutcome => {
    if (stackName === '') {
      return { ok: true, stacks: stacks.list() };
    }
    const stack = stacks.find(stackName);
    return stack === undefined
      ? { ok: false, error: { code: 'ValidationError', message: `Stack with id ${stackName} does not exist` } }
      : { ok: true, stacks: [stack] };
  };
  return {
    signingName: 'cloudformation',
    stacks,
    describeStacks,
    accepts: (request) => formOf(request)?.get('Version') === VERSION,
    handle: (request) => {
      const form = formOf(request);
      const action = form?.get('Action') ?? '';
      if (action !== 'DescribeStacks') {
        return errorResponse(request, { status: 400, code: 'InvalidAction', message: `${action} is not modelled by this endpoint` });
      }
      const outcome = describeStacks(form?.get('StackName') ?? '');
      return outcome.ok ? answer(outcome.stacks) : errorResponse(request, { status: 400, ...outcome.error });
    },
  };
}

function formOf({ headers, body }: ServiceRequest): URLSearchParams | undefined {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    ? new URLSearchParams(Buffer.from(body).toString('utf8'))
    : undefined;
}

function answer(stacks: readonly Stack[]): ServiceResponse {
  const members = stacks.map((stack) => `<member>${describe(stack)}</member>`).join('');
  const body = `<DescribeStacksResponse xmlns="${NAMESPACE}"><DescribeStacksResult><Stacks>${members}</Stacks></DescribeStacksResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></DescribeStacksResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function describe(stack: Stack): string {
  return [
    element('StackId', stack.stackId),
    element('StackName', stack.stackName),
    element('CreationTime', stack.createdAt.toISOString()),
    element('StackStatus', stack.status),
    stack.statusReason === undefined ? '' : element('StackStatusReason', stack.statusReason),
    element('DisableRollback', 'false'),
    '<NotificationARNs/><Tags/><Outputs/>',
    element('EnableTerminationProtection', 'false'),
    '<DriftInformation><StackDriftStatus>NOT_CHECKED</StackDriftStatus></DriftInformation>',
  ].join('');
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${escaped}</${name}>`;
}
