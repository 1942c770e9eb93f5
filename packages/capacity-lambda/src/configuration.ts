import { type Result, readTaskSizes, type TaskSizes } from '@plimsoll/capacity-core';

/** A resolution CloudWatch can keep a metric at, in seconds. */
export type StorageResolutionSeconds = 1 | 60;

/** What the function is told by its environment. */
export interface CapacityConfiguration {
  /** Task sizes to publish the capacity of. */
  readonly taskSizes: TaskSizes;
  /**
   * CloudWatch namespace of the metrics.
   *
   * @default 'Plimsoll/ECS'
   */
  readonly namespace: string;
  /**
   * Resolution CloudWatch keeps the metrics at, in seconds: 60, or 1 for alarms with periods of 10, 20 or 30 seconds.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (`StorageResolution`)
   */
  readonly storageResolutionSeconds: StorageResolutionSeconds;
  /** AWS Region of the clusters and of the metrics. */
  readonly region: string;
}

/** Why the environment does not make a configuration. */
export interface ConfigurationError {
  /**
   * - `MISSING_VARIABLE`: a variable is absent or empty.
   * - `INVALID_JSON`: `PLIMSOLL_TASK_SIZES` is not JSON.
   * - `INVALID_TASK_SIZES`: it is, but no list of task sizes.
   * - `INVALID_NAMESPACE`: CloudWatch would refuse the namespace, or it is reserved.
   * - `INVALID_STORAGE_RESOLUTION`: the resolution is neither 1 nor 60.
   */
  readonly code: 'MISSING_VARIABLE' | 'INVALID_JSON' | 'INVALID_TASK_SIZES' | 'INVALID_NAMESPACE' | 'INVALID_STORAGE_RESOLUTION';
  /** Name of the environment variable. */
  readonly variable: string;
  /** One sentence with the variable, the wrong value and the remedy. */
  readonly message: string;
}

/** The namespace where none is configured. */
export const DEFAULT_NAMESPACE = 'Plimsoll/ECS';

/**
 * Longest namespace, in characters.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (Namespaces)
 */
const MAX_NAMESPACE_LENGTH = 255;
/** The characters the same page lists, less the leading colon that the API's pattern for a namespace excludes. */
const NAMESPACE = /^[A-Za-z0-9._/#-][A-Za-z0-9._/#:-]*$/;
const SHOWN_CHARACTERS = 80;

type Failed = { readonly ok: false; readonly error: ConfigurationError };

/**
 * Reads the function's configuration from environment variables: `PLIMSOLL_TASK_SIZES`, `PLIMSOLL_METRIC_NAMESPACE`,
 * `PLIMSOLL_STORAGE_RESOLUTION_SECONDS`, and `AWS_REGION`, which Lambda sets.
 *
 * @example
 * readConfiguration({ AWS_REGION: 'eu-west-1', PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400}]' });
 */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Result<CapacityConfiguration, ConfigurationError> {
  const taskSizes = readTaskSizesVariable(env.PLIMSOLL_TASK_SIZES);
  if (!taskSizes.ok) return taskSizes;
  const namespace = readNamespace(env.PLIMSOLL_METRIC_NAMESPACE);
  if (!namespace.ok) return namespace;
  const storageResolutionSeconds = readStorageResolution(env.PLIMSOLL_STORAGE_RESOLUTION_SECONDS);
  if (!storageResolutionSeconds.ok) return storageResolutionSeconds;
  const region = env.AWS_REGION;
  if (!region)
    return failed('MISSING_VARIABLE', 'AWS_REGION', 'is not set: Lambda sets it, elsewhere set it to the Region of the clusters');
  return {
    ok: true,
    value: {
      taskSizes: taskSizes.value,
      namespace: namespace.value,
      storageResolutionSeconds: storageResolutionSeconds.value,
      region,
    },
  };
}

function readTaskSizesVariable(text: string | undefined): Result<TaskSizes, ConfigurationError> {
  const variable = 'PLIMSOLL_TASK_SIZES';
  if (text === undefined || text.trim() === '') {
    return failed('MISSING_VARIABLE', variable, 'is not set: give a JSON list such as [{"name":"web","cpuUnits":250,"memoryMiB":400}]');
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return failed('INVALID_JSON', variable, `is ${shown(text)}: give a JSON list of task sizes`);
  }
  const sizes = readTaskSizes(input);
  return sizes.ok ? sizes : failed('INVALID_TASK_SIZES', variable, `is refused: ${sizes.error.message}`);
}

function readNamespace(text: string | undefined): Result<string, ConfigurationError> {
  const variable = 'PLIMSOLL_METRIC_NAMESPACE';
  if (text === undefined || text === '') return { ok: true, value: DEFAULT_NAMESPACE };
  if (text.length > MAX_NAMESPACE_LENGTH) {
    return failed('INVALID_NAMESPACE', variable, `is ${text.length} characters long: use at most ${MAX_NAMESPACE_LENGTH}`);
  }
  if (!NAMESPACE.test(text)) {
    return failed('INVALID_NAMESPACE', variable, `is ${shown(text)}: use letters, digits and . - _ / # :, the first not a colon`);
  }
  if (text.startsWith('AWS/')) {
    return failed('INVALID_NAMESPACE', variable, `is ${shown(text)}: names that begin with AWS/ belong to AWS, use another`);
  }
  return { ok: true, value: text };
}

function readStorageResolution(text: string | undefined): Result<StorageResolutionSeconds, ConfigurationError> {
  if (text === undefined || text === '' || text === '60') return { ok: true, value: 60 };
  if (text === '1') return { ok: true, value: 1 };
  return failed('INVALID_STORAGE_RESOLUTION', 'PLIMSOLL_STORAGE_RESOLUTION_SECONDS', `is ${shown(text)}: give 1 or 60 seconds`);
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}

function failed(code: ConfigurationError['code'], variable: string, problem: string): Failed {
  return { ok: false, error: { code, variable, message: `environment variable ${variable} ${problem}` } };
}
