/**
 * What a failed call means for the next one.
 *
 * - `throttled`: too many calls; the same call may be made again, later.
 * - `unclear`: no answer, or one of a service in trouble; the call may have had its effect.
 * - `denied`: credentials or policies forbid it; another try changes nothing.
 * - `refused`: the service has understood and says no.
 */
export type FaultKind = 'throttled' | 'unclear' | 'denied' | 'refused';

/** A failed call, as data. */
export interface Fault {
  readonly kind: FaultKind;
  /** Name of the exception: `AccessDeniedException`. */
  readonly name: string;
  /** What the service said. */
  readonly message: string;
  /** Tasks that a ConflictException names. */
  readonly resourceIds: readonly string[];
}

const THROTTLED = /^(?:Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceededException)/;
const DENIED =
  /AccessDenied|Unauthorized|UnrecognizedClient|InvalidClientTokenId|ExpiredToken|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingCredentials|CredentialsProvider|TokenProvider|NotAuthorized/;

/** Reads what a client threw. Never throws. */
export function classifyFault(thrown: unknown): Fault {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Readonly<Record<string, unknown>>;
  const name = typeof error.name === 'string' && error.name !== '' ? error.name : 'UnknownError';
  const message = typeof error.message === 'string' ? error.message : String(thrown);
  const resourceIds = Array.isArray(error.resourceIds) ? error.resourceIds.filter((id): id is string => typeof id === 'string') : [];
  return { kind: kindOf(name, statusOf(error)), name, message, resourceIds };
}

function kindOf(name: string, status: number | undefined): FaultKind {
  if (THROTTLED.test(name) || status === 429) return 'throttled';
  if (DENIED.test(name) || status === 401 || status === 403) return 'denied';
  // Without a status of the service nobody knows how far the call came.
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'unclear';
}

function statusOf(error: Readonly<Record<string, unknown>>): number | undefined {
  const metadata = error.$metadata as { readonly httpStatusCode?: unknown } | undefined;
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** One line about a fault. */
export function describeFault({ name, message }: Pick<Fault, 'name' | 'message'>): string {
  return message === '' ? name : `${name}: ${message}`;
}
