import { createFaultPlan, type FaultPlan } from '../faults/fault-rule.js';
import { SimulatorError } from '../simulator-error.js';
import { type Scheduler, sleep } from '../virtual-time/scheduler.js';

/** How long a pre-signed URL is good for, in milliseconds: two hours, as its `X-Amz-Expires=7200` says. */
const URL_LIFE_MS = 7_200_000;

/** A PUT of an answer. */
export interface PutRequest {
  /** Where to. */
  readonly url: string;
  /** Method. @default 'PUT' */
  readonly method?: string;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body. */
  readonly body: string;
}

/** What the bucket answers. */
export interface PutResponse {
  /** HTTP status: 200, or why it was refused. */
  readonly status: number;
  /** Code of S3's error; empty on success. */
  readonly code: string;
}

/** The connection was reset: nobody knows whether the answer arrived. */
export class LostPutError extends SimulatorError {
  override readonly name = 'LostPutError';
  readonly code = 'ECONNRESET';
}

/** What becomes of the bodies that arrive at a URL; the answer tells nothing of it. */
export type PutListener = (body: string) => void;

/** A bucket for answers. */
export interface ResponseBucket {
  /** Signs a new URL; bodies that are stored there are told. */
  sign(listener: PutListener): string;
  /**
   * Stores a body as S3 does behind a pre-signed URL.
   *
   * @throws LostPutError where a fault loses the request or its answer
   */
  put(request: PutRequest): Promise<PutResponse>;
  /** Faults of PUTs: service `s3`, operation `PutObject`. */
  readonly faults: FaultPlan;
}

/** Options of {@link createResponseBucket}. */
export interface ResponseBucketOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Source of identifiers, each as unique as a UUID. */
  readonly newId: () => string;
  /** Beginning of every URL. @default one that no name server knows */
  readonly baseUrl?: () => string;
}

/** Creates an empty bucket in memory. */
export function createResponseBucket(options: ResponseBucketOptions): ResponseBucket {
  const signed = new Map<string, { readonly listener: PutListener; readonly expiresAtMs: number }>();
  const faults = createFaultPlan();
  const baseUrl = options.baseUrl ?? (() => 'https://cloudformation-custom-resource-response-useast1.invalid');

  const store = ({ url, method = 'PUT', headers, body }: PutRequest): PutResponse => {
    const target = signed.get(pathOf(url));
    if (method !== 'PUT') {
      return refused(403, 'SignatureDoesNotMatch');
    }
    if (target === undefined || options.scheduler.now().getTime() > target.expiresAtMs) {
      return refused(403, 'AccessDenied');
    }
    // The signature covers an empty content type; fetch adds one to text by itself.
    if ((headers['content-type'] ?? '') !== '') {
      return refused(403, 'SignatureDoesNotMatch');
    }
    if (headers['transfer-encoding'] !== undefined) {
      return refused(501, 'NotImplemented');
    }
    if (headers['content-length'] === undefined) {
      return refused(411, 'MissingContentLength');
    }
    target.listener(body);
    return { status: 200, code: '' };
  };
  return {
    faults,
    sign: (listener) => {
      const path = `/${options.newId()}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${basicFormat(options.scheduler.now())}&X-Amz-Expires=7200&X-Amz-SignedHeaders=host&X-Amz-Signature=${options.newId()}`;
      signed.set(path, { listener, expiresAtMs: options.scheduler.now().getTime() + URL_LIFE_MS });
      return `${baseUrl()}${path}`;
    },
    put: async (request) => {
      const effect = faults.effectOn({ service: 's3', operation: 'PutObject' });
      switch (effect?.kind) {
        case 'lostRequest':
          throw new LostPutError('the connection was reset before the answer was stored');
        case 'lostResponse':
          store(request);
          throw new LostPutError('the connection was reset after the answer was stored');
        case 'throttle':
          return refused(503, 'SlowDown');
        case 'accessDenied':
          return refused(403, 'AccessDenied');
        case 'error':
          return refused(effect.status ?? 500, effect.code);
        case 'delay':
          await sleep(options.scheduler, effect.milliseconds);
          return store(request);
        default:
          return store(request);
      }
    },
  };
}

function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+(\/.*)$/.exec(url)?.[1] ?? url;
}

function refused(status: number, code: string): PutResponse {
  return { status, code };
}

/** `20260101T000000Z`: ISO 8601 in its basic form, as Signature Version 4 writes moments. */
function basicFormat(moment: Date): string {
  return moment.toISOString().replace(/[-:]|\.\d+/g, '');
}
