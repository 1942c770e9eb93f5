import { type Environment, refused, shown, type VariableResult } from './variable.js';

/** A resolution CloudWatch can keep a metric at, in seconds. */
export type StorageResolutionSeconds = 1 | 60;

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

/** Reads `PLIMSOLL_METRIC_NAMESPACE`. */
export function readNamespace({ PLIMSOLL_METRIC_NAMESPACE: text }: Environment): VariableResult<string> {
  const variable = 'PLIMSOLL_METRIC_NAMESPACE';
  if (text === undefined || text === '') return { ok: true, value: DEFAULT_NAMESPACE };
  if (text.length > MAX_NAMESPACE_LENGTH) {
    return refused('INVALID_NAMESPACE', variable, `is ${text.length} characters long: use at most ${MAX_NAMESPACE_LENGTH}`);
  }
  if (!NAMESPACE.test(text)) {
    return refused('INVALID_NAMESPACE', variable, `is ${shown(text)}: use letters, digits and . - _ / # :, the first not a colon`);
  }
  if (text.startsWith('AWS/')) {
    return refused('INVALID_NAMESPACE', variable, `is ${shown(text)}: names that begin with AWS/ belong to AWS, use another`);
  }
  return { ok: true, value: text };
}

/** Reads `PLIMSOLL_STORAGE_RESOLUTION_SECONDS`. */
export function readStorageResolution({
  PLIMSOLL_STORAGE_RESOLUTION_SECONDS: text,
}: Environment): VariableResult<StorageResolutionSeconds> {
  if (text === undefined || text === '' || text === '60') return { ok: true, value: 60 };
  if (text === '1') return { ok: true, value: 1 };
  return refused('INVALID_STORAGE_RESOLUTION', 'PLIMSOLL_STORAGE_RESOLUTION_SECONDS', `is ${shown(text)}: give 1 or 60 seconds`);
}
