/** How long one run can take: one invocation's time, or CloudFormation's hour. */
export type Mode = 'direct' | 'long';

/** What the function is told by its environment. */
export interface TaskRunnerConfiguration {
  /**
   * `direct`: one invocation waits, up to 14 minutes. `long`: invocations follow one another, up to an hour.
   *
   * @default 'direct'
   */
  readonly mode: Mode;
  /** Name of the function itself, which the mode `long` invokes. */
  readonly functionName: string;
  /** AWS Region. */
  readonly region: string;
}

/** Why the environment does not make a configuration. */
export interface ConfigurationError {
  readonly code: 'MISSING_VARIABLE' | 'INVALID_MODE';
  /** Name of the environment variable. */
  readonly variable: string;
  /** One sentence with the variable, the wrong value and the remedy. */
  readonly message: string;
}

/** Longest `Timeout`, in seconds, and its default, by mode: a minute is left of Lambda's 15 to stop the task and to answer. */
export const LONGEST_TIMEOUT_SECONDS: Readonly<Record<Mode, number>> = { direct: 840, long: 3600 };

/** Outcome of {@link readConfiguration}. */
export type ReadConfiguration =
  | { readonly ok: true; readonly value: TaskRunnerConfiguration }
  | { readonly ok: false; readonly error: ConfigurationError };

/**
 * Reads the function's configuration from environment variables: `PLIMSOLL_MODE`, and `AWS_REGION` and `AWS_LAMBDA_FUNCTION_NAME`, which
 * Lambda sets.
 */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): ReadConfiguration {
  const mode = env.PLIMSOLL_MODE || 'direct';
  if (mode !== 'direct' && mode !== 'long') {
    const message = `environment variable PLIMSOLL_MODE is ${JSON.stringify(mode.slice(0, 80))}: set it to direct or long`;
    return { ok: false, error: { code: 'INVALID_MODE', variable: 'PLIMSOLL_MODE', message } };
  }
  for (const variable of ['AWS_REGION', ...(mode === 'long' ? ['AWS_LAMBDA_FUNCTION_NAME'] : [])]) {
    if (!env[variable]) {
      const message = `environment variable ${variable} is not set: Lambda sets it, elsewhere set it yourself`;
      return { ok: false, error: { code: 'MISSING_VARIABLE', variable, message } };
    }
  }
  return { ok: true, value: { mode, functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? '', region: env.AWS_REGION ?? '' } };
}
