import type { Result } from '@plimsoll/capacity-core';

/** Why the environment does not make a configuration. */
export interface ConfigurationError {
  /**
   * - `MISSING_VARIABLE`: a variable is absent or empty.
   * - `INVALID_JSON`: `PLIMSOLL_TASK_SIZES` is not JSON.
   * - `INVALID_TASK_SIZES`: it is, but no list of task sizes.
   * - `INVALID_NAMESPACE`: CloudWatch would refuse the namespace, or it is reserved.
   * - `INVALID_STORAGE_RESOLUTION`: the resolution is neither 1 nor 60.
   * - `INVALID_CLUSTERS`: the list of clusters holds something that names none.
   * - `INVALID_CALL_BUDGET`: the share of ECS calls, or the number of environments it is shared by, is out of range.
   * - `INVALID_SWITCH`: a switch is neither `true` nor `false`.
   * - `INVALID_HEADROOM`: the headroom of discovered services is no whole number.
   * - `INVALID_SCALE_IN`: how hosts are removed is no JSON object with the fields it needs.
   * - `INVALID_HOST_TYPE`: neither is the type of host.
   */
  readonly code:
    | 'MISSING_VARIABLE'
    | 'INVALID_JSON'
    | 'INVALID_TASK_SIZES'
    | 'INVALID_NAMESPACE'
    | 'INVALID_STORAGE_RESOLUTION'
    | 'INVALID_CLUSTERS'
    | 'INVALID_CALL_BUDGET'
    | 'INVALID_SWITCH'
    | 'INVALID_HEADROOM'
    | 'INVALID_SCALE_IN'
    | 'INVALID_HOST_TYPE';
  /** Name of the environment variable. */
  readonly variable: string;
  /** One sentence with the variable, the wrong value and the remedy. */
  readonly message: string;
}

/** What one variable, or a few that belong together, say. */
export type VariableResult<Value> = Result<Value, ConfigurationError>;

/** The environment, as Node.js has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

const SHOWN_CHARACTERS = 80;

/** A wrong value as messages show it: quoted, and not longer than a line bears. */
export function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}

/** A refusal that names its variable. */
export function refused(
  code: ConfigurationError['code'],
  variable: string,
  problem: string,
): { readonly ok: false; readonly error: ConfigurationError } {
  return { ok: false, error: { code, variable, message: `environment variable ${variable} ${problem}` } };
}
