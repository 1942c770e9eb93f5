import { isDeepStrictEqual } from 'node:util';

/** Properties of the resource. */
export type Properties = Readonly<Record<string, unknown>>;

/** The resource as the stack believes it to be. */
export interface StackResource {
  /** Id the resource gave itself. */
  readonly physicalId: string;
  /** Properties it has. */
  readonly properties: Properties;
}

/** What a request is sent for. */
export type Purpose = 'create' | 'update' | 'rollbackUpdate' | 'rollbackDelete' | 'cleanUp' | 'rollbackCleanUp' | 'delete';

/** A request that is to be sent. */
export interface PlannedRequest {
  /** What for. */
  readonly purpose: Purpose;
  /** The resource it is about; undefined for a Create. */
  readonly physicalId: string | undefined;
  /** Properties it is to have. */
  readonly properties: Properties;
  /** Properties it had; of an Update alone. */
  readonly oldProperties: Properties | undefined;
}

/** How the wait for an answer ended. */
export interface Decision {
  /** Whether the resource is as it was to be. */
  readonly success: boolean;
  /** Id that was answered; undefined if none was. */
  readonly physicalId: string | undefined;
  /** Why it failed; empty on success. */
  readonly reason: string;
}

/** What is done to a stack, or happens to it. */
export type StackInput =
  /** A stack operation that makes the resource, or changes it. */
  | { readonly kind: 'deploy'; readonly properties: Properties; readonly otherWillFail: boolean; readonly preserve: boolean }
  | { readonly kind: 'remove' }
  /** The request that failed last is sent once more, as a retried stack operation does. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'decided'; readonly decision: Decision }
  /** Another resource of the operation fails. */
  | { readonly kind: 'otherFailed' };

/** What is to be done about it, in order. */
export type StackEffect =
  | { readonly kind: 'status'; readonly status: string; readonly reason: string }
  | { readonly kind: 'send'; readonly request: PlannedRequest; readonly again: boolean }
  /** Nobody waits for the answer to the request under way any more. */
  | { readonly kind: 'abandon' }
  /** The operation has ended. */
  | { readonly kind: 'settled' };

/** A stack with one custom resource. */
export interface StackState {
  /** Name in the ids CloudFormation invents: stack and logical id. */
  readonly inventedId: string;
  /** Status last set; empty before the first operation. */
  readonly status: string;
  /** The resource, if there is one. */
  readonly resource: StackResource | undefined;
  /** The request under way. */
  readonly pending: PlannedRequest | undefined;
  /** The request that failed last, if it can be retried. */
  readonly failed: PlannedRequest | undefined;
  /** An Update or Create that succeeded, while another resource is still to fail. */
  readonly held: { readonly request: PlannedRequest; readonly physicalId: string } | undefined;
  /** Whether another resource of the operation is still to fail. */
  readonly otherWillFail: boolean;
  /** Whether a failure is left as it is, without a rollback. */
  readonly preserve: boolean;
}

/** The next state and what is to be done. */
export interface StackStep {
  /** Next state. */
  readonly state: StackState;
  /** What is to be done, in order. */
  readonly effects: readonly StackEffect[];
}

/** A stack without resource. */
export function newStack(inventedId: string): StackState {
  return {
    inventedId,
    status: '',
    resource: undefined,
    pending: undefined,
    failed: undefined,
    held: undefined,
    otherWillFail: false,
    preserve: false,
  };
}

/**
 * The documented course of a stack with one custom resource
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 * and the README of aws-cdk-lib's custom-resources): a failed Create is followed
 * by a Delete, a failed Update by an Update back, a replacement by a Delete of
 * the old id. What the state cannot take, such as a decision nobody waits for,
 * changes nothing.
 */
export function advanceStack(state: StackState, input: StackInput): StackStep {
  switch (input.kind) {
    case 'deploy':
      return state.pending === undefined ? deploy(state, input) : unchanged(state);
    case 'remove':
      return state.pending === undefined ? remove(state) : unchanged(state);
    case 'retry':
      return state.pending === undefined && state.failed !== undefined ? retry(state, state.failed) : unchanged(state);
    case 'otherFailed':
      return otherFailed({ ...state, otherWillFail: false });
    default:
      return state.pending === undefined ? unchanged(state) : decided({ ...state, pending: undefined }, state.pending, input.decision);
  }
}

const IN_PROGRESS: Readonly<Record<Purpose, string>> = {
  create: 'CREATE_IN_PROGRESS',
  update: 'UPDATE_IN_PROGRESS',
  rollbackUpdate: 'UPDATE_ROLLBACK_IN_PROGRESS',
  rollbackDelete: 'ROLLBACK_IN_PROGRESS',
  cleanUp: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  rollbackCleanUp: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  delete: 'DELETE_IN_PROGRESS',
};

function deploy(state: StackState, input: Extract<StackInput, { kind: 'deploy' }>): StackStep {
  const { properties, otherWillFail, preserve } = input;
  const begun = { ...state, otherWillFail, preserve, held: undefined };
  const { resource } = state;
  if (resource === undefined) {
    return send(begun, { purpose: 'create', physicalId: undefined, properties, oldProperties: undefined });
  }
  // CloudFormation sends an Update only where the properties differ.
  return isDeepStrictEqual(resource.properties, properties)
    ? settle(begun, 'UPDATE_COMPLETE')
    : send(begun, { purpose: 'update', physicalId: resource.physicalId, properties, oldProperties: resource.properties });
}

function remove(state: StackState): StackStep {
  const leftOver = state.failed?.purpose === 'create' || state.failed?.purpose === 'rollbackDelete' ? state.failed : undefined;
  const target =
    state.resource ?? (leftOver === undefined ? undefined : { physicalId: leftOver.physicalId, properties: leftOver.properties });
  return target === undefined
    ? settle(state, 'DELETE_COMPLETE')
    : send(state, {
        purpose: 'delete',
        physicalId: target.physicalId ?? state.inventedId,
        properties: target.properties,
        oldProperties: undefined,
      });
}

function retry(state: StackState, failed: PlannedRequest): StackStep {
  const request = failed.purpose === 'create' ? { ...failed, physicalId: undefined } : failed;
  return send(state, request, { again: true });
}

function decided(state: StackState, request: PlannedRequest, decision: Decision): StackStep {
  switch (request.purpose) {
    case 'create':
      return decision.success ? succeeded(state, 'create', { request, decision }) : createFailed(state, request, decision);
    case 'update':
      return decision.success ? succeeded(state, 'update', { request, decision }) : updateFailed(state, request, decision);
    case 'rollbackUpdate':
      return decision.success ? rolledBack(state, request, decision) : fail(state, request, 'UPDATE_ROLLBACK_FAILED', decision.reason);
    case 'rollbackDelete':
      return decision.success
        ? settle({ ...state, resource: undefined, failed: undefined }, 'ROLLBACK_COMPLETE')
        : fail(state, request, 'ROLLBACK_FAILED', decision.reason);
    case 'delete':
      return decision.success
        ? settle({ ...state, resource: undefined, failed: undefined }, 'DELETE_COMPLETE')
        : fail(state, request, 'DELETE_FAILED', decision.reason);
    // A clean-up that fails leaves the stack complete.
    case 'cleanUp':
      return settle(state, 'UPDATE_COMPLETE', decision.reason);
    default:
      return settle(state, 'UPDATE_ROLLBACK_COMPLETE', decision.reason);
  }
}

interface Decided {
  readonly request: PlannedRequest;
  readonly decision: Decision;
}

function succeeded(state: StackState, purpose: 'create' | 'update', { request, decision }: Decided): StackStep {
  const physicalId = decision.physicalId ?? request.physicalId ?? state.inventedId;
  if (state.otherWillFail) {
    return { state: { ...state, pending: undefined, held: { request, physicalId } }, effects: [] };
  }
  const next = { ...state, resource: { physicalId, properties: request.properties }, failed: undefined };
  if (purpose === 'create') {
    return settle(next, 'CREATE_COMPLETE');
  }
  const old = state.resource;
  return old === undefined || old.physicalId === physicalId
    ? settle(next, 'UPDATE_COMPLETE')
    : send(next, { purpose: 'cleanUp', physicalId: old.physicalId, properties: old.properties, oldProperties: undefined });
}

function createFailed(state: StackState, request: PlannedRequest, decision: Decision): StackStep {
  const physicalId = decision.physicalId ?? state.inventedId;
  return state.preserve
    ? fail(state, { ...request, physicalId }, 'CREATE_FAILED', decision.reason)
    : send(state, { purpose: 'rollbackDelete', physicalId, properties: request.properties, oldProperties: undefined });
}

function updateFailed(state: StackState, request: PlannedRequest, decision: Decision): StackStep {
  return state.preserve ? fail(state, request, 'UPDATE_FAILED', decision.reason) : updateBack(state, request, request.physicalId);
}

/** Nothing in the request says that it is a rollback. */
function updateBack(state: StackState, request: PlannedRequest, physicalId: string | undefined): StackStep {
  return send(state, {
    purpose: 'rollbackUpdate',
    physicalId,
    properties: request.oldProperties ?? {},
    oldProperties: request.properties,
  });
}

function rolledBack(state: StackState, request: PlannedRequest, decision: Decision): StackStep {
  const physicalId = decision.physicalId ?? request.physicalId ?? state.inventedId;
  const next = { ...state, resource: { physicalId, properties: request.properties }, failed: undefined };
  const replaced = request.physicalId;
  return replaced === undefined || replaced === physicalId
    ? settle(next, 'UPDATE_ROLLBACK_COMPLETE')
    : send(next, {
        purpose: 'rollbackCleanUp',
        physicalId: replaced,
        properties: request.oldProperties ?? {},
        oldProperties: undefined,
      });
}

/** CloudFormation stops waiting; what is under way gets no second thought. */
function otherFailed(state: StackState): StackStep {
  const { pending, held } = state;
  if (pending?.purpose === 'create' || pending?.purpose === 'update') {
    const without = { ...state, pending: undefined };
    const next =
      pending.purpose === 'create'
        ? send(without, {
            purpose: 'rollbackDelete',
            physicalId: state.inventedId,
            properties: pending.properties,
            oldProperties: undefined,
          })
        : updateBack(without, pending, pending.physicalId);
    return { state: next.state, effects: [{ kind: 'abandon' }, ...next.effects] };
  }
  if (held === undefined) {
    return unchanged(state);
  }
  const without = { ...state, held: undefined };
  const { request } = held;
  return request.purpose === 'create'
    ? send(without, { purpose: 'rollbackDelete', physicalId: held.physicalId, properties: request.properties, oldProperties: undefined })
    : updateBack(without, request, held.physicalId);
}

function send(state: StackState, request: PlannedRequest, how: { readonly again: boolean } = { again: false }): StackStep {
  const status = IN_PROGRESS[request.purpose];
  return {
    state: { ...state, status, pending: request, failed: undefined },
    effects: [
      { kind: 'status', status, reason: '' },
      { kind: 'send', request, ...how },
    ],
  };
}

function fail(state: StackState, failed: PlannedRequest, status: string, reason: string): StackStep {
  return { state: { ...atRest(state), status, failed }, effects: [{ kind: 'status', status, reason }, { kind: 'settled' }] };
}

function settle(state: StackState, status: string, reason = ''): StackStep {
  return { state: { ...atRest(state), status, failed: undefined }, effects: [{ kind: 'status', status, reason }, { kind: 'settled' }] };
}

/** What belongs to one operation ends with it. */
function atRest(state: StackState): StackState {
  return { ...state, pending: undefined, held: undefined, otherWillFail: false };
}

function unchanged(state: StackState): StackStep {
  return { state, effects: [] };
}
