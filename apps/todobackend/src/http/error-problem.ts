import { readDatabaseFailure } from '../database/database-failure.js';
import type { Problem } from './problem.js';

/** What the web framework's own errors mean to a client, where their text is not enough. */
const FRAMEWORK_DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'the body is larger than this service takes: send a smaller one',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is no JSON in UTF-8: send one JSON object',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'the body is of another type than this service takes: send JSON with content-type application/json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'the body is not as long as content-length says: send both alike',
  FST_ERR_BAD_URL: 'the path is not validly encoded: encode it as RFC 3986 says',
  RATE_LIMITED: 'there were too many requests from this address: wait as long as retry-after says',
  FST_ERR_MAX_PARAM_LENGTH: 'the path is longer than any of this service: look at the url of the todo',
};

const UNAVAILABLE = 'the database does not answer: try again in a moment';

/** What to answer where a handler threw. Text of errors that are not the client's doing stays in the log. */
export function problemOfError(error: unknown): Problem {
  const failure = readDatabaseFailure(error);
  if (failure === 'not-migrated') {
    return { status: 503, code: 'NOT_MIGRATED', detail: 'the database has no tables yet: whoever runs this service must run migrate' };
  }
  if (failure !== undefined) return { status: 503, code: 'DATABASE_UNAVAILABLE', detail: UNAVAILABLE };
  const { statusCode, code } = (error ?? {}) as { readonly statusCode?: unknown; readonly code?: unknown };
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return { status: 503, code: 'DATABASE_UNAVAILABLE', detail: UNAVAILABLE };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    const name = typeof code === 'string' ? code : 'BAD_REQUEST';
    return {
      status: statusCode,
      code: name.replace(/^FST_ERR_(CTP_)?/, ''),
      detail: FRAMEWORK_DETAILS[name] ?? 'the request cannot be served as it is: look at the documentation of this service',
    };
  }
  return {
    status: 500,
    code: 'INTERNAL',
    detail: 'this service failed: the reason is in its log, beside the id that header x-request-id gives',
  };
}
