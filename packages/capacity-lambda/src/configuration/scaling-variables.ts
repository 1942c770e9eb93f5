import { type HostType, readHost } from '@plimsoll/capacity-core';
import type { ScaleInPatience } from '../dispensable-hosts.js';
import { readPatience, SCALE_IN, wrongScaleInField } from './patience.js';
import { type Environment, refused, shown, type VariableResult } from './variable.js';

/** When hosts are removed, and how many at once. */
export interface ScaleInConfiguration {
  /** Name of the alarm that says hosts have been drainable for long enough; absent where there is `patience`. */
  readonly alarmName?: string;
  /** The Auto Scaling group that hosts are removed from; those of another stay. */
  readonly autoScalingGroupName: string;
  /** How many hosts may drain at once. Integer, at least 1. */
  readonly maxDraining: number;
  /** Whether the function only logs which hosts it would remove. */
  readonly dryRun: boolean;
  /** Whether the next host is taken from the Availability Zone that has most. */
  readonly balanceZones: boolean;
  /**
   * How long hosts must not have been needed: what CloudWatch kept of that decides how many go, in place of the alarm.
   *
   * @default the alarm says whether hosts go, and then all do that can
   */
  readonly patience?: ScaleInPatience;
}

const HOST_TYPE = 'PLIMSOLL_HOST_TYPE';
const SCALE_IN_EXAMPLE =
  'give a JSON object such as {"alarmName":"drainable","autoScalingGroupName":"hosts","maxDraining":1,"dryRun":false}';
const HOST_TYPE_EXAMPLE = 'give a JSON object such as {"name":"m5.large","cpuUnits":2048,"memoryMiB":7680}';

/** Reads `PLIMSOLL_CAPACITY_PROVIDER`: any name is one. */
export function readCapacityProvider({ PLIMSOLL_CAPACITY_PROVIDER: text = '' }: Environment): { readonly capacityProvider?: string } {
  const capacityProvider = text.trim();
  return capacityProvider === '' ? {} : { capacityProvider };
}

/** Reads `PLIMSOLL_SCALE_IN`. Not set: nothing is removed. */
export function readScaleIn({ [SCALE_IN]: text = '' }: Environment): VariableResult<ScaleInConfiguration | undefined> {
  if (text.trim() === '') return { ok: true, value: undefined };
  const fields = objectIn(text);
  if (fields === undefined) return refused('INVALID_SCALE_IN', SCALE_IN, `is ${shown(text)}: ${SCALE_IN_EXAMPLE}`);
  const { alarmName, autoScalingGroupName, maxDraining = 1, dryRun = false, balanceZones = false } = fields;
  const patience = readPatience(fields.patience);
  if (!patience.ok) return patience;
  if (patience.value !== undefined && alarmName !== undefined)
    return wrongScaleInField('alarmName', alarmName, 'either an alarm or patience');
  const names = { ...(patience.value === undefined && { alarmName }), autoScalingGroupName };
  const noName = Object.entries(names).find(([, value]) => typeof value !== 'string' || value === '');
  if (noName !== undefined) return wrongScaleInField(...noName, 'a name');
  if (typeof maxDraining !== 'number' || !Number.isSafeInteger(maxDraining) || maxDraining < 1) {
    return wrongScaleInField('maxDraining', maxDraining, 'a whole number of hosts, 1 or more');
  }
  for (const [field, value] of Object.entries({ dryRun, balanceZones })) {
    if (typeof value !== 'boolean') return wrongScaleInField(field, value, 'true or false');
  }
  return {
    ok: true,
    value: {
      ...(patience.value === undefined ? { alarmName: String(alarmName) } : { patience: patience.value }),
      autoScalingGroupName: String(autoScalingGroupName),
      maxDraining,
      dryRun: dryRun === true,
      balanceZones: balanceZones === true,
    },
  };
}

/** Reads `PLIMSOLL_HOST_TYPE`. Not set: the commonest type of host of the cluster is expected. */
export function readHostType({ [HOST_TYPE]: text = '' }: Environment): VariableResult<HostType | undefined> {
  if (text.trim() === '') return { ok: true, value: undefined };
  const fields = objectIn(text);
  if (fields === undefined) return refused('INVALID_HOST_TYPE', HOST_TYPE, `is ${shown(text)}: ${HOST_TYPE_EXAMPLE}`);
  const { name = 'configured', cpuUnits, memoryMiB, gpus = 0, attributes = [] } = fields;
  if (typeof name !== 'string' || name === '') {
    return refused('INVALID_HOST_TYPE', HOST_TYPE, `has a name that is no text: ${HOST_TYPE_EXAMPLE}`);
  }
  for (const [field, value] of Object.entries({ cpuUnits, memoryMiB, gpus })) {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) continue;
    return refused('INVALID_HOST_TYPE', HOST_TYPE, `has ${field} ${shown(JSON.stringify(value) ?? 'missing')}: ${HOST_TYPE_EXAMPLE}`);
  }
  // Read as a host's own record is, so that attributes are judged alike.
  const resources = [
    { name: 'CPU', type: 'INTEGER', integerValue: cpuUnits },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
    { name: 'GPU', type: 'STRINGSET', stringSetValue: Array.from({ length: Math.min(Number(gpus), 64) }, (_, index) => `gpu-${index}`) },
  ];
  const host = readHost({
    containerInstanceArn: name,
    status: 'ACTIVE',
    agentConnected: true,
    registeredResources: resources,
    remainingResources: resources,
    attributes,
  });
  if (!host.ok) return refused('INVALID_HOST_TYPE', HOST_TYPE, `is refused: ${host.error.message}`);
  return { ok: true, value: { name, resources: host.value.registered, attributes: host.value.attributes } };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
