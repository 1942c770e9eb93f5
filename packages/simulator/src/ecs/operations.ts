import { createCluster, describeClusters } from './cluster-operations.js';
import { type EcsError, type EcsResult, refused } from './ecs-error.js';
import { type EcsEvent, hostChanged } from './ecs-event.js';
import type { EcsState } from './ecs-state.js';
import { describeContainerInstances, listContainerInstances, updateContainerInstancesState } from './host-operations.js';
import { deregisterContainerInstance, registerContainerInstance } from './host-registration.js';
import { findHost, findTask } from './identifiers.js';
import { plainJson } from './plain-json.js';
import { readRequest } from './read-request.js';
import type { EcsOperationName, EcsRequest } from './request-schemas.js';
import { runTask } from './run-task.js';
import { describeServices, listServices } from './service-operations.js';
import { describeTaskDefinition, registerTaskDefinition } from './task-definition-operations.js';
import { beginTask } from './task-lifecycle.js';
import { describeTasks, listTasks, stopTask } from './task-operations.js';
import type { ContainerOrder, EcsOperation, EcsResponse, Transition } from './transition.js';

/** Every operation of the model. */
const OPERATIONS: { readonly [Name in EcsOperationName]: EcsOperation<EcsRequest<Name>> } = {
  CreateCluster: createCluster,
  DescribeClusters: describeClusters,
  RegisterTaskDefinition: registerTaskDefinition,
  DescribeTaskDefinition: describeTaskDefinition,
  RegisterContainerInstance: registerContainerInstance,
  DeregisterContainerInstance: deregisterContainerInstance,
  UpdateContainerInstancesState: updateContainerInstancesState,
  ListContainerInstances: listContainerInstances,
  DescribeContainerInstances: describeContainerInstances,
  RunTask: runTask,
  StopTask: stopTask,
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
  ListServices: listServices,
  DescribeServices: describeServices,
};

/** What a transition is given from outside. */
export interface TransitionInputs {
  /** The moment of the request. */
  readonly now: Date;
  /** A fresh identifier; a UUID or anything as unique. */
  readonly newId: () => string;
  /** Takes the orders for whoever runs the containers. @default nobody does */
  readonly orders?: ContainerOrder[];
}

/** What came of a request; events in the order in which they happened. */
export type EcsOutcome =
  | { readonly ok: true; readonly response: EcsResponse; readonly events: readonly EcsEvent[] }
  | { readonly ok: false; readonly error: EcsError; readonly events: readonly [] };

/** A request by operation name. */
export interface EcsCall {
  /** Name of the operation, such as `RunTask`. */
  readonly operation: string;
  /** Its input, not yet checked. */
  readonly input: unknown;
}

/** Applies one request to the state. */
export function applyEcsCall(state: EcsState, call: EcsCall, inputs: TransitionInputs): EcsOutcome {
  const name = operationNamed(call.operation);
  if (name === undefined) {
    return failed(refused('UnknownOperationException', `${call.operation} is not modelled by this endpoint`).error);
  }
  const input = plainJson(call.input);
  if (!input.ok) {
    return failed(refused('SerializationException', input.error).error);
  }
  return applyNamed(state, { name, input: input.value }, inputs);
}

/** Connects or disconnects the agent of a container instance; undefined if no registered one has the ARN. */
export function setAgentConnected(
  state: EcsState,
  change: { readonly containerInstanceArn: string; readonly connected: boolean },
  inputs: TransitionInputs,
): readonly EcsEvent[] | undefined {
  for (const cluster of state.clusters.values()) {
    const host = findHost(cluster, change.containerInstanceArn);
    if (host !== undefined && host.status !== 'INACTIVE') {
      const transition: Transition = { ...inputs, events: [] };
      if (host.agentConnected !== change.connected) {
        host.agentConnected = change.connected;
        hostChanged({ state, cluster }, host, transition);
      }
      return transition.events;
    }
  }
  return undefined;
}

/** Lets a held task run; undefined if no task has the ARN. A task that is not PENDING stays as it is. */
export function startPendingTask(state: EcsState, taskArn: string, inputs: TransitionInputs): readonly EcsEvent[] | undefined {
  for (const cluster of state.clusters.values()) {
    const task = findTask(cluster, taskArn);
    if (task !== undefined) {
      const transition: Transition = { ...inputs, events: [] };
      beginTask({ state, cluster }, task, transition);
      return transition.events;
    }
  }
  return undefined;
}

function applyNamed<Name extends EcsOperationName>(
  state: EcsState,
  call: { name: Name; input: unknown },
  inputs: TransitionInputs,
): EcsOutcome {
  const request = readRequest(call.name, call.input ?? {});
  if (!request.ok) {
    return failed(request.error);
  }
  const transition: Transition = { ...inputs, events: [] };
  const result: EcsResult<EcsResponse> = OPERATIONS[call.name](state, request.value, transition);
  return result.ok ? { ok: true, response: result.value, events: transition.events } : failed(result.error);
}

function operationNamed(name: string): EcsOperationName | undefined {
  return Object.hasOwn(OPERATIONS, name) ? (name as EcsOperationName) : undefined;
}

function failed(error: EcsError): EcsOutcome {
  return { ok: false, error, events: [] };
}
