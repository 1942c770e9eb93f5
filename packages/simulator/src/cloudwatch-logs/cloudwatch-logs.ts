import { jsonError } from '../endpoint/error-response.js';
import type { Service } from '../endpoint/service.js';
import { applyLogsCall, type LogsOutcome } from './log-operations.js';
import { createLogStore, type LogStore } from './log-store.js';

/** Options of {@link createCloudWatchLogs}. */
export interface CloudWatchLogsOptions {
  /** Source of moments. @default the machine's clock */
  readonly clock?: () => Date;
  /** Region in ARNs. @default 'us-east-1' */
  readonly region?: string;
  /** Account in ARNs, 12 digits. @default '111122223333' */
  readonly accountId?: string;
}

/** CloudWatch Logs as a service of the local endpoint. */
export interface CloudWatchLogs extends Service {
  /** The logs; may be read and written beside the protocol. */
  readonly store: LogStore;
  /** Carries out an operation without HTTP. */
  call(operation: string, input: unknown): LogsOutcome;
}

/** Prefix of `x-amz-target` in every request (SDK model, `targetPrefix`). */
const TARGET_PREFIX = 'Logs_20140328.';

/**
 * Creates CloudWatch Logs over AWS JSON 1.1: GetLogEvents, DescribeLogStreams and
 * CreateLogGroup. Logs are kept in memory and can be read at once.
 */
export function createCloudWatchLogs(options: CloudWatchLogsOptions = {}): CloudWatchLogs {
  const store = createLogStore(options.clock ?? (() => new Date()));
  const context = { store, region: options.region ?? 'us-east-1', accountId: options.accountId ?? '111122223333' };
  const call = (operation: string, input: unknown): LogsOutcome => applyLogsCall({ operation, input }, context);
  return {
    signingName: 'logs',
    store,
    call,
    accepts: ({ headers }) => headers['x-amz-target']?.startsWith(TARGET_PREFIX) === true,
    handle: ({ headers, body }) => {
      const input = parse(Buffer.from(body).toString('utf8'));
      const outcome: LogsOutcome = input.ok
        ? call((headers['x-amz-target'] ?? '').slice(TARGET_PREFIX.length), input.value)
        : { ok: false, error: { code: 'SerializationException', message: 'the text is not JSON' } };
      return outcome.ok
        ? { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(outcome.response) }
        : jsonError({ status: 400, ...outcome.error });
    },
  };
}

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
