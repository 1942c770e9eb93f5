/**
 * Error codes the model answers with.
 *
 * SerializationException, ThrottlingException and UnknownOperationException are
 * the service framework's own; the SDK's model of ECS has the others.
 */
export type EcsErrorCode =
  | 'ClientException'
  | 'ClusterNotFoundException'
  | 'ConflictException'
  | 'InvalidParameterException'
  | 'PlatformUnknownException'
  | 'SerializationException'
  | 'ThrottlingException'
  | 'UnknownOperationException';

/** Why ECS refused a request, as data. */
export interface EcsError {
  /** Name the client sees in `__type`. */
  readonly code: EcsErrorCode;
  /** Text the client sees; lower-case where the words are ours and not ECS's. */
  readonly message: string;
  /** ARNs of a `ConflictException`: the tasks that already carry the client token. */
  readonly resourceIds?: readonly string[];
}

/** A value, or ECS's refusal. */
export type EcsResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EcsError };

/** The refusal itself, assignable to a result of any value. */
export interface Refusal {
  /** Always false. */
  readonly ok: false;
  /** Code and text. */
  readonly error: EcsError;
}

/** A result that carries a value. */
export function accepted<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A result that carries a refusal. */
export function refused(code: EcsErrorCode, message: string): Refusal {
  return { ok: false, error: { code, message } };
}

/** Shorthand for the most frequent refusal. */
export function invalidParameter(message: string): Refusal {
  return refused('InvalidParameterException', message);
}
