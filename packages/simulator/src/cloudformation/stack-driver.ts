import { type AsyncInvocation, type AsyncTarget, type FailureRecord, invokeAsync } from '../lambda-api/async-invocation.js';
import { SimulatorError } from '../simulator-error.js';
import type { Scheduler } from '../virtual-time/scheduler.js';
import { asSent, type CustomResourceRequest, type RequestType } from './custom-resource-request.js';
import { type DrivenRequest, type OpenRequest, openRequest } from './driven-request.js';
import type { ResponseBucket } from './response-bucket.js';
import { advanceStack, newStack, type PlannedRequest, type Properties, type Purpose, type StackInput } from './stack-machine.js';
import type { StackSetting } from './stack-store.js';

/** How a driver is to be. */
export interface StackDriverOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Source of identifiers, each as unique as a UUID. */
  readonly newId: () => string;
  /** Where answers are PUT. */
  readonly bucket: ResponseBucket;
  /** The function. */
  readonly target: AsyncTarget;
  /** Is given a request once the function's last attempt has failed. @default nobody is */
  readonly onFailure?: (record: FailureRecord) => Promise<unknown>;
  /** Waits before the function's second and third attempt, in milliseconds. @default 60000 and 120000 */
  readonly retryWaitsMs?: readonly number[];
  /** Moments at which a request is delivered once more, in milliseconds after the first delivery. @default none */
  readonly duplicatesAfterMs?: (request: CustomResourceRequest) => readonly number[];
  /** Told of each status of the stack, as for DescribeStacks. */
  readonly onStatus?: (stack: StackSetting & { readonly stackId: string }) => void;
  /** Whether an answer that breaks the rules fails the resource, or is passed over. @default 'fail' */
  readonly invalidAnswers?: 'fail' | 'ignore';
  /** How long an answer is waited for, in whole seconds, 1 to 3600. Sent as the property ServiceTimeout. @default 3600, not sent */
  readonly serviceTimeoutSeconds?: number;
  /** Name of the stack. @default 'shop' */
  readonly stackName?: string;
  /** Name of the resource in the template. @default 'Migration' */
  readonly logicalResourceId?: string;
  /** Type of the resource. @default 'Custom::TaskRun' */
  readonly resourceType?: string;
  /** ARN of the function. @default one of the example account */
  readonly serviceToken?: string;
}

/** How a stack operation ended. */
export interface StackOutcome {
  /** Status of the stack. */
  readonly status: string;
  /** Reason of the failure that a user reads first; empty if there was none. */
  readonly reason: string;
}

/** How an operation is to go beside its properties. */
export interface DeployOptions {
  /** Another resource of the operation fails after so many milliseconds. @default none does */
  readonly otherResourceFailsAfterMs?: number;
  /** Whether a failure is left as it is, to be retried, without a rollback. @default false */
  readonly preserve?: boolean;
}

/** CloudFormation with one stack that has one custom resource. */
export interface StackDriver {
  /** ARN of the stack. */
  readonly stackId: string;
  /** Every request sent, oldest first. */
  readonly requests: readonly DrivenRequest[];
  /** Status of the stack; empty before the first operation. */
  status(): string;
  /** Id of the resource; undefined if there is none. */
  physicalId(): string | undefined;
  /** Creates the resource, or updates it where properties differ; rolls back on failure. @throws StackBusyError */
  deploy(properties: Properties, how?: DeployOptions): Promise<StackOutcome>;
  /** Deletes the resource. @throws StackBusyError */
  remove(): Promise<StackOutcome>;
  /** Sends the request that failed last once more: the same RequestId, a fresh ResponseURL. @throws StackBusyError */
  retry(): Promise<StackOutcome>;
  /** Settles when no run of the function is under way or to come. */
  idle(): Promise<void>;
}

/** A stack takes one operation at a time. */
export class StackBusyError extends SimulatorError {
  override readonly name = 'StackBusyError';
  readonly code = 'STACK_BUSY';

  constructor(status: string) {
    super(`the stack is ${status} or has nothing to do; await the operation before, and retry only what failed`);
  }
}

/** Creates a driver; its stack is there once something is deployed. */
export function createStackDriver(options: StackDriverOptions): StackDriver {
  const { scheduler, newId, stackName = 'shop', logicalResourceId = 'Migration' } = options;
  const stackId = `arn:aws:cloudformation:us-east-1:111122223333:stack/${stackName}/${newId()}`;
  const serviceToken = options.serviceToken ?? 'arn:aws:lambda:us-east-1:111122223333:function:local-function';
  const requests: OpenRequest[] = [];
  let state = newStack(`${stackName}-${logicalResourceId}-${newId().slice(0, 13).toUpperCase().replaceAll('-', '')}`);
  let finish: ((outcome: StackOutcome) => void) | undefined;
  let firstReason = '';

  const feed = (input: StackInput): void => {
    const step = advanceStack(state, input);
    state = step.state;
    for (const effect of step.effects) {
      switch (effect.kind) {
        case 'status':
          firstReason ||= effect.reason;
          options.onStatus?.({
            stackName,
            stackId,
            status: effect.status,
            ...(effect.reason === '' ? {} : { statusReason: effect.reason }),
          });
          break;
        case 'send':
          send(effect.request, { again: effect.again });
          break;
        case 'abandon':
          requests.findLast(({ driven }) => driven.endedBy === undefined)?.abandon();
          break;
        default:
          finish?.({ status: state.status, reason: firstReason });
          finish = undefined;
      }
    }
  };

  const send = (planned: PlannedRequest, { again }: { readonly again: boolean }): void => {
    const before = again ? requests.findLast(({ driven }) => driven.purpose === planned.purpose) : undefined;
    const request = openRequest({
      ...options,
      purpose: planned.purpose,
      eventFor: (url) => eventOf(planned, { url, requestId: before?.driven.event.RequestId ?? newId() }),
      decided: (decision) => {
        firstReason ||= decision.reason;
        feed({ kind: 'decided', decision });
      },
    });
    requests.push(request);
    request.deliver(invoke);
  };

  const invoke = (event: CustomResourceRequest): AsyncInvocation =>
    invokeAsync(event, {
      scheduler,
      target: options.target,
      functionArn: `${serviceToken}:$LATEST`,
      requestId: newId(),
      duplicatesAfterMs: options.duplicatesAfterMs?.(event) ?? [],
      ...(options.retryWaitsMs === undefined ? {} : { retryWaitsMs: options.retryWaitsMs }),
      ...(options.onFailure === undefined ? {} : { onFailure: options.onFailure }),
    });

  const eventOf = (planned: PlannedRequest, made: { readonly url: string; readonly requestId: string }): CustomResourceRequest => {
    const { serviceTimeoutSeconds } = options;
    const own = { ServiceToken: serviceToken, ...(serviceTimeoutSeconds === undefined ? {} : { ServiceTimeout: serviceTimeoutSeconds }) };
    const sent = (properties: Properties): Properties => asSent({ ...own, ...properties }) as Properties;
    return {
      RequestType: typeOf(planned.purpose),
      RequestId: made.requestId,
      StackId: stackId,
      ResponseURL: made.url,
      ResourceType: options.resourceType ?? 'Custom::TaskRun',
      LogicalResourceId: logicalResourceId,
      ServiceToken: serviceToken,
      ...(planned.physicalId === undefined ? {} : { PhysicalResourceId: planned.physicalId }),
      ResourceProperties: sent(planned.properties),
      ...(planned.oldProperties === undefined ? {} : { OldResourceProperties: sent(planned.oldProperties) }),
    };
  };

  const operate = (input: StackInput, otherFailsAfterMs?: number): Promise<StackOutcome> => {
    const possible = input.kind !== 'retry' || state.failed !== undefined;
    if (finish !== undefined || !possible) {
      return Promise.reject(new StackBusyError(state.status));
    }
    return new Promise((resolve) => {
      firstReason = '';
      let cancelOther: () => void = () => undefined;
      if (otherFailsAfterMs !== undefined) {
        cancelOther = scheduler.after(otherFailsAfterMs, () => feed({ kind: 'otherFailed' }));
      }
      finish = (outcome) => {
        cancelOther();
        resolve(outcome);
      };
      feed(input);
    });
  };

  return {
    stackId,
    get requests() {
      return requests.map(({ driven }) => driven);
    },
    status: () => state.status,
    physicalId: () => state.resource?.physicalId,
    deploy: (properties, how = {}) =>
      operate(
        { kind: 'deploy', properties, otherWillFail: how.otherResourceFailsAfterMs !== undefined, preserve: how.preserve ?? false },
        how.otherResourceFailsAfterMs,
      ),
    remove: () => operate({ kind: 'remove' }),
    retry: () => operate({ kind: 'retry' }),
    idle: async () => {
      await Promise.all(requests.map(({ driven }) => driven.invocation.done));
    },
  };
}

function typeOf(purpose: Purpose): RequestType {
  if (purpose === 'create') {
    return 'Create';
  }
  return purpose === 'update' || purpose === 'rollbackUpdate' ? 'Update' : 'Delete';
}
