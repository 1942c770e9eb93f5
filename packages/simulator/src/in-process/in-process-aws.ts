import { randomUUID } from 'node:crypto';
import { type CloudFormation, createCloudFormation } from '../cloudformation/cloudformation.js';
import type { StackStore } from '../cloudformation/stack-store.js';
import { type CloudWatchLogs, createCloudWatchLogs } from '../cloudwatch-logs/cloudwatch-logs.js';
import type { LogStore } from '../cloudwatch-logs/log-store.js';
import { createEcsModel, type EcsModel, type EcsModelOptions } from '../ecs/ecs-model.js';
import type { EcsOutcome } from '../ecs/operations.js';
import type { ServiceSetting } from '../ecs/service-setting.js';
import { createCallRecord } from '../endpoint/call-record.js';
import { type AuthorizedCall, iamContextOf } from '../faults/authorized-call.js';
import { createFaultPlan, type FaultEffect, type FaultPlan, type FaultRule } from '../faults/fault-rule.js';
import { iamActionsOf } from '../faults/iam-action.js';
import { accessDeniedError, throttlingError } from '../faults/service-errors.js';
import { createLambdaApi, type InvocableFunction, type LambdaApi } from '../lambda-api/lambda-api.js';
import { type Scheduler, sleep } from '../virtual-time/scheduler.js';
import { InProcessServiceError, LostConnectionError } from './in-process-error.js';
import { describedStacks, invocationOutput, payloadOf, withDates } from './sdk-shapes.js';

/** Services that can be called in process, by signing name. */
export type InProcessService = 'ecs' | 'logs' | 'cloudformation' | 'lambda';

/** How services in process are to be. */
export interface InProcessAwsOptions extends EcsModelOptions {
  /** Clock and timers: a virtual time, or the machine's. */
  readonly scheduler: Scheduler;
  /** Faults by rule. @default none */
  readonly faults?: readonly FaultRule[];
  /** Time a call takes, in milliseconds: half of it before it is carried out, half after. @default 0 */
  readonly latencyMs?: (call: { readonly service: InProcessService; readonly operation: string }) => number;
  /** Functions that Lambda's Invoke reaches, by name. @default none */
  readonly functions?: Readonly<Record<string, InvocableFunction>>;
}

/** A command of the AWS SDK, as far as it is read here. */
export interface SdkCommand {
  /** What is asked. */
  readonly input: unknown;
}

/** Stands in for a client of the AWS SDK: it takes the SDK's commands and gives the SDK's outputs and exceptions. */
export interface InProcessClient {
  /**
   * Carries out a command. It makes one attempt, where the SDK's own client makes three.
   *
   * @throws InProcessServiceError with the name of the service's exception
   * @throws LostConnectionError where a fault loses the request or its answer
   */
  // biome-ignore lint/suspicious/noExplicitAny: the output is that of the SDK's command, whose types this package does not depend on
  send(command: SdkCommand): Promise<any>;
}

/** ECS, CloudWatch Logs, CloudFormation and Lambda without HTTP. */
export interface InProcessAws {
  /** A client of a service. */
  client(service: InProcessService): InProcessClient;
  /** Carries out an operation by name; as {@link InProcessClient.send}. */
  call(service: InProcessService, operation: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
  /** Carries out an operation of ECS at once, without faults, throttling or record, to prepare and to look. */
  ecs(operation: string, input: unknown): EcsOutcome;
  /** Rules of faults in force. */
  readonly faults: FaultPlan;
  /** Log groups and their streams. */
  readonly logs: LogStore;
  /** Stacks as DescribeStacks shows them. */
  readonly stacks: StackStore;
  /** Calls so far, oldest first, with the permissions each needs. */
  recordedCalls(): readonly AuthorizedCall[];
  /** Connects or disconnects an agent. @throws UnknownResourceError */
  setAgentConnected(containerInstanceArn: string, connected: boolean): void;
  /** Lets a held task start. @throws UnknownResourceError */
  startPendingTask(taskArn: string): void;
  /** Shows a service. @throws UnknownResourceError */
  setService(setting: ServiceSetting): void;
  /** Ends every container. */
  close(): Promise<void>;
}

/**
 * Creates the services of the local endpoint without HTTP, over any clock.
 *
 * @example
 * const time = createVirtualTime();
 * const aws = createInProcessAws({ scheduler: time, containers: { scripts: () => ({ exitsAfterMs: 60_000 }) } });
 */
export function createInProcessAws(options: InProcessAwsOptions): InProcessAws {
  const { scheduler } = options;
  const account = {
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '111122223333',
    clock: scheduler.now,
    newId: options.newId ?? randomUUID,
  };
  const logs = createCloudWatchLogs(account);
  const cloudFormation = createCloudFormation(account);
  const lambda = createLambdaApi({ ...account, scheduler, functions: options.functions ?? {} });
  const model = createEcsModel(options, {
    scheduler,
    openLog: ({ logGroupName, logStreamName }) => logs.store.createStream(logGroupName, logStreamName),
    log: (target, text) => logs.store.append(target, text),
  });
  const record = createCallRecord();
  const faults = createFaultPlan(options.faults);
  const iamContext = iamContextOf(model.state, (name) => cloudFormation.stacks.find(name)?.stackId);

  const perform = performer({ model, logs, cloudFormation, lambda });
  const call: InProcessAws['call'] = async (service, operation, input) => {
    const identified = { service, operation, input, at: scheduler.now() };
    const authorized = { ...identified, iamActions: iamActionsOf(identified, iamContext) };
    record.add(authorized, 0);
    const effect = faults.effectOn(authorized);
    const latencyMs = options.latencyMs?.({ service, operation }) ?? 0;
    await pass(scheduler, latencyMs / 2);
    const carryOut = (): Promise<unknown> => perform[service](operation, input);
    const output = effect === undefined ? await carryOut() : await under(effect, { call: authorized, carryOut, scheduler });
    await pass(scheduler, latencyMs / 2);
    return { $metadata: { httpStatusCode: 200, attempts: 1 }, ...(output as object) };
  };
  return {
    client: (service) => ({ send: (command) => call(service, operationOf(command), command.input) }),
    call,
    ecs: (operation, input) => model.call({ operation, input }),
    faults,
    logs: logs.store,
    stacks: cloudFormation.stacks,
    recordedCalls: record.list,
    setAgentConnected: model.setAgentConnected,
    startPendingTask: model.startPendingTask,
    setService: model.setService,
    close: model.close,
  };
}

type Performer = Readonly<Record<InProcessService, (operation: string, input: unknown) => Promise<unknown>>>;

function performer(parts: {
  readonly model: EcsModel;
  readonly logs: CloudWatchLogs;
  readonly cloudFormation: CloudFormation;
  readonly lambda: LambdaApi;
}): Performer {
  return {
    ecs: async (operation, input) => {
      const outcome = parts.model.call({ operation, input }, { throttled: true });
      return outcome.ok ? withDates(outcome.response) : refuse(outcome.error);
    },
    logs: async (operation, input) => {
      const outcome = parts.logs.call(operation, input);
      return outcome.ok ? structuredClone(outcome.response) : refuse(outcome.error);
    },
    cloudformation: async (operation, input) => {
      if (operation !== 'DescribeStacks') {
        return refuse({ code: 'InvalidAction', message: `${operation} is not modelled` });
      }
      const outcome = parts.cloudFormation.describeStacks((input as { readonly StackName?: string }).StackName);
      return outcome.ok ? describedStacks(outcome.stacks) : refuse(outcome.error);
    },
    lambda: async (_operation, input) => {
      const { FunctionName = '', InvocationType, Payload } = input as Readonly<Record<string, string | undefined>>;
      const type = InvocationType === undefined ? {} : { invocationType: InvocationType };
      const answer = await parts.lambda.invoke({ functionName: FunctionName, ...type, payload: payloadOf(Payload) });
      return answer.error === undefined ? invocationOutput(answer) : refuse({ ...answer.error, status: answer.status });
    },
  };
}

interface Affected {
  readonly call: AuthorizedCall;
  readonly carryOut: () => Promise<unknown>;
  readonly scheduler: Scheduler;
}

async function under(effect: FaultEffect, { call, carryOut, scheduler }: Affected): Promise<unknown> {
  switch (effect.kind) {
    case 'lostRequest':
      throw new LostConnectionError();
    case 'lostResponse':
      await carryOut().catch(() => undefined);
      throw new LostConnectionError();
    case 'delay':
      await sleep(scheduler, effect.milliseconds);
      return carryOut();
    case 'answer':
      return structuredClone(effect.output);
    default:
      return refuse(errorOf(effect, call));
  }
}

function errorOf(effect: Extract<FaultEffect, { kind: 'throttle' | 'accessDenied' | 'error' }>, call: AuthorizedCall) {
  switch (effect.kind) {
    case 'throttle':
      return throttlingError(call.service);
    case 'accessDenied': {
      const [action] = call.iamActions;
      return accessDeniedError(call.service, { action: action?.action ?? call.operation, resource: action?.resources[0] ?? '*' });
    }
    default:
      return { code: effect.code, message: effect.message ?? 'injected fault', status: effect.status ?? 400 };
  }
}

function refuse(error: {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  readonly resourceIds?: readonly string[];
}): never {
  throw new InProcessServiceError({ status: 400, ...error });
}

/** Waits; a call that takes no time still leaves the caller's stack. */
function pass(scheduler: Scheduler, milliseconds: number): Promise<void> {
  return milliseconds > 0 ? sleep(scheduler, milliseconds) : Promise.resolve();
}

/** `RunTask` of a `RunTaskCommand`. */
function operationOf(command: SdkCommand): string {
  return command.constructor.name.replace(/Command$/, '');
}
