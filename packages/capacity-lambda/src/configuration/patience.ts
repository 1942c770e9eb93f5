import { DEFAULT_SCALE_IN_PATIENCE, type ScaleInPatience } from '../dispensable-hosts.js';
import { refused, shown, type VariableResult } from './variable.js';

/** The variable that says how hosts are removed. */
export const SCALE_IN = 'PLIMSOLL_SCALE_IN';

/**
 * The longest that is looked back, in minutes: a day, as of alarms. CloudWatch keeps data of a minute for 15 days.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
const MOST_MINUTES = 1_440;
/** Hosts of a cluster: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MOST_HOSTS = 5_000;
const LIMITS = new Map<string, readonly [least: number, most: number]>([
  ['idleMinutes', [1, MOST_MINUTES]],
  ['spareHosts', [0, MOST_HOSTS]],
  ['surplusMinutes', [1, MOST_MINUTES]],
  ['occupiedMinutes', [1, MOST_MINUTES]],
]);

/** Reads `patience` of `PLIMSOLL_SCALE_IN`; what it leaves out is by default. */
export function readPatience(value: unknown): VariableResult<ScaleInPatience | undefined> {
  if (value === undefined) return { ok: true, value: undefined };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrongScaleInField('patience', value, 'a JSON object, {} for the defaults');
  }
  const patience: Record<string, unknown> = { ...DEFAULT_SCALE_IN_PATIENCE, ...value };
  for (const [field, number] of Object.entries(patience)) {
    const [least, most] = LIMITS.get(field) ?? [];
    if (least === undefined || most === undefined) return wrongScaleInField(`patience.${field}`, number, [...LIMITS.keys()].join(', '));
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least || number > most) {
      return wrongScaleInField(`patience.${field}`, number, `a whole number from ${least} to ${most}`);
    }
  }
  return { ok: true, value: { ...DEFAULT_SCALE_IN_PATIENCE, ...patience } };
}

/** A refusal that names a field of `PLIMSOLL_SCALE_IN`. */
export function wrongScaleInField(field: string, value: unknown, expected: string): ReturnType<typeof refused> {
  return refused('INVALID_SCALE_IN', SCALE_IN, `has ${field} ${shown(JSON.stringify(value) ?? 'missing')}: give ${expected}`);
}
