import { jsonError } from '../endpoint/error-response.js';
import type { Service, ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import type { EcsError } from './ecs-error.js';
import type { EcsCall, EcsOutcome } from './operations.js';
import { parsePlainJson } from './plain-json.js';

/** What carries out ECS operations. */
export type EcsBackend = (call: EcsCall) => EcsOutcome;

/** Prefix of `x-amz-target` in every ECS request (SDK model, `targetPrefix`). */
const TARGET_PREFIX = 'AmazonEC2ContainerServiceV20141113.';

/** ECS over AWS JSON 1.1. Signatures are not verified. */
export function createEcsService(backend: EcsBackend): Service {
  return {
    signingName: 'ecs',
    accepts: (request) => request.headers['x-amz-target']?.startsWith(TARGET_PREFIX) === true,
    handle: (request) => answer(backend, request),
  };
}

function answer(backend: EcsBackend, request: ServiceRequest): ServiceResponse {
  const operation = request.headers['x-amz-target']?.slice(TARGET_PREFIX.length) ?? '';
  const text = Buffer.from(request.body).toString('utf8');
  const input = text === '' ? ({ ok: true, value: undefined } as const) : parsePlainJson(text);
  if (!input.ok) {
    return refusal({ code: 'SerializationException', message: input.error });
  }
  const outcome = backend({ operation, input: input.value });
  return outcome.ok
    ? { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(outcome.response) }
    : refusal(outcome.error);
}

function refusal(error: EcsError): ServiceResponse {
  const members = error.resourceIds === undefined ? {} : { resourceIds: error.resourceIds };
  return jsonError({ status: 400, code: error.code, message: error.message }, members);
}
