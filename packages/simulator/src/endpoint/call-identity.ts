import type { Service, ServiceRequest } from './service.js';

/** Operation and input of a request. */
export interface CallIdentity {
  /** Name of the operation; empty if none could be read. */
  readonly operation: string;
  /** Parsed input; undefined if the body's encoding is not read here. */
  readonly input: unknown;
}

/** A service that can name what a request asks, where the endpoint itself cannot (CBOR bodies, say). */
export interface DescribingService extends Service {
  /** Names operation and input. */
  describeCall(request: ServiceRequest): CallIdentity;
}

/**
 * Names what a request asks, by the protocols AWS clients speak: JSON
 * (`x-amz-target`), Query (`Action=` in a form), Smithy RPC v2 (the path).
 */
export function identifyCall(service: Service | undefined, request: ServiceRequest): CallIdentity {
  if (service !== undefined && 'describeCall' in service && typeof service.describeCall === 'function') {
    return (service as DescribingService).describeCall(request);
  }
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    return { operation: target.slice(target.lastIndexOf('.') + 1), input: parseJson(request.body) };
  }
  const rpc = /\/service\/[^/]+\/operation\/([^/?]+)/.exec(request.path)?.[1];
  if (rpc !== undefined) {
    return { operation: rpc, input: undefined };
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
    return { operation: form.get('Action') ?? '', input: Object.fromEntries(form) };
  }
  return { operation: '', input: undefined };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
