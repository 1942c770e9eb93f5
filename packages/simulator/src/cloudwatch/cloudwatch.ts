import type { CallIdentity, DescribingService } from '../endpoint/call-identity.js';
import type { ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import { malformed, type Outcome, unknownOperation } from './fault.js';
import { getMetricData } from './get-metric-data.js';
import { getMetricStatistics } from './get-metric-statistics.js';
import type { Decoded, Shape } from './input-shape.js';
import { listMetrics } from './list-metrics.js';
import { createMetricStore, type MetricStore } from './metric-store.js';
import type { Operation, OperationContext } from './operation.js';
import { GET_METRIC_DATA, GET_METRIC_STATISTICS, LIST_METRICS, PUT_METRIC_DATA } from './operation-inputs.js';
import type { Call } from './protocols/call.js';
import { openCborCall } from './protocols/cbor.js';
import { openJsonCall } from './protocols/json.js';
import { openQueryCall } from './protocols/query.js';
import { putMetricData } from './put-metric-data.js';

/** Options of the local CloudWatch. */
export interface CloudWatchOptions {
  /**
   * Present time: the default time stamp of data, and what ages are measured from.
   *
   * @default the system clock
   */
  readonly clock?: () => Date;
}

/** The local CloudWatch: a service of the local endpoint, and the metrics it holds. */
export type CloudWatch = DescribingService & {
  /** Metrics published so far; may be read and written beside the protocols. */
  readonly store: MetricStore;
};

/** A request as opened once: its call, and its operation with the input read. */
interface OpenedCall {
  readonly call: Call;
  readonly operation: PreparedOperation | undefined;
}

/** An operation with its input. */
interface PreparedOperation {
  /** The input; undefined if it does not have the operation's shape. */
  readonly input: unknown;
  run(context: OperationContext): Outcome<object | undefined>;
}

type Handler = (call: Call) => PreparedOperation;

/** A map and not an object, so that `constructor` and the like are no operations. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ['PutMetricData', handler(PUT_METRIC_DATA, putMetricData)],
  ['GetMetricStatistics', handler(GET_METRIC_STATISTICS, getMetricStatistics)],
  ['GetMetricData', handler(GET_METRIC_DATA, getMetricData)],
  ['ListMetrics', handler(LIST_METRICS, listMetrics)],
]);

const PROTOCOLS = [openCborCall, openJsonCall, openQueryCall];

/**
 * CloudWatch metrics for the local endpoint, in AWS JSON 1.0, AWS Query and Smithy RPC v2 CBOR.
 *
 * Serves `PutMetricData`, `GetMetricStatistics`, `GetMetricData` and `ListMetrics` from memory;
 * what is published can be read at once. Answers carry request IDs counted from 1.
 *
 * @example
 * const cloudWatch = createCloudWatch({ clock: () => new Date('2026-01-01T00:00:00Z') });
 * cloudWatch.signingName; // 'monitoring'
 */
export function createCloudWatch(options: CloudWatchOptions = {}): CloudWatch {
  const { clock = () => new Date() } = options;
  const store = createMetricStore();
  let requests = 0;
  // The endpoint asks three times about one request, which is read once.
  const opened = new WeakMap<ServiceRequest, OpenedCall>();
  const open = (request: ServiceRequest): OpenedCall | undefined => {
    const known = opened.get(request);
    if (known !== undefined) return known;
    const call = openCall(request, `00000000-0000-4000-8000-${(requests + 1).toString(16).padStart(12, '0')}`);
    if (call === undefined) return undefined;
    requests += 1;
    const fresh = { call, operation: HANDLERS.get(call.operation)?.(call) };
    opened.set(request, fresh);
    return fresh;
  };
  return {
    signingName: 'monitoring',
    store,
    accepts: (request) => open(request) !== undefined,
    describeCall: (request) => describe(open(request)),
    handle: (request) => {
      const call = open(request);
      opened.delete(request);
      return call === undefined ? notOurs() : answer(call, { store, nowMs: clock().getTime() });
    },
  };
}

function openCall(request: ServiceRequest, requestId: string): Call | undefined {
  for (const open of PROTOCOLS) {
    const call = open(request, requestId);
    if (call !== undefined) return call;
  }
  return undefined;
}

function describe(opened: OpenedCall | undefined): CallIdentity {
  return { operation: opened?.call.operation ?? '', input: opened?.operation?.input };
}

function answer({ call, operation }: OpenedCall, context: OperationContext): ServiceResponse {
  const outcome = operation?.run(context) ?? { ok: false as const, error: unknownOperation(call.operation) };
  return outcome.ok ? call.succeed(outcome.value) : call.fail(outcome.error);
}

/** A request in none of the protocols, handed over though `accepts` refused it. */
function notOurs(): ServiceResponse {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain' },
    body: 'not a request for CloudWatch in AWS JSON, AWS Query or RPC v2 CBOR',
  };
}

function handler<const S extends Shape, Output extends object | undefined>(shape: S, operation: Operation<Decoded<S>, Output>): Handler {
  return (call) => {
    const input = call.input(shape);
    return {
      input: input.ok ? input.value : undefined,
      run: (context) => (input.ok ? operation(input.value, context) : { ok: false, error: malformed(input.message) }),
    };
  };
}
